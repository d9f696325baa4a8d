import { expect, test } from "vitest";
import { regimeOf } from "../../../../strategies/macd/regime.ts";
import { reading } from "../../../support/macd-parts.ts";
import { macdConfig } from "../../../support/macd-rig.ts";

const config = macdConfig().coins[0]?.regime;
if (config === undefined) throw new Error("expected a coin");

test.each([
  { adxMilli: 25_000, trend: "trending", sizePermille: 1_000, targetPermille: 1_000 },
  { adxMilli: 24_999, trend: "transition", sizePermille: 500, targetPermille: 750 },
  { adxMilli: 20_000, trend: "transition", sizePermille: 500, targetPermille: 750 },
  { adxMilli: 19_999, trend: "ranging", sizePermille: 1_000, targetPermille: 1_000 },
])("an ADX of $adxMilli thousandths is $trend", ({ adxMilli, ...expected }) => {
  expect(regimeOf(reading({ adxMilli }), config)).toMatchObject(expected);
});

test("a market half as wild again as usual is volatile, and its stop stands further away", () => {
  const usual = regimeOf(reading({ atrRatioPermille: 1_499 }), config);
  const wild = regimeOf(reading({ atrRatioPermille: 1_500 }), config);
  expect(usual).toMatchObject({ volatile: false, stopPermille: 1_000 });
  expect(wild).toMatchObject({ volatile: true, stopPermille: 1_250 });
});
