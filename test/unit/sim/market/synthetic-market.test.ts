// The figures that datasets/README.md states for the sample, measured on it. Bands are wide enough for other seeds:
// they say what kind of market this is, not what one draw of it was.

import { beforeAll, describe, expect, test } from "vitest";
import { SYNTHETIC_VENUES } from "../../../../sim/market/synthetic-market.ts";
import { syntheticTapes } from "../../../../sim/market/synthetic-tape.ts";
import { sampleMarket } from "../../../../src/cli/make-sample.ts";
import { ROW_DEPTH, ROW_TRADE } from "../../../../src/domain/tape.ts";
import type { TapeSource } from "../../../../src/ports/tape-source.ts";
import { NaiveBook, rowsOf } from "../../../support/tape-rows.ts";

type Figures = Readonly<{
  rowsPerSecond: number;
  messagesPerSecond: number;
  printsPerSecond: number;
  /** Share of depth messages after which the spread is one tick. */
  tightShare: number;
  spreadMedian: number;
  touchMedianLots: number;
  printMedianLots: number;
  latencyMedianUs: number;
  priceRangeTicks: number;
  sweeps: number;
}>;

function figuresOf(tape: TapeSource): Figures {
  const seconds = (tape.header.lastVenueAt - tape.header.firstVenueAt) / 1_000_000;
  const book = new NaiveBook();
  const spreads: number[] = [];
  const touches: number[] = [];
  const prints: number[] = [];
  const latencies: number[] = [];
  const levelsHit = new Map<number, number>();
  let messages = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const row of rowsOf(tape)) {
    book.apply(row);
    if (row.kind === ROW_TRADE) {
      prints.push(row.size);
      levelsHit.set(row.venueAt, (levelsHit.get(row.venueAt) ?? 0) + 1);
    }
    if (!row.last) continue;
    messages += 1;
    latencies.push(row.receivedAt - row.venueAt);
    if (row.kind !== ROW_DEPTH) continue;
    const bid = book.bestBid();
    spreads.push(book.bestAsk() - bid);
    touches.push(book.bids.get(bid) ?? 0);
    low = Math.min(low, bid);
    high = Math.max(high, bid);
  }
  return {
    rowsPerSecond: tape.header.rows / seconds,
    messagesPerSecond: messages / seconds,
    printsPerSecond: prints.length / seconds,
    tightShare: spreads.filter((spread) => spread === 1).length / spreads.length,
    spreadMedian: median(spreads),
    touchMedianLots: median(touches),
    printMedianLots: median(prints),
    latencyMedianUs: median(latencies),
    priceRangeTicks: high - low,
    sweeps: [...levelsHit.values()].filter((levels) => levels >= 3).length,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function expectWithin(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

describe("the synthetic market of the sample", () => {
  const figures: Partial<Record<(typeof SYNTHETIC_VENUES)[number], Figures>> = {};
  const of = (venue: (typeof SYNTHETIC_VENUES)[number]): Figures => {
    const found = figures[venue];
    if (found === undefined) throw new Error(`${venue} was not measured`);
    return found;
  };

  beforeAll(() => {
    for (const [index, tape] of syntheticTapes(sampleMarket).entries()) {
      const venue = SYNTHETIC_VENUES[index];
      if (venue !== undefined) figures[venue] = figuresOf(tape);
    }
  });

  test("speaks about twenty times a second, a handful of them prints", () => {
    for (const venue of SYNTHETIC_VENUES) {
      expectWithin(of(venue).messagesPerSecond, 15, 30);
      expectWithin(of(venue).printsPerSecond, 3, 8);
      expectWithin(of(venue).rowsPerSecond, 25, 66);
    }
  });

  test("has a tight venue and a wide one", () => {
    expectWithin(of("alpha").tightShare, 0.45, 0.8);
    expect(of("alpha").spreadMedian).toBe(1);
    expectWithin(of("beta").spreadMedian, 2, 6);
  });

  test("shows more at the touch of the busier venue, and prints a fraction of it", () => {
    expect(of("alpha").touchMedianLots).toBeGreaterThan(of("beta").touchMedianLots);
    for (const venue of SYNTHETIC_VENUES) {
      expect(of(venue).printMedianLots).toBeLessThan(of(venue).touchMedianLots);
    }
  });

  test("moves by some tenths of a percent, with sweeps over several levels", () => {
    for (const venue of SYNTHETIC_VENUES) {
      expectWithin(of(venue).priceRangeTicks, 600, 3600);
      expectWithin(of(venue).sweeps, 20, 2000);
    }
  });

  test("is heard within milliseconds from one venue, tens of them from the other", () => {
    expectWithin(of("alpha").latencyMedianUs, 4_000, 8_000);
    expectWithin(of("beta").latencyMedianUs, 18_000, 30_000);
  });
});
