// The split of a profit against sums worked out by hand, and against a twin that keeps every mid there was.

import { Decimal } from "decimal.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { instrumentOf } from "../../../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../../../src/domain/units.ts";
import { EquityTrack } from "../../../../src/report/equity-track.ts";
import { MoneyScale } from "../../../../src/report/money-scale.ts";
import { ProfitSplit } from "../../../../src/report/tear-sheet/profit-split.ts";
import { TEST_INSTRUMENT } from "../../../support/tape-builder.ts";

const INSTRUMENT = instrumentOf(TEST_INSTRUMENT, instrumentId(0), venueId(0));
/** A tick × lot of the test instrument is 0.0001. */
const TICK_LOT = new Decimal(TEST_INSTRUMENT.tickSize).times(TEST_INSTRUMENT.lotSize);

/** A new mid (bid + ask), or a fill of signed lots; times in µs, ascending. */
type Step = Readonly<{ at: number; mid2: number } | { at: number; price: number; lots: number }>;

function splitOf(steps: readonly Step[], fee = 0) {
  const scale = new MoneyScale([INSTRUMENT]);
  const track = new EquityTrack([INSTRUMENT], scale);
  const split = new ProfitSplit(scale);
  for (const step of steps) {
    split.passed(0, step.at, track.mid2[0] as number);
    if ("mid2" in step) track.mark(0, step.mid2);
    else {
      const { at, price, lots } = step;
      split.fill({ instrument: 0, at, price, signedLots: lots }, track.mid2[0] as number);
      track.fill(0, lots > 0 ? 1 : -1, price, Math.abs(lots), fee);
    }
  }
  return split.result(track);
}

const SECOND = 1_000_000;

test("a purchase one tick under the mid that falls three within ten seconds, and two more later", () => {
  const split = splitOf([
    { at: 0, mid2: 2_000 },
    { at: SECOND, price: 999, lots: 10 },
    { at: 5 * SECOND, mid2: 1_994 },
    { at: 12 * SECOND, mid2: 1_990 },
  ]);
  expect(split).toEqual({
    spread: TICK_LOT.times(10).toFixed(),
    adverse: TICK_LOT.times(-30).toFixed(),
    inventory: TICK_LOT.times(-20).toFixed(),
    fees: "0",
    funding: "0",
    net: TICK_LOT.times(-40).toFixed(),
  });
});

test("what a fill's ten seconds reach beyond the end counts until the end", () => {
  const { adverse, inventory } = splitOf([
    { at: 0, mid2: 2_000 },
    { at: SECOND, price: 1_000, lots: -4 },
    { at: 3 * SECOND, mid2: 1_998 },
  ]);
  expect([adverse, inventory]).toEqual([TICK_LOT.times(4).toFixed(), "0"]);
});

const steps = fc
  .array(
    fc.record({
      wait: fc.integer({ min: 0, max: 8 * SECOND }),
      isFill: fc.boolean(),
      ticks: fc.integer({ min: -200, max: 200 }),
      lots: fc.integer({ min: -1_000_000_007, max: 1_000_000_007 }).filter((lots) => lots !== 0),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((drawn) => {
    let at = 0;
    const first: Step = { at, mid2: 20_000_001 };
    return [
      first,
      ...drawn.map(({ wait, isFill, ticks, lots }): Step => {
        at += wait;
        if (isFill) return { at, price: 10_000_000 + ticks, lots };
        return { at, mid2: 20_000_001 + ticks };
      }),
    ];
  });

test("whatever happens, the five parts are the net profit to the last digit, and each is its twin's", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: -1_000_003, max: 1_000_003 }), (all, fee) => {
      const split = splitOf(all, fee);
      const { spread, adverse, inventory, fees, funding, net } = split;
      const Exact = Decimal.clone({ precision: 60 });
      const sum = Exact.sum(spread, adverse, inventory, fees, funding);
      expect(sum.toFixed()).toBe(net);
      expect([new Exact(spread).toFixed(), new Exact(adverse).toFixed()]).toEqual(twinOf(all));
    }),
    { numRuns: 200 },
  );
});

/** Spread and adverse selection, from every mid kept. */
function twinOf(all: readonly Step[]): readonly string[] {
  const mids = all.flatMap((step) => ("mid2" in step ? [step] : []));
  let spread = 0n;
  let adverse = 0n;
  all.forEach((fill, index) => {
    if ("mid2" in fill) return;
    const before = all.slice(0, index).flatMap((step) => ("mid2" in step ? [step] : []));
    const mid = before.at(-1)?.mid2 ?? 2 * fill.price;
    // The last mid told by then: one that comes at the very end of the ten seconds is still the fill's.
    const later = mids.filter(({ at }) => at <= fill.at + 10 * SECOND).at(-1)?.mid2 ?? mid;
    spread += BigInt(mid - 2 * fill.price) * BigInt(fill.lots);
    adverse += BigInt(later - mid) * BigInt(fill.lots);
  });
  const Exact = Decimal.clone({ precision: 60 });
  const money = (halves: bigint): string =>
    new Exact(halves.toString()).times(TICK_LOT.toFixed()).div(2).toFixed();
  return [money(spread), money(adverse)];
}
