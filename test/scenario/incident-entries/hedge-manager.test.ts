// The hedge manager's incidents: two legs that go together, limits that fill in part, and what is done when they do not.
// A target of 1.0 is 100 lots of 0.01. What manager-flow already plays is named on docs/INCIDENT-SCENARIOS.md.

import { describe, expect, test } from "vitest";
import { HedgeBench, line } from "../../support/hedge-bench.ts";
import {
  filled,
  fillLast,
  holding,
  incident,
  LONG,
  meetAll,
  refuseHedges,
  SECOND,
  sized,
  sizesOf,
} from "../../support/hedge-incident.ts";

const MARKET = { hedgeMode: "market" } as const;

/** Limits of 1.0 on both venues; `long` and `short` of them have filled when both have been withdrawn. */
function pairOf(long: number, short: number): HedgeBench {
  const bench = new HedgeBench({ opening: "both-limits", buildUs: 60 * SECOND, ...HOLDS }).start();
  return pairFills(bench, long, short);
}

/** The pair that was sent last is accepted, fills so much, and is withdrawn for it. */
function pairFills(bench: HedgeBench, long: number, short: number): HedgeBench {
  const [maker, sibling] = [bench.last(0), bench.last(1)];
  bench.accept(maker).accept(sibling).fill(maker, long);
  if (short > 0) bench.fill(sibling, short);
  return bench.close(maker).close(sibling);
}

const HOLDS = { holdMinUs: LONG, holdMaxUs: LONG };

describe("what is hedged", () => {
  incident(
    "M01 sibling-fills-while-being-cancelled: B fills 0.3 before its cancel lands: 0.7 are hedged",
    () => {
      const bench = new HedgeBench({ opening: "both-limits" }).start();
      const [a, b] = [bench.last(0), bench.last(1)];
      bench.accept(a).accept(b).fill(a, 100).close(a, "filled");
      expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: b.orderId });
      bench.fill(b, 30).close(b);
      expect(bench.last(1).size).toBe(70);
      fillLast(bench, 1);
      expect(bench.truth).toEqual([100, -100]);
      return bench;
    },
  );

  incident(
    "M04 hedge-target-far-above-plan: a hedge past what one order may be is refused, undone, and told",
    () => {
      const risk = { instruments: [{ instrument: 1, orderLotsMax: 110 }] };
      const bench = new HedgeBench(
        {
          ...MARKET,
          taker: { instrument: 1, baseMultiplier: 1, lotsMin: 1, notionalMinTickLots: 0 },
        },
        { risk, taker: { lotSize: "0.001" } },
      ).start();
      const maker = bench.last(0);
      bench
        .accept(maker)
        .fill(maker, 100)
        .close(maker, "filled")
        .advance(10 * SECOND);
      expect(bench.orders.some((each) => each.size > 110)).toBe(false);
      expect(bench.refusals).toContain("max-order-size");
      meetAll(bench, 5 * SECOND);
      expect([bench.truth, bench.halts.length]).toEqual([[0, 0], 1]);
      return bench;
    },
  );

  incident(
    "M08 fills-between-poll-and-cancel: 0.4 seen, 0.55 when the cancel lands: 0.45 are sent",
    () => {
      const bench = filled();
      const first = bench.last(1);
      bench.accept(first).fill(first, 40).advance(750_000).fill(first, 15).close(first);
      bench.advance(75_000);
      expect(sizesOf(bench, 1)).toEqual([100, 45]);
      fillLast(bench, 1);
      return bench;
    },
  );

  incident("M11 residuals-add-up: fifty hedges, each cancelled at 99 %, leave nothing over", () => {
    const bench = new HedgeBench({
      ...sized(100),
      cycleLots: 5000,
      positionMaxLots: 9000,
      buildUs: 2 * LONG,
    });
    bench.start();
    for (let n = 0; n < 50; n += 1) {
      fillLast(bench, 0);
      const hedge = bench.last(1);
      bench.accept(hedge).fill(hedge, 99).advance(750_000).close(hedge).advance(75_000);
      expect(bench.last(1).size).toBe(1);
      fillLast(bench, 1).move(0, 19_000, 19_010);
    }
    expect(bench.truth).toEqual([5000, -5000]);
    return bench;
  });

  incident(
    "M15 nothing-left-but-trigger-filled: a leg that never traded counts as unhedged, whatever was said of it",
    () => {
      const bench = filled();
      const hedge = bench.last(1);
      const began = bench.now;
      // It ended with "filled 1.0" and no fill is ever told: the venue's position decides.
      bench.accept(hedge).tell({
        kind: "OrderClosed",
        instrument: 1,
        orderId: hedge.orderId,
        reason: "cancelled",
        filled: 100,
      });
      while (sizesOf(bench, 1).length === 1) bench.advance(SECOND);
      expect(bench.now - began).toBeLessThanOrEqual(10 * SECOND);
      fillLast(bench, 1);
      expect(bench.truth).toEqual([100, -100]);
      return bench;
    },
  );

  incident(
    "M20 order-info-unavailable: nothing known of it for 3 s is no reason for a second order",
    () => {
      const bench = filled();
      const hedge = bench.last(1);
      bench.unknown(hedge).advance(3 * SECOND, false);
      expect(sizesOf(bench, 1)).toEqual([100]);
      expect(bench.sent.some((each) => each.kind === "CancelOrder")).toBe(true);
      bench
        .fill(hedge, 100)
        .close(hedge, "filled")
        .advance(3 * SECOND);
      expect(sizesOf(bench, 1)).toEqual([100]);
      return bench;
    },
  );

  test.each([
    ["0.003 of a lot of 0.01", { maker: { lotSize: "0.001" } }, 0, 3],
    ["$4 under a least order of $10", {}, 10 * 190_00 * 10, 2],
  ] as const)(
    "M21 hedge-below-minimum: %s is carried, and told nowhere as hedged",
    (_, options, least, lots) => {
      const taker = { instrument: 1, baseMultiplier: 1, lotsMin: 1, notionalMinTickLots: least };
      const bench = new HedgeBench({ ...sized(5000), taker }, options).start();
      const maker = bench.last(0);
      bench
        .accept(maker)
        .fill(maker, lots)
        .advance(5 * SECOND);
      expect([bench.ordersOf(1), bench.truth, bench.halts]).toEqual([[], [lots, 0], []]);
      bench.fill(maker, 2000);
      expect(bench.ordersOf(1)).toHaveLength(1);
    },
  );
});

describe("undoing", () => {
  incident(
    "M14 market-fallback-partly-fills: 0.35 of the market order count, the rest is undone, and it is told",
    () => {
      const bench = filled({ ...MARKET, marketTriesMax: 1 });
      const first = bench.last(1);
      bench.accept(first).fill(first, 35).close(first, "ioc-remainder").advance(SECOND);
      expect(line(bench.last(0))).toBe("ask 65 @ 18962 IOC reduce-only");
      fillLast(bench, 0).advance(SECOND);
      expect([bench.truth, bench.halts.length]).toEqual([[35, -35], 1]);
      return bench;
    },
  );

  incident(
    "M18 rollback-of-a-close-reopens: a close that fails half-way is never answered by opening anew",
    () => {
      const bench = holding({ ...MARKET, holdMinUs: 0, holdMaxUs: 0, windDownUs: SECOND });
      bench.advance(SECOND);
      fillLast(bench, 0);
      expect(bench.truth).toEqual([0, -100]);
      refuseHedges(bench, 2);
      expect(bench.ordersOf(0).filter((each) => !each.reduceOnly)).toHaveLength(1);
      fillLast(bench, 1).advance(SECOND);
      expect(bench.truth).toEqual([0, 0]);
      return bench;
    },
  );

  incident(
    "M19 rollback-without-position-data: with no account read, nothing is closed by guess",
    () => {
      const bench = new HedgeBench().link(0, "up").link(1, "up");
      bench.advance(LONG, false);
      expect([bench.orders, bench.halts.length]).toEqual([[], 1]);
      return bench;
    },
  );
});

describe("two legs of 1.0 by limits, 60 s", () => {
  incident(
    "M26 retry-completes-both-legs: 0.4 and 0, then 0.6 and 0.3: limits alone bring both to 1.0",
    () => {
      const bench = pairOf(40, 0);
      expect(bench.last(1)).toMatchObject({ size: 40, timeInForce: "GTC" });
      fillLast(bench, 1).advance(SECOND);
      expect([bench.last(0).size, bench.last(1).size]).toEqual([60, 60]);
      pairFills(bench, 60, 30);
      expect(bench.last(1)).toMatchObject({ size: 30, timeInForce: "GTC" });
      fillLast(bench, 1).advance(SECOND);
      expect([bench.truth, bench.phase, bench.halts]).toEqual([[100, -100], "HOLDING", []]);
      expect(bench.orders.some((each) => each.timeInForce === "IOC")).toBe(false);
      return bench;
    },
  );

  incident(
    "M27 hedge-cleans-up-after-retries: long 0.3, short 0, limits refused: 0.3 are sold at market",
    () => {
      const bench = pairOf(30, 0);
      for (let n = 0; n < 8 && bench.last(1).timeInForce === "GTC"; n += 1) {
        bench.refuse(bench.last(1), "rate-limited").advance(75_000);
      }
      expect(line(bench.last(1))).toBe("ask 30 @ 18962 IOC");
      fillLast(bench, 1).advance(SECOND);
      expect([bench.truth, bench.halts]).toEqual([[30, -30], []]);
      return bench;
    },
  );

  incident(
    "M28 hedge-rejected-rolls-back: the market order is rejected too: 0.3 are closed, failure told, flat",
    () => {
      const bench = pairOf(30, 0);
      for (let n = 0; n < 12 && bench.phase !== "EMERGENCY"; n += 1) {
        bench.refuse(bench.last(1), "no-liquidity").advance(SECOND);
      }
      expect(line(bench.last(0))).toBe("ask 30 @ 18962 IOC reduce-only");
      fillLast(bench, 0).advance(SECOND);
      expect(bench.truth).toEqual([0, 0]);
      expect(bench.halts).toEqual(["a hedge failed; left: maker 0 lots, taker 0, net 0 units"]);
      return bench;
    },
  );

  incident("M29 equal-partials-are-balanced: 0.45 on both: no retry, no hedge", () => {
    const bench = pairOf(45, 45);
    bench.advance(5 * SECOND);
    expect(bench.orders.filter((each) => each.timeInForce !== "POST_ONLY")).toEqual([]);
    expect([bench.truth, bench.halts]).toEqual([[45, -45], []]);
    return bench;
  });
});
