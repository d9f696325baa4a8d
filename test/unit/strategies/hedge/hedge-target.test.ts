// Lots of two instruments held against each other, exactly; figures are the incident catalogue's.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LegInstruments } from "../../../../src/domain/common-units.ts";
import { netUnits, unitsPerLot } from "../../../../src/domain/common-units.ts";
import { instrumentOf } from "../../../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../../../src/domain/units.ts";
import {
  coveredLots,
  coveringLots,
  remainingLots,
  tickRatio,
} from "../../../../strategies/hedge/hedge-target.ts";

type Leg = Readonly<{ lot?: string; contract?: string; tick?: string; multiplier?: number }>;

function legs(maker: Leg, taker: Leg): LegInstruments {
  const of = (leg: Leg, index: number) => ({
    baseMultiplier: leg.multiplier ?? 1,
    instrument: instrumentOf(
      {
        venueName: `venue-${index}`,
        symbol: "X",
        contract: "linear",
        base: "X",
        quote: "USD",
        tickSize: leg.tick ?? "0.01",
        lotSize: leg.lot ?? "0.01",
        contractSize: leg.contract ?? "1",
      },
      instrumentId(index),
      venueId(index),
    ),
  });
  return [of(maker, 0), of(taker, 1)];
}

describe("common units", () => {
  test.each([
    [{ lot: "0.01" }, { lot: "0.01" }, [1, 1]],
    [{ lot: "0.001" }, { lot: "0.01" }, [1, 10]],
    [{ lot: "0.04" }, { lot: "0.06" }, [2, 3]],
    [{ lot: "1", contract: "0.1" }, { lot: "0.01" }, [10, 1]],
    [{ lot: "1" }, { lot: "1", multiplier: 1000 }, [1, 1000]],
  ])("of %o and %o are %o in a lot", (maker, taker, expected) => {
    expect(unitsPerLot(legs(maker, taker))).toEqual(expected);
  });

  test("are not made of inverse contracts", () => {
    const [maker, taker] = legs({}, {});
    const instrument = { ...taker.instrument, contract: "inverse" as const };
    expect(() => unitsPerLot([maker, { ...taker, instrument }])).toThrow("inverse");
  });
});

test("233,960 TOSHI are hedged by 233.96 kTOSHI, and 84,000 by 84 (M02)", () => {
  const pair = unitsPerLot(legs({ lot: "1" }, { lot: "0.01", multiplier: 1000 }));
  expect(remainingLots([233_960, 0], pair, 1)).toBe(-23_396);
  expect(remainingLots([84_000, 0], pair, 1)).toBe(-8_400);
  expect(netUnits([84_000, -8_400], pair)).toBe(0);
});

test("what whole lots leave over stays in the net, with its sign, and is counted once (H09, H10)", () => {
  const pair: readonly [number, number] = [1, 10];
  expect(remainingLots([1337, 0], pair, 1)).toBe(-133);
  expect(netUnits([1337, -133], pair)).toBe(7);
  expect(remainingLots([1340, -133], pair, 1)).toBe(-1);
  expect(remainingLots([-1337, 0], pair, 1)).toBe(133);
  expect(remainingLots([700, -133], pair, 1)).toBe(63);
});

test("no whole lot remains after a hedge, and what is left is less than one lot", () => {
  const lots = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const unit = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(lots, lots, unit, unit, (maker, taker, first, second) => {
      const units: readonly [number, number] = [first, second];
      const hedge = remainingLots([maker, taker], units, 1);
      const after: readonly [number, number] = [maker, taker + hedge];
      expect(Math.abs(netUnits(after, units))).toBeLessThan(second);
      expect(remainingLots(after, units, 1)).toBe(0);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("lots of one leg cover, or are covered by, whole lots of the other", () => {
  expect(coveringLots(15, [1, 10], 0)).toBe(2);
  expect(coveredLots(15, [1, 10], 0)).toBe(1);
});

test("a price is carried over by tick size and multiplier", () => {
  const pair = legs({ tick: "0.01" }, { tick: "0.1", multiplier: 1000 });
  // 0.25 a token is 250 a thousand: 25 ticks of 0.01 become 2500 of 0.1.
  const [numerator, denominator] = tickRatio(pair, 0);
  expect((25 * numerator) / denominator).toBe(2500);
});
