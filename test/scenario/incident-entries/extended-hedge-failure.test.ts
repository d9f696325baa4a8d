// Extended + Lighter hedge, when the hedge on Lighter does not come about: errors, silence, parts, late fills, and a
// remedy that makes it worse. The maker has just filled 5 SOL (500 lots); Lighter is leg 1.

import { describe, expect } from "vitest";
import { type HedgeBench, line } from "../../support/hedge-bench.ts";
import {
  filled,
  fillLast,
  holding,
  incident,
  LONG,
  refuseHedges,
  SECOND,
  sized,
  sizesOf,
} from "../../support/hedge-incident.ts";

const FIVE = sized(500);
const MARKET = { ...FIVE, hedgeMode: "market" } as const;

/** A limit hedge of 5 that stands for its share of the time, fills `lots`, and is then asked to end. */
function timedOut(lots: number): HedgeBench {
  const bench = filled(FIVE);
  const hedge = bench.last(1);
  bench.accept(hedge);
  if (lots > 0) bench.fill(hedge, lots);
  bench.advance(750_000);
  expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: hedge.orderId });
  return bench;
}

describe("a hedge that is not taken", () => {
  incident(
    "H11 hedge-placement-error: tried a few times at worse prices, then 5 are flattened, stopped, told",
    () => {
      const bench = filled(MARKET);
      const began = bench.now;
      refuseHedges(bench, 3);
      expect(bench.ordersOf(1).map((each) => each.price)).toEqual([18_962, 18_952, 18_943]);
      expect(line(bench.last(0))).toBe("ask 500 @ 18962 IOC reduce-only");
      fillLast(bench, 0).advance(SECOND);
      expect(bench.now - began).toBeLessThan(10 * SECOND);
      expect(bench.truth).toEqual([0, 0]);
      expect(bench.halts).toEqual(["a hedge failed; left: maker 0 lots, taker 0, net 0 units"]);
      return bench;
    },
  );

  incident(
    "H12 hedge-timeout-marked-filled: an unfilled hedge is cancelled, read, and sent again; never assumed",
    () => {
      const bench = timedOut(0);
      expect(bench.position(1)).toBe(0);
      expect(sizesOf(bench, 1)).toEqual([500]);
      bench.close(bench.last(1)).advance(75_000);
      expect(sizesOf(bench, 1)).toEqual([500, 500]);
      expect(bench.phase).toBe("BUILDING");
      return bench;
    },
  );

  incident("H13 hedge-timeout-after-partial: of 5, 2 are booked and 3 are sent again", () => {
    const bench = timedOut(200);
    bench.close(bench.last(1)).advance(75_000);
    expect([bench.position(1), ...sizesOf(bench, 1)]).toEqual([-200, 500, 300]);
    fillLast(bench, 1);
    expect(bench.truth).toEqual([500, -500]);
    return bench;
  });

  incident(
    "H14 late-hedge-fill-after-resubmit: both orders fill: 3 too much is found and unwound",
    () => {
      const bench = timedOut(200);
      const first = bench.last(1);
      bench.close(first).advance(75_000);
      const second = bench.last(1);
      bench.accept(second).fill(first, 300).fill(second, 300).close(second, "filled");
      expect(bench.truth).toEqual([500, -800]);
      bench.advance(SECOND);
      expect(line(bench.last(1))).toMatch(/^bid 300 @ \d+ \w+ reduce-only$/);
      fillLast(bench, 1).advance(SECOND);
      expect(bench.truth).toEqual([500, -500]);
      return bench;
    },
  );

  incident(
    "H15 hedge-abort-raises-and-stops: the flatten fails too: one halt that names what is left, no order after",
    () => {
      const bench = filled(MARKET);
      for (let second = 0; second < 120; second += 1) {
        for (const leg of [0, 1] as const) {
          const open = bench.bot.view.openOrders(leg as never)[0];
          if (open !== undefined) bench.refuse(bench.last(leg), "no-liquidity");
        }
        bench.advance(SECOND);
      }
      expect(bench.halts).toEqual(["a hedge failed; left: maker 500 lots, taker 0, net 500 units"]);
      const orders = bench.orders.length;
      bench.advance(LONG).move(0, 19_100, 19_110).move(1, 19_100, 19_110);
      expect(bench.orders).toHaveLength(orders);
      return bench;
    },
  );
});

describe("whose fill it was", () => {
  incident(
    "H16 lighter-update-with-two-orders: each order of one update is booked as its own",
    () => {
      const bench = timedOut(0);
      const first = bench.last(1);
      bench.close(first).advance(75_000);
      const second = bench.last(1);
      bench.accept(second);
      // One moment tells of the old order and of the new one.
      bench.fill(first, 100).fill(second, 400).close(second, "filled");
      expect(bench.truth).toEqual([500, -500]);
      expect(sizesOf(bench, 1)).toEqual([500, 500]);
      return bench;
    },
  );

  incident(
    "H17 lighter-partial-and-cancel-ignored: open with 2, then cancelled with 2, are 2",
    () => {
      const bench = filled(FIVE);
      const hedge = bench.last(1);
      bench.accept(hedge).fill(hedge, 200).close(hedge, "market-remainder");
      expect(bench.position(1)).toBe(-200);
      bench.advance(SECOND);
      expect(sizesOf(bench, 1)).toEqual([500, 300]);
      return bench;
    },
  );

  incident(
    "H18 foreign-fill-credited-to-hedge: the order before reports filled: the waiting hedge still waits",
    () => {
      const bench = timedOut(0);
      const first = bench.last(1);
      bench.close(first).advance(75_000);
      const second = bench.last(1);
      bench.accept(second).fill(first, 150);
      const open = bench.bot.view.openOrders(1 as never)[0];
      expect([open?.orderId, open?.filled]).toEqual([second.orderId, 0]);
      // 150 of 500 are hedged: the one that stands is too large now and goes, 350 follow.
      bench.close(second).advance(75_000);
      expect(bench.last(1).size).toBe(350);
      return bench;
    },
  );
});

describe("an acknowledgement", () => {
  incident(
    "H19 lighter-ack-then-sequencer-drop: accepted and then dropped for margin, it is a failure",
    () => {
      const bench = filled(MARKET);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const hedge = bench.last(1);
        bench.accept(hedge).close(hedge, "insufficient-margin").advance(SECOND);
      }
      expect(bench.position(1)).toBe(0);
      fillLast(bench, 0).advance(SECOND);
      expect([bench.truth, bench.halts.length]).toEqual([[0, 0], 1]);
      return bench;
    },
  );

  incident(
    "H19 lighter-ack-then-sequencer-drop: with no report at all it is looked for, then sent again once",
    () => {
      const bench = filled(FIVE);
      const hedge = bench.last(1);
      bench.advance(5 * SECOND, false).unknown(hedge);
      bench.refuse(hedge, "unknown-order", "cancel").advance(1_900_000);
      // A report as young as this may not show it yet.
      expect(sizesOf(bench, 1)).toEqual([500]);
      bench.advance(4 * SECOND);
      expect(sizesOf(bench, 1)).toEqual([500, 500]);
      fillLast(bench, 1);
      expect(bench.truth).toEqual([500, -500]);
      return bench;
    },
  );
});

describe("a remedy", () => {
  incident(
    "H21 flatten-closes-one-whole-leg: +5 and −4 become flat by selling the 1 that is too much",
    () => {
      const grace = { imbalanceGraceUs: 20 * SECOND, holdMinUs: LONG, holdMaxUs: LONG };
      const opens = { retriesMax: 1, timeoutUs: LONG, backoffUs: 75_000, insideRetries: 0 };
      const bench = holding({ ...FIVE, ...grace, opens });
      // Somebody buys 1 on Lighter with our account; the hedge for it rests and is not met.
      bench.fill({ ...bench.last(1), orderId: 9_999, side: "bid" } as never, 100);
      expect(bench.truth).toEqual([500, -400]);
      const resting = bench.last(1);
      bench.accept(resting).advance(20 * SECOND);
      bench.close(resting);
      expect(line(bench.last(0))).toBe("ask 100 @ 18962 IOC reduce-only");
      fillLast(bench, 0).advance(SECOND);
      expect([bench.truth, bench.phase, bench.halts]).toEqual([[400, -400], "HOLDING", []]);
      return bench;
    },
  );

  incident(
    "H29 hedge-not-repriced: the book moves away: moved to the fresh touch, three times at most, then market",
    () => {
      const opens = { retriesMax: 1, timeoutUs: 20 * SECOND, backoffUs: 75_000, insideRetries: 0 };
      const bench = filled({ ...FIVE, opens });
      const hedge = bench.last(1);
      bench.accept(hedge);
      const prices: number[] = [];
      for (let step = 1; step <= 40; step += 1) {
        bench.advance(100_000).move(1, 19_000 - 10 * step, 19_005 - 10 * step);
        if (bench.count("AmendOrder") === prices.length) continue;
        const amend = bench.sent.findLast((each) => each.kind === "AmendOrder");
        prices.push(amend?.kind === "AmendOrder" ? amend.price : 0);
        bench.accept(hedge, "amend", prices.at(-1) as never);
      }
      expect(prices).toEqual([18_980, 18_940, 18_860]);
      bench
        .advance(20 * SECOND)
        .close(hedge)
        .advance(SECOND);
      expect(bench.ordersOf(1).map((each) => each.timeInForce)).toEqual(["GTC", "IOC"]);
      fillLast(bench, 1);
      expect(bench.truth).toEqual([500, -500]);
      return bench;
    },
  );

  incident(
    "H30 modify-meets-fill: a modify that finds its order filled sends no second hedge",
    () => {
      const bench = filled(FIVE);
      const hedge = bench.last(1);
      bench.accept(hedge).advance(300_000).move(1, 18_990, 18_995);
      expect(bench.count("AmendOrder")).toBe(1);
      bench.refuse(hedge, "unknown-order", "amend").fill(hedge, 500).close(hedge, "filled");
      bench.advance(2 * SECOND);
      expect([sizesOf(bench, 1), bench.truth]).toEqual([[500], [500, -500]]);
      return bench;
    },
  );
});
