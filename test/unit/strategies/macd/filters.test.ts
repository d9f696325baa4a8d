import { describe, expect, test } from "vitest";
import { refusingFilter } from "../../../../strategies/macd/filters.ts";
import type { MarketReading } from "../../../../strategies/macd/market-reading.ts";
import { regimeOf } from "../../../../strategies/macd/regime.ts";
import type { Direction } from "../../../../strategies/macd/signal.ts";
import { reading } from "../../../support/macd-parts.ts";
import { macdConfig } from "../../../support/macd-rig.ts";

const [coin] = macdConfig().coins;
if (coin === undefined) throw new Error("expected a coin");
const { filters, regime } = coin;

function refusal(
  direction: Direction,
  changed: Partial<MarketReading>,
  higherSigns: readonly number[] = [direction],
  config = filters,
): string | undefined {
  const market = reading(changed);
  const input = { direction, reading: market, regime: regimeOf(market, regime), higherSigns };
  return refusingFilter(input, config);
}

/** A market that confirms a short. */
const falling = {
  plusDiMilli: 15_000,
  minusDiMilli: 25_000,
  rsiMilli: 45_000,
  percentBPermille: 300,
};

describe("the filters, at the users' own thresholds", () => {
  test("let a confirmed crossing pass, either way", () => {
    expect(refusal(1, {})).toBeUndefined();
    expect(refusal(-1, falling)).toBeUndefined();
  });

  test.each([
    { is: "higher-trend", direction: 1, changed: {}, higher: [1, -1] },
    { is: "higher-trend", direction: 1, changed: {}, higher: [0] },
    { is: "ranging", direction: 1, changed: { adxMilli: 19_999 } },
    { is: undefined, direction: 1, changed: { adxMilli: 20_000 } },
    { is: "directional", direction: 1, changed: { plusDiMilli: 15_000 } },
    { is: "directional", direction: -1, changed: { ...falling, minusDiMilli: 15_000 } },
    { is: "rsi", direction: 1, changed: { rsiMilli: 70_000 } },
    { is: undefined, direction: 1, changed: { rsiMilli: 69_999 } },
    { is: "rsi", direction: -1, changed: { ...falling, rsiMilli: 30_000 } },
    { is: "bollinger", direction: 1, changed: { percentBPermille: 1_001 } },
    { is: undefined, direction: 1, changed: { percentBPermille: 1_000 } },
    { is: "bollinger", direction: -1, changed: { ...falling, percentBPermille: -1 } },
    { is: "too-volatile", direction: 1, changed: { atrRatioPermille: 3_001 } },
    { is: "volume", direction: 1, changed: { volumeRatioPermille: 1_199 } },
    { is: undefined, direction: 1, changed: { volumeRatioPermille: 1_200 } },
    { is: "climax", direction: 1, changed: { volumeRatioPermille: 3_001 } },
  ] as const)("say $is of $changed", ({ is, direction, changed, ...rest }) => {
    expect(refusal(direction, changed, "higher" in rest ? rest.higher : [direction])).toBe(is);
  });

  test("call a market asleep whose bands are narrower than asked for", () => {
    const config = { ...filters, bandWidthMinPermille: 21 };
    expect(refusal(1, {}, [1], config)).toBe("asleep");
    expect(refusal(1, { bandWidthPermille: 21 }, [1], config)).toBeUndefined();
  });

  test("leave the directional index alone when told to", () => {
    expect(refusal(1, { plusDiMilli: 0 }, [1], { ...filters, directional: false })).toBeUndefined();
  });

  test("name the first that refuses, in the order of the document", () => {
    const everything = { adxMilli: 0, rsiMilli: 90_000, volumeRatioPermille: 0 };
    expect(refusal(1, everything, [-1])).toBe("higher-trend");
    expect(refusal(1, everything)).toBe("ranging");
    expect(refusal(1, { ...everything, adxMilli: 30_000 })).toBe("rsi");
  });
});
