import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lotsFor, riskTicksFor } from "../../../../strategies/macd/sizing.ts";
import { macdConfig } from "../../../support/macd-rig.ts";

const config = macdConfig().coins[0]?.sizing;
if (config === undefined) throw new Error("expected a coin");

/** 10,000.00 of equity in 1e-8; a tick of 0.1 and a lot of 0.001 are 0.0001, so 10,000 units. BTC at 50,000. */
const input = {
  equity: 1_000_000_000_000n,
  unitsPerTickLot: 10_000n,
  priceTicks: 500_000,
  riskTicks: 1,
  atrRatioPermille: 1_000,
  scalePermille: 1_000,
};

describe("a position's lots", () => {
  test("are those of the ordinary value: 5 % of 10,000 at 10 times leverage is 5,000, a tenth of a coin", () => {
    expect(lotsFor(input, config)).toBe(100);
  });

  test("lose at most the risk budget at the stop: 1 % is 100, at 20,000 ticks of 0.1 it is 0.05 coins", () => {
    expect(lotsFor({ ...input, riskTicks: 20_000 }, config)).toBe(50);
  });

  test("fall as the ATR rises above its average, and rise up to the largest position", () => {
    expect(lotsFor({ ...input, atrRatioPermille: 2_000 }, config)).toBe(50);
    expect(lotsFor({ ...input, atrRatioPermille: 800 }, config)).toBe(125);
    expect(lotsFor({ ...input, atrRatioPermille: 100 }, config)).toBe(200);
    expect(lotsFor({ ...input, atrRatioPermille: 0 }, config)).toBe(200);
  });

  test("are rounded down, and none when less than one is affordable or nothing is owned", () => {
    expect(lotsFor({ ...input, scalePermille: 999 }, config)).toBe(99);
    expect(lotsFor({ ...input, equity: 9_999_999_999n }, config)).toBe(0);
    expect(lotsFor({ ...input, equity: 0n }, config)).toBe(0);
    expect(lotsFor({ ...input, equity: -1n }, config)).toBe(0);
  });

  test("stay within an absolute limit", () => {
    expect(lotsFor(input, { ...config, lotsMax: 7 })).toBe(7);
  });

  test("never risk more than the budget nor hold more than the largest value, whatever is asked", () => {
    const wide = fc.record({
      equity: fc.bigInt(1n, 10n ** 15n),
      unitsPerTickLot: fc.bigInt(1n, 10n ** 6n),
      priceTicks: fc.integer({ min: 1, max: 10_000_000 }),
      riskTicks: fc.integer({ min: 1, max: 1_000_000 }),
      atrRatioPermille: fc.integer({ min: 0, max: 20_000 }),
      scalePermille: fc.integer({ min: 0, max: 1_000 }),
    });
    fc.assert(
      fc.property(wide, (drawn) => {
        const lots = BigInt(lotsFor(drawn, config));
        const lost = lots * drawn.unitsPerTickLot * BigInt(drawn.riskTicks);
        const value = lots * drawn.unitsPerTickLot * BigInt(drawn.priceTicks);
        expect(lost * 1_000n <= drawn.equity * BigInt(config.riskPermille)).toBe(true);
        expect(value <= drawn.equity).toBe(true);
      }),
      { numRuns: 500, seed: 20_240_901 },
    );
  });
});

test("a stop stands its ATR away, further in a volatile market, and never nearer than the least", () => {
  const at = (atrMilliTicks: number, scalePermille = 1_000, ticksMin = 0) =>
    riskTicksFor(atrMilliTicks, { atrPermille: 2_000, scalePermille, ticksMin });
  expect(at(50_250)).toBe(101);
  expect(at(50_000, 1_250)).toBe(125);
  expect(at(50_000, 1_000, 300)).toBe(300);
  expect(at(0)).toBe(1);
});
