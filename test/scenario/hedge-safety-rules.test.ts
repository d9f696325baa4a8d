// The rules of the two hedge documents, each by the document's own sentence, on the whole bot: its real journal, state,
// risk and gateway, and two venues that say what the test makes them say. Where the documents disagree the ruling of
// DESIGN §9 is named. Their corners are tested in test/unit/strategies/hedge; worlds of trouble in test/property.

import { describe, expect, test } from "vitest";
import { instrumentId } from "../../src/domain/units.ts";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { HedgeBench, line, TELLS_ONLY } from "../support/hedge-bench.ts";

const SECOND = 1_000_000;

/** A maker order filled whole: its hedge is on the way. */
function filled(changed: Partial<HedgeConfig> = {}): HedgeBench {
  const bench = new HedgeBench(changed).start();
  const maker = bench.last(0);
  return bench.accept(maker).fill(maker, maker.size).close(maker, "filled");
}

/** A hedged position of one order. */
function holding(changed: Partial<HedgeConfig> = {}): HedgeBench {
  const bench = filled(changed);
  const hedge = bench.last(1);
  return bench.accept(hedge).fill(hedge, hedge.size).close(hedge, "filled");
}

function refuseHedges(bench: HedgeBench, times: number): HedgeBench {
  for (let attempt = 0; attempt < times; attempt += 1) {
    bench.refuse(bench.last(1), "no-liquidity").advance(SECOND);
  }
  return bench;
}

describe("Hedge Bot V2", () => {
  test("state machine: IDLE to BUILDING to HOLDING to WINDING_DOWN to IDLE", () => {
    const bench = new HedgeBench();
    const phases: string[] = [];
    bench.start();
    for (let step = 0; step < 400; step += 1) {
      if (phases.at(-1) !== bench.phase) phases.push(bench.phase);
      bench.trade(50_000);
    }
    expect(phases).toEqual(["BUILDING", "HOLDING", "WINDING_DOWN", "IDLE"]);
  });

  const critical = (bench: HedgeBench): HedgeBench => {
    bench.lateFill({
      ...{ kind: "OrderFilled", instrument: 0, orderId: 9_999, tradeId: 9_999, side: "bid" },
      ...{ price: 19_000, size: 5_000, cumulative: 5_000, liquidity: "taker", fee: 0 },
    });
    return bench;
  };

  test.each([
    ["BUILDING", () => new HedgeBench({ positionMaxLots: 9_000 }).start()],
    ["HOLDING", () => holding({ positionMaxLots: 9_000 })],
    ["WINDING_DOWN", () => holding({ positionMaxLots: 9_000 }).advance(5 * SECOND)],
  ] as const)("EMERGENCY_STOP can be triggered from any state: %s", (phase, made) => {
    const bench = made();
    expect(bench.phase).toBe(phase);
    expect(critical(bench).phase).toBe("EMERGENCY");
  });

  test("EMERGENCY_STOP can be triggered from any state: IDLE", () => {
    const bench = new HedgeBench();
    bench
      .link(0, "up")
      .link(1, "up")
      .advance(60 * SECOND, false);
    expect(bench.phase).toBe("EMERGENCY");
  });

  test("before every trade: position < max", () => {
    const limits = { orderLots: 100, cycleLots: 250, positionMaxLots: 120 };
    const bench = new HedgeBench(limits).start().trade(2 * SECOND);
    expect(bench.ordersOf(0).slice(0, 2).map(line)).toEqual([
      "bid 100 @ 19009 POST_ONLY",
      "bid 20 @ 19009 POST_ONLY",
    ]);
    expect(bench.phase).toBe("HOLDING");
    expect(bench.truth).toEqual([120, -120]);
  });

  test("before every trade: difference < tolerance, or nothing new is sent", () => {
    const bench = new HedgeBench({ cycleLots: 300 }).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 100).close(maker, "filled").accept(bench.last(1));
    bench.advance(300_000).move(0, 19_000, 19_010);
    expect(bench.ordersOf(0)).toHaveLength(1);
  });

  test("before every trade: open orders <= 1 a leg", () => {
    const bench = new HedgeBench({ cycles: 2, cycleLots: 300 }).start();
    for (let step = 0; step < 400; step += 1) {
      for (const leg of [0, 1]) {
        expect(bench.bot.view.openOrders(instrumentId(leg)).length).toBeLessThanOrEqual(1);
      }
      bench.trade(50_000).move(0, 19_000 + (step % 3), 19_010 + (step % 3));
    }
    expect(bench.orders.length).toBeGreaterThan(12);
  });

  test("build: the hedge goes to the other venue as soon as the post-only order fills", () => {
    const bench = filled();
    expect(bench.orders.map(line)).toEqual(["bid 100 @ 19009 POST_ONLY", "ask 100 @ 19009 GTC"]);
    const atMarket = filled({ hedgeMode: "market" });
    expect(line(atMarket.last(1))).toBe("ask 100 @ 18962 IOC");
  });

  test("hold: wait for the configured time, monitor positions periodically", () => {
    const bench = holding({ holdMinUs: 180 * SECOND, holdMaxUs: 180 * SECOND });
    const before = bench.count("ReportAccount");
    bench.advance(179 * SECOND);
    expect([bench.phase, bench.count("ReportAccount") - before]).toEqual(["HOLDING", 10]);
    bench.advance(SECOND);
    expect(bench.phase).toBe("WINDING_DOWN");
  });

  test("wind down: loop until position = 0, at most SIZE per iteration", () => {
    const bench = new HedgeBench({ orderLots: 10, cycleLots: 37, holdMinUs: 0, holdMaxUs: 0 });
    bench.start().trade(10 * SECOND);
    const closing = bench.ordersOf(0).filter((order) => order.reduceOnly);
    expect(closing.map((order) => order.size)).toEqual([10, 10, 10, 7]);
    expect(bench.truth).toEqual([0, 0]);
  });

  test("critical threshold: 10 x SIZE triggers emergency stop", () => {
    const of = (lots: number) => {
      const bench = new HedgeBench({ positionMaxLots: 9_000 }).start();
      bench.fill({ ...bench.last(0), orderId: 9_999 } as never, lots);
      return bench.phase;
    };
    expect([of(1_000), of(1_001)]).toEqual(["BUILDING", "EMERGENCY"]);
  });

  test("positions always from the API: what two reports say is held, whatever fills have told (ruling 1)", () => {
    const bench = holding({ holdMinUs: 600 * SECOND, holdMaxUs: 600 * SECOND });
    bench.truth[1] = -40;
    bench.advance(31 * SECOND);
    expect(line(bench.last(1))).toMatch(/^ask 60 /);
  });

  test("parallel fetching: both venues are asked at once", () => {
    const bench = new HedgeBench();
    bench.link(0, "up").link(1, "up");
    expect(bench.sent.map((each) => ("venue" in each ? each.venue : each.kind))).toEqual([0, 1]);
  });

  test("cached values on API errors open no new risk (ruling 5)", () => {
    const bench = new HedgeBench();
    bench.link(0, "up").link(1, "up").move(0, 19_000, 19_010).move(1, 19_000, 19_010);
    bench.advance(20 * SECOND, false);
    expect(bench.orders).toEqual([]);
  });

  test("size enforcement: no order exceeds SIZE, closing ones included", () => {
    const bench = new HedgeBench({ orderLots: 30, cycleLots: 100 });
    bench.truth[0] = 95;
    bench.start().trade(40 * SECOND);
    expect(Math.max(...bench.orders.map((order) => order.size))).toBe(30);
    expect(bench.truth).toEqual([0, 0]);
  });

  test("retry logic: 3 attempts with exponential backoff", () => {
    const bench = filled({ hedgeMode: "market" });
    const at: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const count = bench.ordersOf(1).length;
      at.push(bench.now);
      bench.refuse(bench.last(1), "no-liquidity");
      for (let ms = 0; ms < 1000 && bench.ordersOf(1).length === count; ms += 1)
        bench.advance(1000);
    }
    expect(bench.ordersOf(1)).toHaveLength(3);
    const [first = 0, second = 0, third = 0] = at;
    expect([second - first, third - second]).toEqual([150_000, 300_000]);
  });

  test("atomic operations: a known state at the end, what filled is booked and the rest is cancelled (ruling 6)", () => {
    const bench = filled({ hedgeMode: "market" });
    const first = bench.last(1);
    bench.accept(first).fill(first, 35).close(first, "ioc-remainder").advance(SECOND);
    refuseHedges(bench, 2);
    expect(line(bench.last(0))).toBe("ask 65 @ 18962 IOC reduce-only");
    bench.trade(5 * SECOND);
    expect(bench.truth).toEqual([35, -35]);
    expect(bench.halts[0]).toContain("left: maker 35 lots, taker -35, net 0 units");
  });

  test("cleanup: automatic cancellation on failures, on both venues", () => {
    const bench = refuseHedges(filled({ hedgeMode: "market" }), 3);
    const all = bench.sent.filter((each) => each.kind === "CancelAll");
    expect(all.map((each) => each.venue)).toEqual([0, 1]);
  });

  test("cycle control: the configured number of cycles, and no more", () => {
    const bench = new HedgeBench({ cycles: 3, holdMinUs: SECOND, holdMaxUs: SECOND });
    bench.start().trade(30 * SECOND);
    expect([bench.strategy.cyclesOver, bench.orders.length]).toEqual([3, 12]);
    bench.advance(600 * SECOND);
    expect(bench.orders).toHaveLength(12);
  });

  test("direction management: long, short and random, the same draws from the same seed", () => {
    const sides = (direction: HedgeConfig["direction"], seed = 1) => {
      const times = { holdMinUs: SECOND, holdMaxUs: SECOND };
      const bench = new HedgeBench({ direction, seed, cycles: 8, ...times });
      bench.start().trade(60 * SECOND);
      return bench.ordersOf(0).flatMap((each) => (each.reduceOnly ? [] : [each.side]));
    };
    expect(new Set(sides("long"))).toEqual(new Set(["bid"]));
    expect(new Set(sides("short"))).toEqual(new Set(["ask"]));
    expect(new Set(sides("random"))).toEqual(new Set(["bid", "ask"]));
    expect(sides("random", 7)).toEqual(sides("random", 7));
  });

  test("emergency stop: nothing is sent after it, and it is left by hand only", () => {
    const bench = refuseHedges(filled({ hedgeMode: "market" }), 3).trade(5 * SECOND);
    expect(bench.halts).toHaveLength(1);
    const sent = bench.sent.length;
    bench
      .advance(600 * SECOND)
      .move(0, 19_100, 19_110)
      .move(1, 19_100, 19_110);
    expect(bench.sent).toHaveLength(sent);
  });

  test("graduated response: warning, stop, emergency", () => {
    const pairs = [{ left: 0, right: 1, leftUnitsPerLot: 1, rightUnitsPerLot: 1, orderUnits: 100 }];
    const risk = {
      imbalance: { pairs, toleranceBps: 500, warnBps: 100 },
      criticalSize: { pairs, multiple: 10 },
    };
    const bench = new HedgeBench({ positionMaxLots: 9_000 }, { risk, machinery: TELLS_ONLY });
    bench.start();
    const maker = bench.accept(bench.last(0)).last(0);
    bench.fill(maker, 3).fill(maker, 40);
    bench.fill({ ...maker, orderId: 9_999 } as never, 1_000);
    const steps = bench.alerts.map((text) => /\b(warning|stop|emergency)\b/.exec(text)?.[1]);
    expect(steps).toEqual(["warning", "stop", "emergency"]);
    expect(bench.halts[0]).toContain("critical-size");
  });
});
