// The hedge manager's flow, step by step, each by the document's own words, on the whole bot against two venues that say
// what the test makes them say. Where the document disagrees with another the ruling of DESIGN §9 is named.

import { describe, expect, test } from "vitest";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { HedgeBench, line } from "../support/hedge-bench.ts";

const SECOND = 1_000_000;

function filled(changed: Partial<HedgeConfig> = {}): HedgeBench {
  const bench = new HedgeBench(changed).start();
  const maker = bench.last(0);
  return bench.accept(maker).fill(maker, maker.size).close(maker, "filled");
}

/** Limits on both venues, both taken. */
function opened(changed: Partial<HedgeConfig> = {}): HedgeBench {
  const bench = new HedgeBench({ opening: "both-limits", ...changed }).start();
  return bench.accept(bench.last(0)).accept(bench.last(1));
}

function advanceUntil(bench: HedgeBench, isSo: () => boolean): void {
  for (let ms = 0; ms < 5_000 && !isSo(); ms += 1) bench.advance(1_000);
}

/** Lets every limit of a hedge stand and end unfilled; when each was placed, µs after the trigger. */
function exhaust(bench: HedgeBench, attempts: number): readonly number[] {
  const began = bench.now;
  const placed: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const limit = bench.last(1);
    placed.push(bench.now - began);
    bench.accept(limit);
    const cancels = bench.count("CancelOrder");
    advanceUntil(bench, () => bench.count("CancelOrder") > cancels);
    bench.close(limit);
    const count = bench.ordersOf(1).length;
    advanceUntil(bench, () => bench.ordersOf(1).length > count);
  }
  return placed;
}

describe("hedge manager flow", () => {
  test("1: cancel remaining limit orders when one fills", () => {
    const bench = opened();
    const [maker, sibling] = [bench.last(0), bench.last(1)];
    bench.fill(maker, 100).close(maker, "filled");
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: sibling.orderId });
  });

  test("2: wait for pending completions, final fill reconciliation", () => {
    const bench = opened();
    const [maker, sibling] = [bench.last(0), bench.last(1)];
    bench.fill(maker, 100).close(maker, "filled").advance(SECOND);
    expect(bench.orders).toHaveLength(2);
    const late = bench.hiddenFill(sibling, 30);
    bench.close(sibling);
    expect(bench.last(1).size).toBe(70);
    bench.lateFill(late);
    expect(bench.ordersOf(1)).toHaveLength(2);
  });

  test("3: hedge targets with multiplier adjustments", () => {
    const leg = { lotsMin: 1, notionalMinTickLots: 0 };
    const sizes = { orderLots: 300_000, cycleLots: 300_000, positionMaxLots: 300_000 };
    const bench = new HedgeBench(
      {
        ...sizes,
        maker: { ...leg, instrument: 0, baseMultiplier: 1 },
        taker: { ...leg, instrument: 1, baseMultiplier: 1000 },
      },
      { maker: { lotSize: "1" }, taker: { lotSize: "0.01" } },
    ).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 233_960);
    // 233,960 TOSHI are 233.96 kTOSHI.
    expect(bench.last(1).size).toBe(23_396);
  });

  test("4.1.2: remaining = target - filled, by exposure and never by the planned quantity", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 40);
    expect(bench.last(1).size).toBe(40);
  });

  test("4.1.3.1: if reduce-only: 5 retries, 3 s, 50 ms", () => {
    const bench = new HedgeBench({ holdMinUs: 0, holdMaxUs: 0 }).start();
    for (let step = 0; step < 40 && !bench.last(0).reduceOnly; step += 1) bench.trade(50_000);
    const out = bench.last(0);
    bench.accept(out).fill(out, out.size).close(out, "filled");
    const placed = exhaust(bench, 5);
    expect(placed.map((us) => Math.round(us / 1_000))).toEqual([0, 650, 1300, 1950, 2600]);
    expect(line(bench.last(1))).toMatch(/^bid 100 @ 19049 IOC reduce-only$/);
  });

  test("4.1.3.1: else 8 retries, 6 s, 75 ms", () => {
    const bench = filled();
    const placed = exhaust(bench, 8);
    const step = 825;
    expect(placed.map((us) => Math.round(us / 1_000))).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) => n * step),
    );
    expect(line(bench.last(1))).toBe("ask 100 @ 18962 IOC");
  });

  test("4.1.3.3.1: timeout reached: break, fall back to market", () => {
    const bench = filled({
      opens: { retriesMax: 100, timeoutUs: 2 * SECOND, backoffUs: 900_000, insideRetries: 3 },
    });
    let limits = 0;
    while (bench.last(1).timeInForce === "GTC" && limits < 50) {
      limits += 1;
      bench.refuse(bench.last(1), "rate-limited").advance(900_000);
    }
    expect([limits, bench.last(1).timeInForce]).toEqual([3, "IOC"]);
  });

  test("4.1.3.3.2: break-even first, then inside spread, then touch, from a fresh BBO", () => {
    // Bought at 19,009: while the other venue bids less, selling there at 19,009 breaks even.
    expect(line(filled().last(1))).toBe("ask 100 @ 19009 GTC");
    const bench = new HedgeBench({ repriceCountMax: 0 }).start();
    const maker = bench.last(0);
    bench.accept(maker).move(1, 18_900, 18_950);
    bench.fill(maker, 100).close(maker, "filled");
    const prices: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      prices.push(bench.last(1).price);
      if (attempt === 1) bench.move(1, 18_910, 18_960);
      bench.refuse(bench.last(1), "rate-limited").advance(75_000);
    }
    expect(prices).toEqual([18_901, 18_901, 18_911, 18_910, 18_910]);
  });

  test("4.1.3.3.5: PARTIALLY_FILLED at its time: cancel, retry with the remaining quantity", () => {
    const bench = filled();
    const first = bench.last(1);
    bench.accept(first).fill(first, 40).advance(750_000);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: first.orderId });
    bench.close(first).advance(75_000);
    expect(bench.last(1).size).toBe(60);
  });

  test("4.1.3.3.5: CANCELED by a post-only violation: retry", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker).close(maker, "post-only-would-cross");
    expect(bench.orders).toHaveLength(1);
    bench.advance(250_000);
    expect(bench.orders.map((each) => each.timeInForce)).toEqual(["POST_ONLY", "POST_ONLY"]);
  });

  test("4.1.3.3.6: 99 % filled is not filled: the last lot is hedged too (ruling 2)", () => {
    const bench = filled();
    const first = bench.last(1);
    bench.accept(first).fill(first, 99).advance(750_000).close(first).advance(75_000);
    expect(bench.last(1).size).toBe(1);
    bench.trade(SECOND);
    expect(bench.truth).toEqual([100, -100]);
  });

  test("4.1.3.3.7: an attempt that errors: continue with the next", () => {
    const bench = filled();
    bench.refuse(bench.last(1), "rate-limited").advance(75_000);
    expect(bench.ordersOf(1)).toHaveLength(2);
  });

  test("4.1.3.4: final reconciliation: fills the polling missed are not hedged again", () => {
    const bench = filled();
    exhaust(bench, 7);
    const last = bench.last(1);
    bench.accept(last).advance(750_000);
    const missed = bench.hiddenFill(last, 20);
    bench.close(last).advance(75_000);
    expect(line(bench.last(1))).toBe("ask 80 @ 18962 IOC");
    bench.lateFill(missed);
    expect(bench.last(1).size).toBe(80);
  });

  test("4.1.3.5: fallback to market for what the limits left, partial fills tracked before", () => {
    const bench = filled();
    const first = bench.last(1);
    bench.accept(first).fill(first, 40);
    exhaust(bench, 8);
    expect(line(bench.last(1))).toBe("ask 60 @ 18962 IOC");
    expect(bench.position(1)).toBe(-40);
  });

  test("simple market hedge: skip when nothing remains", () => {
    const bench = filled({ hedgeMode: "market" });
    const hedge = bench.last(1);
    bench.accept(hedge).fill(hedge, 100).close(hedge, "filled").advance(SECOND);
    expect(bench.ordersOf(1)).toHaveLength(1);
  });

  test("error handling: rollback on partial closes what the partial fill left, never more", () => {
    const bench = filled({ hedgeMode: "market" });
    const first = bench.last(1);
    bench.accept(first).fill(first, 35).close(first, "market-remainder").advance(SECOND);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      bench.refuse(bench.last(1), "no-liquidity").advance(SECOND);
    }
    bench.trade(5 * SECOND);
    expect(bench.orders.at(-1)).toMatchObject({ instrument: 0, size: 65, reduceOnly: true });
    expect(bench.truth).toEqual([35, -35]);
  });

  test("every leg is checked tradable at its rounded size before either is sent", () => {
    const taker = { instrument: 1, baseMultiplier: 1, lotsMin: 1, notionalMinTickLots: 19_000_00 };
    expect(new HedgeBench({ taker }).start().orders).toHaveLength(1);
    const dear = new HedgeBench({ taker: { ...taker, notionalMinTickLots: 19_000_01 } }).start();
    expect(dear.orders).toEqual([]);
    expect(dear.advance(60 * SECOND).halts[0]).toContain("less than a venue takes");
  });
});
