// Unhedged notional × seconds, against sums made by hand.

import { expect, test } from "vitest";
import type { OrderFilled } from "../../../src/domain/event.ts";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import { instrumentId, timeUs, venueId } from "../../../src/domain/units.ts";
import { SummaryCollector } from "../../../src/report/summary-collector.ts";
import { summaryRows } from "../../../src/report/summary-rows.ts";
import { UnhedgedExposure } from "../../../src/report/unhedged-exposure.ts";
import { benchInstruments } from "../../support/bot-bench.ts";

const instruments = benchInstruments(2);
const hedgedPair = {
  first: instrumentId(0),
  second: instrumentId(1),
  firstMultiplier: 1,
  secondMultiplier: 1,
};

function fill(at: number, instrument: number, side: string, size: number, tradeId: number) {
  return {
    kind: "OrderFilled",
    ...{ at, venueAt: at, instrument, side, size, tradeId },
    ...{ orderId: 1, price: 1000, cumulative: size, liquidity: "maker", fee: 0 },
  } as unknown as OrderFilled;
}

function exposed(until: number, ...fills: readonly OrderFilled[]) {
  const exposure = new UnhedgedExposure(hedgedPair, instruments);
  exposure.mark(0, 2000, 0);
  for (const each of fills) exposure.fill(each);
  return exposure.result(until);
}

test("ten lots at 100.0 open for two seconds, then four for one, come to 2.4 dollar seconds", () => {
  const first = fill(1_000_000, 0, "bid", 10, 1);
  const found = exposed(
    9_000_000,
    first,
    { ...first, at: timeUs(1_500_000) },
    fill(3_000_000, 1, "ask", 6, 1),
    fill(4_000_000, 1, "ask", 4, 2),
  );
  // A lot is 0.001 and a tick 0.1: ten lots at 1000 ticks are worth one dollar.
  expect(found.notionalSeconds).toBeCloseTo(1 * 2 + 0.4 * 1, 12);
  expect(found).toMatchObject({ longestUs: 3_000_000, left: 0 });
  expect(found.most).toBeCloseTo(0.01, 12);
});

test("what is never hedged counts to the end, and is told", () => {
  const found = exposed(3_000_000, fill(1_000_000, 0, "ask", 5, 1));
  expect(found).toMatchObject({ longestUs: 2_000_000, cycles: [] });
  expect(found.left).toBeCloseTo(-0.005, 12);
  expect(found.notionalSeconds).toBeCloseTo(0.5 * 2, 12);
});

test("each cycle from two flat legs to two flat legs has its own figures, which add up to the run's", () => {
  const cycle = (at: number, lots: number, trade: number): readonly OrderFilled[] => [
    fill(at, 0, "bid", lots, trade),
    fill(at + 1_000_000, 1, "ask", lots, trade),
    fill(at + 5_000_000, 0, "ask", lots, trade + 1),
    fill(at + 5_500_000, 1, "bid", lots, trade + 1),
  ];
  const found = exposed(60_000_000, ...cycle(1_000_000, 10, 1), ...cycle(20_000_000, 20, 11));
  expect(found.cycles.map((each) => [each.startedAtUs, each.endedAtUs])).toEqual([
    [1_000_000, 6_500_000],
    [20_000_000, 25_500_000],
  ]);
  expect(found.cycles.map((each) => each.notionalSeconds)).toEqual([
    expect.closeTo(1.5, 12),
    expect.closeTo(3, 12),
  ]);
  expect(found.notionalSeconds).toBeCloseTo(4.5, 12);
});

test("legs of other lots and multipliers are held against each other in tokens", () => {
  const [maker] = instruments;
  if (maker === undefined) throw new Error("there is a first instrument");
  const { id: _id, venue: _venue, ...spec } = maker;
  const kilo = instrumentOf({ ...spec, lotSize: "1" }, instrumentId(1), venueId(1));
  const exposure = new UnhedgedExposure({ ...hedgedPair, secondMultiplier: 1000 }, [maker, kilo]);
  exposure.fill(fill(0, 0, "bid", 1_000_000, 1));
  exposure.fill(fill(1_000_000, 1, "ask", 1, 1));
  expect(exposure.result(2_000_000)).toMatchObject({ left: 0, cycles: [] });
});

test("a summary has its rows where the strategy holds a pair, and has none where it does not", () => {
  const span = { startedAt: timeUs(0), endedAt: timeUs(4_000_000), complete: true };
  const startingCash = ["100", "100"];
  const collector = new SummaryCollector({ instruments, startingCash, hedgedPair });
  collector.event(fill(1_000_000, 0, "bid", 10, 1));
  collector.event(fill(3_000_000, 1, "ask", 10, 1));
  const rows = new Map(summaryRows(collector.summary(span)).map((row) => [row.label, row.value]));
  expect(rows.get("Unhedged notional × seconds")).toBe("2.00 USD s");
  expect(rows.get("  by cycle")).toBe("N/A: no cycle ended flat");
  const plain = summaryRows(new SummaryCollector({ instruments, startingCash }).summary(span));
  expect(plain.some(({ label }) => label.includes("Unhedged"))).toBe(false);
});
