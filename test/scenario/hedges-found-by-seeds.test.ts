// What campaigns found in the hedge bot, each acted out by hand on a bench: a seed's world that shrinks to a hundred faults
// says less than the five events that matter. The seeds are of ten-minute worlds of `examples/fuzz/hedge.json`.

import { describe, expect, test } from "vitest";
import { instrumentId } from "../../src/domain/units.ts";
import { HedgeBench, TELLS_ONLY } from "../support/hedge-bench.ts";
import { holding, LONG, SECOND } from "../support/hedge-incident.ts";

const HOLDS = { holdMinUs: LONG, holdMaxUs: LONG };

describe("a position that a report contradicts (seed 8: 50 lots naked for five minutes)", () => {
  /** Both legs hold a hundred; then the maker's venue tells of fifty, once, and cannot be asked again. */
  function contradicted(): HedgeBench {
    const bench = holding(HOLDS);
    bench.truth[0] = bench.position(0) / 2;
    while (bench.reportsAsked === 0) bench.advance(SECOND, false);
    return bench.report().link(0, "down");
  }

  test("stops the bot when a broken link keeps it in question, and it says so", () => {
    const bench = contradicted().advance(29 * SECOND);
    expect([bench.phase, bench.halts]).toEqual(["HOLDING", []]);
    bench.advance(30 * SECOND);
    expect(bench.halts).toEqual([expect.stringContaining("does not report its account")]);
    expect(bench.halts[0]).toContain("maker not confirmed");
  });

  test("is taken over when the link is back in time", () => {
    const bench = contradicted()
      .advance(20 * SECOND)
      .link(0, "up")
      .advance(SECOND);
    expect(bench.strategy.save().desk.adopted[0]).toBe(bench.truth[0] - bench.position(0));
    expect(bench.halts).toEqual([]);
  });
});

test("to ask once more for an order is no answer (seed 352 of an hour: 7 lots naked for minutes)", () => {
  const machinery = { ...TELLS_ONLY, requestTimeoutUs: 10 * SECOND };
  const bench = new HedgeBench({}, { machinery });
  bench.truth[0] = 66;
  bench.start().advance(SECOND);
  const { orderId } = bench.last(0);
  bench.link(0, "down").advance(34 * SECOND, false);
  expect(bench.phase).toBe("IDLE");
  bench.advance(5 * SECOND, false);
  const cancels = bench.sent.filter(
    (each) => each.kind === "CancelOrder" && each.orderId === orderId,
  );
  expect(cancels.length).toBeGreaterThan(1);
  expect(bench.phase).toBe("EMERGENCY");
});

test("a link that breaks on a position nobody contradicts is waited for", () => {
  const bench = holding(HOLDS)
    .link(0, "down")
    .advance(120 * SECOND);
  expect([bench.phase, bench.halts]).toEqual(["HOLDING", []]);
});

test("a report made in the very moment of a fill is no contradiction (seed 5935: 14 lots were hedged twice)", () => {
  const bench = holding(HOLDS);
  const { lastFillAt } = bench.bot.view.position(instrumentId(1));
  const stale = { venue: 1, venueAt: lastFillAt, balance: 0, openOrders: [] };
  for (let copies = 0; copies < 2; copies += 1) {
    bench.tell({ kind: "AccountReported", ...stale, positions: [{ instrument: 1, lots: -50 }] });
  }
  expect(bench.strategy.save().desk.adopted).toEqual([0, 0]);
  expect(bench.position(1)).toBe(bench.truth[1]);
});

test("the refusal of a copy, whatever for, ends no order that lives (seed 30030 of named faults: two makers stood)", () => {
  const bench = new HedgeBench({}, { machinery: TELLS_ONLY }).start();
  const order = bench.last(0);
  bench.accept(order).fill(order, 1);
  const hedge = bench.last(1);
  bench.accept(hedge).fill(hedge, 1).close(hedge, "filled");
  bench.refuse(order, "rate-limited").advance(SECOND);
  expect(bench.ordersOf(0)).toEqual([order]);
});

describe("a venue that refuses a cancel as one too many (seed 4524 of an hour: 400 within a second)", () => {
  /** A maker order rests while the other venue's link is down: it is to be cancelled, and its venue says no. */
  function refused(seconds: number): HedgeBench {
    const bench = new HedgeBench({}, { machinery: TELLS_ONLY }).start();
    const order = bench.last(0);
    bench.accept(order).link(1, "down");
    for (const until = bench.now + seconds * SECOND; bench.now < until; bench.advance(30_000)) {
      // A copy on the wire: each refusal is told twice.
      for (let copies = 0; copies < 2; copies += 1) bench.refuse(order, "rate-limited", "cancel");
    }
    return bench;
  }

  test("is asked again ever more slowly", () => {
    expect(refused(1).count("CancelOrder")).toBeLessThanOrEqual(4);
    expect(refused(20).count("CancelOrder")).toBeLessThanOrEqual(10);
  });

  test("is asked again by itself, on books that do not move", () => {
    const bench = refused(20);
    const before = bench.count("CancelOrder");
    bench.advance(5 * SECOND);
    expect(bench.count("CancelOrder")).toBe(before + 1);
  });
});
