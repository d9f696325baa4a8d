// The hardening plan of the Extended hedge: each of its validations, and its decisions, as a test of the whole bot, by
// the plan's own words. P0-1 is the recorded incident: order 1981330673612984320, 1.33 SOL, +0.66 left in iteration 14.

import { describe, expect, test } from "vitest";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { HedgeBench, line, TELLS_ONLY } from "../support/hedge-bench.ts";

const SECOND = 1_000_000;
const LONG = 600 * SECOND;

function filled(changed: Partial<HedgeConfig> = {}): HedgeBench {
  const bench = new HedgeBench(changed).start();
  const maker = bench.last(0);
  return bench.accept(maker).fill(maker, maker.size).close(maker, "filled");
}

/** What we hold to be the position is what the venues hold, on both legs. */
function expectTracked(bench: HedgeBench): void {
  expect([bench.position(0), bench.position(1)]).toEqual(bench.truth);
}

function hedgeWhole(bench: HedgeBench): void {
  const hedge = bench.last(1);
  bench.accept(hedge).fill(hedge, hedge.size).close(hedge, "filled");
}

describe("P0-1: position bookkeeping on partial fills", () => {
  /** The plan's sequence on one order: partial, cancelled with the partial counted, replaced, the replacement filled. */
  function partialThenReplaced(bench: HedgeBench, partial: number): void {
    const first = bench.last(0);
    bench.accept(first).fill(first, partial);
    expectTracked(bench);
    hedgeWhole(bench);
    const away = first.side === "bid" ? 100 : -100;
    bench.move(0, 19_000 + away, 19_010 + away).advance(10 * SECOND);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: first.orderId });
    bench.close(first);
    expectTracked(bench);
    const replacement = bench.last(0);
    expect(replacement.size).toBe(first.size - partial);
    bench.accept(replacement).fill(replacement, replacement.size).close(replacement, "filled");
    expectTracked(bench);
    hedgeWhole(bench);
    bench.move(0, 19_000, 19_010);
  }

  test("order 1981330673612984320: 1.33 filled, cancelled, replaced for the rest: no residual by iteration 14", () => {
    const bench = new HedgeBench({
      ...{ cycles: 14, orderLots: 500, cycleLots: 500, positionMaxLots: 500 },
      ...{ holdMinUs: SECOND, holdMaxUs: SECOND, windDownUs: LONG, buildUs: LONG },
    }).start();
    for (let iteration = 1; iteration <= 14; iteration += 1) {
      // An unbooked buy of 1.33 and an unbooked sell of 0.67 would leave just the +0.66 of the log.
      partialThenReplaced(bench, 133);
      expect(bench.truth).toEqual([500, -500]);
      bench.advance(1.5 * SECOND);
      partialThenReplaced(bench, 67);
      expect(bench.truth, `after iteration ${iteration}`).toEqual([0, 0]);
      bench.advance(SECOND);
    }
    expect([bench.strategy.cyclesOver, bench.halts]).toEqual([14, []]);
  });

  test("repeated messages do not double-count already-processed fills", () => {
    const bench = new HedgeBench({ orderLots: 500, cycleLots: 500 }).start();
    const maker = bench.last(0);
    const fill = bench.accept(maker).hiddenFill(maker, 133);
    bench.lateFill(fill).lateFill(fill);
    expectTracked(bench);
    bench.close(maker).lateFill(fill);
    expectTracked(bench);
    expect(bench.ordersOf(1).map((each) => each.size)).toEqual([133]);
  });

  test("the imbalance guard no longer fires spuriously", () => {
    const bench = new HedgeBench({ cycles: 5, holdMinUs: SECOND, holdMaxUs: SECOND });
    bench.start().trade(60 * SECOND);
    expect([bench.strategy.cyclesOver, bench.count("CancelAll")]).toEqual([5, 0]);
  });
});

describe("P0-2: positions on startup and after rounding", () => {
  test("a restart with a known open position goes on trading without the guard firing", () => {
    const bench = new HedgeBench();
    bench.truth[0] = 100;
    bench.truth[1] = -100;
    bench.start().advance(SECOND);
    expect([bench.phase, bench.count("CancelAll")]).toEqual(["HOLDING", 0]);
    bench.trade(30 * SECOND);
    expect([bench.truth, bench.halts]).toEqual([[0, 0], []]);
  });

  test("a residual of rounding is carried, and hedged when a whole lot has gathered", () => {
    const sizes = { orderLots: 5000, cycleLots: 5000, positionMaxLots: 9000 };
    const bench = new HedgeBench(sizes, { maker: { lotSize: "0.001" } }).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 1337);
    expect(bench.last(1).size).toBe(133);
    hedgeWhole(bench);
    expect(bench.ordersOf(1)).toHaveLength(1);
    bench.fill(maker, 3);
    expect(bench.ordersOf(1).map((each) => each.size)).toEqual([133, 1]);
  });
});

describe("P0: hedge failure handling", () => {
  test("a hedge that cannot be sent is retried a few times, flattened on the other venue, stopped and told", () => {
    const bench = filled();
    for (let attempt = 0; attempt < 11; attempt += 1) {
      bench.refuse(bench.last(1), "rate-limited").advance(SECOND);
    }
    expect(bench.ordersOf(1).length).toBeGreaterThan(3);
    expect(line(bench.last(0))).toBe("ask 100 @ 18962 IOC reduce-only");
    bench.trade(5 * SECOND);
    expect(bench.truth).toEqual([0, 0]);
    expect(bench.halts).toEqual(["a hedge failed; left: maker 0 lots, taker 0, net 0 units"]);
  });

  test("a hedge that times out is never marked filled: cancelled, looked up, and only then sent again", () => {
    const bench = filled();
    const hedge = bench.last(1);
    bench.advance(5 * SECOND, false).unknown(hedge);
    expect(bench.sent.filter((each) => each.kind === "CancelOrder")).toHaveLength(1);
    bench.refuse(hedge, "unknown-order", "cancel").advance(SECOND);
    expect([bench.ordersOf(1).length, bench.phase]).toEqual([1, "BUILDING"]);
    bench.advance(5 * SECOND);
    expect(bench.ordersOf(1).map((each) => each.size)).toEqual([100, 100]);
  });

  test("when the fallback fails too, it stops and tells what is left open", () => {
    const bench = filled({ hedgeMode: "market" });
    for (let second = 0; second < 120; second += 1) {
      for (const leg of [0, 1] as const) {
        const order = bench.ordersOf(leg).at(-1);
        if (order !== undefined) bench.refuse(order, "no-liquidity");
      }
      bench.advance(SECOND);
    }
    expect(bench.halts).toEqual(["a hedge failed; left: maker 100 lots, taker 0, net 100 units"]);
  });
});

describe("P0-3: graceful shutdown", () => {
  test("an early exit leaves no order standing and nothing running", () => {
    const bench = new HedgeBench().start();
    bench.accept(bench.last(0));
    bench.bot.abandon("Ctrl-C");
    expect(bench.sent.slice(-2)).toMatchObject([
      { kind: "CancelAll", venue: 0 },
      { kind: "CancelAll", venue: 1 },
    ]);
    expect(() => bench.move(0, 19_000, 19_010)).toThrow("before the next one");
  });
});

describe("P1", () => {
  const pairs = [{ left: 0, right: 1, leftUnitsPerLot: 1, rightUnitsPerLot: 1, orderUnits: 400 }];

  test("4: a 50 % mismatch: open orders cancelled, larger leg flattened by the net, told, and the run goes on", () => {
    const bench = new HedgeBench(
      {
        ...{ orderLots: 400, cycleLots: 400, holdMinUs: LONG, holdMaxUs: LONG },
        opens: { retriesMax: 1, timeoutUs: LONG, backoffUs: 75_000, insideRetries: 0 },
        imbalanceGraceUs: 20 * SECOND,
      },
      { risk: { imbalance: { pairs, toleranceBps: 500 } }, machinery: TELLS_ONLY },
    ).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 400).close(maker, "filled");
    hedgeWhole(bench);
    bench.truth[1] = -200;
    bench.advance(31 * SECOND);
    const resting = bench.last(1);
    bench.accept(resting).advance(20 * SECOND);
    expect(bench.count("CancelAll")).toBe(2);
    bench.close(resting);
    expect(line(bench.last(0))).toBe("ask 200 @ 18962 IOC reduce-only");
    const flatten = bench.last(0);
    bench.accept(flatten).fill(flatten, 200).close(flatten, "filled").advance(SECOND);
    expect([bench.truth, bench.phase, bench.halts]).toEqual([[200, -200], "HOLDING", []]);
    const drift = "drift of instrument 1: we believe -400 lots, it is -200";
    expect(bench.alerts.some((text) => text.includes(drift))).toBe(true);
  });

  test("4: tolerance is 5 % of max(order size, cycle quantity)", () => {
    const breached = (cycleLots: number, mismatch: number): boolean => {
      const bench = new HedgeBench({ orderLots: 100, cycleLots, positionMaxLots: 1000 });
      bench.truth[0] = 100;
      bench.truth[1] = mismatch - 100;
      return bench.start().advance(SECOND).phase === "IDLE";
    };
    expect([breached(100, 5), breached(100, 6)]).toEqual([false, true]);
  });

  test("5: the sweep detects and flattens a residual position before step 1", () => {
    const bench = new HedgeBench();
    bench.truth[0] = 66;
    bench.start().advance(SECOND);
    expect(bench.orders.map(line)).toEqual(["ask 66 @ 18962 IOC reduce-only"]);
    bench.trade(200_000).advance(SECOND);
    expect(line(bench.last(0))).toBe("bid 100 @ 19009 POST_ONLY");
  });

  test("5: reading accounts adds no latency between a fill and its hedge", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker);
    const at = bench.now;
    bench.fill(maker, 100);
    expect([bench.ordersOf(1).length, bench.now]).toEqual([1, at]);
    expect(bench.reportsAsked).toBe(0);
  });

  test("6: a hedge failure is told once, and nothing more is done", () => {
    const bench = filled({ hedgeMode: "market" });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      bench.refuse(bench.last(1), "no-liquidity").advance(SECOND);
    }
    bench.trade(5 * SECOND).advance(LONG);
    const halts = bench.log.entries.filter(
      (entry) => entry.kind === "command" && entry.command.kind === "Halt",
    );
    expect(halts).toHaveLength(1);
  });

  test("5b: no long waits once a position is open: the drawn delay is for flat legs only", () => {
    const bench = new HedgeBench({ delayMinUs: 15 * SECOND, delayMaxUs: 60 * SECOND });
    bench.start().advance(60 * SECOND);
    const maker = bench.last(0);
    bench.accept(maker);
    const at = bench.now;
    bench.fill(maker, 100).close(maker, "filled");
    expect([bench.ordersOf(1).length, bench.now]).toEqual([1, at]);
    hedgeWhole(bench);
    bench.advance(5 * SECOND);
    expect(bench.last(0).reduceOnly).toBe(true);
  });

  test("6b: the other venue's book moves away: the resting hedge is modified, a bounded number of times", () => {
    const bench = filled({
      opens: { retriesMax: 1, timeoutUs: LONG, backoffUs: 75_000, insideRetries: 0 },
    });
    const hedge = bench.last(1);
    bench.accept(hedge);
    const at: number[] = [];
    for (let step = 1; step <= 60; step += 1) {
      bench.advance(100_000).move(1, 19_000 - 10 * step, 19_005 - 10 * step);
      if (bench.count("AmendOrder") === at.length) continue;
      at.push(bench.now);
      bench.accept(hedge, "amend", (19_000 - 10 * step) as never);
    }
    expect(at).toHaveLength(3);
    const [first = 0, second = 0, third = 0] = at;
    expect(third - second).toBeGreaterThan(second - first);
    expect(bench.ordersOf(1)).toHaveLength(1);
  });
});

test("H42: a size cut for want of balance is what hedge and close go by; below the least order nothing stays open", () => {
  const bench = new HedgeBench({ orderLots: 300, cycleLots: 300 }).start();
  bench.refuse(bench.last(0), "insufficient-balance").advance(SECOND);
  bench.refuse(bench.last(0), "insufficient-margin").advance(2 * SECOND);
  expect(bench.ordersOf(0).map((each) => each.size)).toEqual([300, 240, 192]);
  const placed = bench.last(0);
  bench.accept(placed).fill(placed, 192).close(placed, "filled");
  expect(bench.last(1).size).toBe(192);
  const poor = new HedgeBench({ buildUs: 9 * LONG }).start();
  for (let n = 0; n < 40 && poor.halts.length === 0; n += 1) {
    poor.refuse(poor.last(0), "insufficient-balance").advance(40 * SECOND);
  }
  expect(poor.halts[0]).toContain("the balance does not suffice for the least order");
  expect(poor.truth).toEqual([0, 0]);
});
