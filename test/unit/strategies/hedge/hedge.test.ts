// The hedge bot against venues that say exactly what a test makes them say: the incidents of the hardening plan, and
// everything an answer can do to a hedge. Scenario numbers (H01, M08, V16) are those of the incident catalogue.

import { describe, expect, test } from "vitest";
import { DEGRADATION_DEFAULTS } from "../../../../src/bot/degradation.ts";
import { instrumentId } from "../../../../src/domain/units.ts";
import { HedgeBench, line, TELLS_ONLY } from "../../../support/hedge-bench.ts";

/** A bench whose maker order is filled whole: its hedge is on the way. */
function filled(changed = {}): HedgeBench {
  const bench = new HedgeBench(changed).start();
  const maker = bench.last(0);
  return bench.accept(maker).fill(maker, maker.size).close(maker, "filled");
}

/** A bench that holds a hedged position of one order. */
function holding(changed = {}): HedgeBench {
  const bench = filled(changed);
  const hedge = bench.last(1);
  return bench.accept(hedge).fill(hedge, hedge.size).close(hedge, "filled");
}

describe("a cycle", () => {
  test("goes through every phase in order, and ends flat", () => {
    const bench = new HedgeBench();
    const phases: string[] = [bench.phase];
    const note = () => phases.push(bench.phase);
    bench.start();
    note();
    const maker = bench.last(0);
    expect(line(maker)).toBe("bid 100 @ 19009 POST_ONLY");
    bench.accept(maker).fill(maker, 100).close(maker, "filled");
    const hedge = bench.last(1);
    expect(line(hedge)).toBe("ask 100 @ 19009 GTC");
    bench.accept(hedge).fill(hedge, 100).close(hedge, "filled");
    note();
    bench.advance(5_000_000);
    note();
    const out = bench.last(0);
    expect(line(out)).toBe("ask 100 @ 19001 POST_ONLY reduce-only");
    bench.accept(out).fill(out, 100).close(out, "filled");
    const back = bench.last(1);
    expect(line(back)).toBe("bid 100 @ 19001 GTC reduce-only");
    bench.accept(back).fill(back, 100).close(back, "filled");
    note();
    expect(phases).toEqual(["IDLE", "BUILDING", "HOLDING", "WINDING_DOWN", "IDLE"]);
    expect(bench.truth).toEqual([0, 0]);
    bench.advance(600_000_000);
    expect(bench.orders).toHaveLength(4);
    expect(bench.refusals).toEqual([]);
  });

  test("builds up in orders of the order size and never past the position limit", () => {
    const bench = new HedgeBench({ cycleLots: 250, positionMaxLots: 1000 }).start();
    for (let order = 0; order < 3; order += 1) {
      const maker = bench.last(0);
      bench.accept(maker).fill(maker, maker.size).close(maker, "filled");
      const hedge = bench.last(1);
      bench.accept(hedge).fill(hedge, hedge.size).close(hedge, "filled");
    }
    expect(bench.ordersOf(0).map((each) => each.size)).toEqual([100, 100, 50]);
    expect(bench.phase).toBe("HOLDING");
    expect(bench.truth).toEqual([250, -250]);
  });

  test("waits before a cycle only when flat (H28)", () => {
    const bench = new HedgeBench({ cycles: 2, delayMinUs: 15_000_000, delayMaxUs: 15_000_000 });
    bench.start();
    expect(bench.orders).toHaveLength(0);
    bench.advance(14_999_000);
    expect(bench.orders).toHaveLength(0);
    bench.advance(1_000);
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 40);
    expect(line(bench.last(1))).toBe("ask 40 @ 19009 GTC");
  });
});

describe("a partial fill", () => {
  test("is hedged at once, while the rest of its order stands (H40)", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 37);
    expect(line(bench.last(1))).toBe("ask 37 @ 19009 GTC");
    expect(bench.count("CancelOrder")).toBe(0);
  });

  // Order 1981330673612984320 of the hardening plan: 1.33 SOL filled, then cancelled, then replaced.
  test("of a cancelled order is accounted in its replacement: no +0.66 residual (H01)", () => {
    const bench = new HedgeBench({ orderLots: 500, cycleLots: 500, makerOrderUs: 10_000_000 });
    bench.start();
    const first = bench.last(0);
    bench.accept(first).fill(first, 133);
    const hedge = bench.last(1);
    bench.accept(hedge).fill(hedge, 133).close(hedge, "filled");
    bench.move(0, 19_050, 19_060).advance(10_000_000);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: first.orderId });
    bench.close(first);
    const second = bench.last(0);
    expect(second.size).toBe(500 - 133);
    bench.accept(second).fill(second, second.size).close(second, "filled");
    const rest = bench.last(1);
    bench.accept(rest).fill(rest, rest.size).close(rest, "filled");
    expect(bench.truth).toEqual([500, -500]);
    bench.advance(5_000_000);
    const out = bench.last(0);
    bench.accept(out).fill(out, 500).close(out, "filled");
    const back = bench.last(1);
    bench.accept(back).fill(back, 500).close(back, "filled");
    expect(bench.truth).toEqual([0, 0]);
    expect([bench.position(0), bench.position(1)]).toEqual([0, 0]);
  });

  test("told twice is hedged once (H02)", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    const fill = bench.accept(maker).hiddenFill(maker, 37);
    bench.lateFill(fill).lateFill(fill);
    const hedge = bench.last(1);
    bench.accept(hedge).fill(hedge, 37).close(hedge, "filled").lateFill(fill);
    expect(bench.ordersOf(1).map((each) => each.size)).toEqual([37]);
  });

  test("first heard of in the cancel's answer is hedged then, and not again when its fill comes (H03)", () => {
    const bench = new HedgeBench({ orderLots: 500, cycleLots: 500 }).start();
    const maker = bench.last(0);
    bench.accept(maker).move(0, 19_050, 19_060).advance(10_000_000);
    const fill = bench.hiddenFill(maker, 133);
    bench.close(maker);
    const hedge = bench.last(1);
    expect(hedge.size).toBe(133);
    bench.lateFill(fill).accept(hedge).fill(hedge, 133).close(hedge, "filled");
    expect(bench.ordersOf(1)).toHaveLength(1);
    expect(bench.last(0).size).toBe(367);
  });

  test("that wins the race against its cancel leaves nothing to replace (H05)", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker).move(0, 19_050, 19_060).advance(10_000_000);
    bench.fill(maker, 100).close(maker, "filled").refuse(maker, "unknown-order", "cancel");
    expect(bench.ordersOf(0)).toHaveLength(1);
    expect(bench.last(1).size).toBe(100);
  });

  test("after the cancel's answer is hedged too, whatever the answer counted", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker).move(0, 19_050, 19_060).advance(10_000_000);
    bench.close(maker);
    const replacement = bench.last(0);
    bench.fill(maker, 30);
    expect(bench.last(1).size).toBe(30);
    // What is on the way may now fill too much; it is withdrawn as soon as the venue knows it.
    bench.accept(replacement);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder" });
  });

  test("below what the taker's venue takes is carried until there is enough (M21, H09)", () => {
    const taker = { instrument: 1, baseMultiplier: 1, lotsMin: 10, notionalMinTickLots: 0 };
    const bench = new HedgeBench({ taker }).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 7);
    expect(bench.ordersOf(1)).toHaveLength(0);
    bench.fill(maker, 8);
    expect(bench.ordersOf(1).map((each) => each.size)).toEqual([15]);
  });

  test("in finer lots than the taker's is hedged in whole ones, and the residual counted once (H09, H10)", () => {
    const bench = new HedgeBench(
      { orderLots: 5000, cycleLots: 5000, positionMaxLots: 9000 },
      { maker: { lotSize: "0.001" } },
    ).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 1337);
    const first = bench.last(1);
    expect(first.size).toBe(133);
    bench.accept(first).fill(first, 133).close(first, "filled");
    expect(bench.ordersOf(1)).toHaveLength(1);
    bench.fill(maker, 3);
    expect(bench.last(1).size).toBe(1);
  });
});

describe("a hedge", () => {
  test("left behind by the market is moved, not doubled (H29)", () => {
    const bench = filled();
    const hedge = bench.last(1);
    bench.accept(hedge);
    bench.now += 300_000;
    bench.move(1, 18_990, 18_995);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "AmendOrder", price: 18_991 });
    bench.move(1, 18_980, 18_985);
    expect(bench.count("AmendOrder")).toBe(1);
    bench.refuse(hedge, "unknown-order", "amend");
    expect(bench.ordersOf(1)).toHaveLength(1);
    bench.fill(hedge, 100).close(hedge, "filled");
    expect(bench.ordersOf(1)).toHaveLength(1);
    expect(bench.phase).toBe("HOLDING");
  });

  test("that fills between its cancel and the answer is sent again only for the rest (M08)", () => {
    const bench = filled();
    const first = bench.last(1);
    bench.accept(first).fill(first, 40).advance(750_000);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: first.orderId });
    bench.fill(first, 15).close(first);
    bench.advance(75_000);
    expect(bench.last(1).size).toBe(45);
  });

  test("goes to market when its limits are over, for what is left (M12)", () => {
    const bench = filled();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const limit = bench.last(1);
      bench.accept(limit);
      if (attempt === 0) bench.fill(limit, 40);
      bench.advance(750_000).close(limit).advance(75_000);
    }
    expect(bench.ordersOf(1)).toHaveLength(9);
    const market = bench.last(1);
    expect(line(market)).toBe("ask 60 @ 18962 IOC");
    expect(bench.now - 1_000_000_000).toBeLessThan(7_000_000);
  });

  test("that took too long in its attempts uses no more than its time and tries", () => {
    const bench = filled({ hedgeMode: "market" });
    expect(line(bench.last(1))).toBe("ask 100 @ 18962 IOC");
  });

  test("refused again and again closes the position where it came from, and stops (H11, M28)", () => {
    const bench = filled({ hedgeMode: "market" });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      bench.refuse(bench.last(1), "insufficient-margin").advance(1_000_000);
    }
    expect(bench.ordersOf(1).map(line)).toEqual([
      "ask 100 @ 18962 IOC",
      "ask 100 @ 18952 IOC",
      "ask 100 @ 18943 IOC",
    ]);
    expect(bench.phase).toBe("EMERGENCY");
    expect(bench.count("CancelAll")).toBe(2);
    const flatten = bench.last(0);
    expect(line(flatten)).toBe("ask 100 @ 18962 IOC reduce-only");
    bench.accept(flatten).fill(flatten, 100).close(flatten, "filled");
    expect(bench.truth).toEqual([0, 0]);
    bench.report().advance(1_000_000);
    expect(bench.halts).toEqual(["a hedge failed; left: maker 0 lots, taker 0, net 0 units"]);
    const orders = bench.orders.length;
    bench.advance(600_000_000).move(0, 19_100, 19_110);
    expect(bench.orders).toHaveLength(orders);
  });

  test("that fails with a part filled closes only what the part does not hedge (H13, M17)", () => {
    const bench = filled({ hedgeMode: "market" });
    const first = bench.last(1);
    bench.accept(first).fill(first, 35).close(first, "ioc-remainder").advance(1_000_000);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      bench.refuse(bench.last(1), "no-liquidity").advance(1_000_000);
    }
    expect(line(bench.last(0))).toBe("ask 65 @ 18962 IOC reduce-only");
  });

  test("whose venue loses its link is closed on the other one after its time", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker);
    const fill = bench.hiddenFill(maker, 100);
    bench.link(1, "down");
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: maker.orderId });
    bench.lateFill(fill).close(maker, "filled").advance(13_000_000);
    expect(bench.ordersOf(1)).toHaveLength(0);
    expect(line(bench.last(0))).toBe("ask 100 @ 18962 IOC reduce-only");
  });

  test("that is refused with every market try, and cannot be undone, tells what is left (H15)", () => {
    const bench = filled({ hedgeMode: "market" });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      bench.refuse(bench.last(1), "no-liquidity").advance(1_000_000);
    }
    for (let second = 0; second < 120; second += 1) {
      for (const leg of [0, 1] as const) {
        const open = bench.bot.view.openOrders(instrumentId(leg));
        if (open.length > 0) bench.refuse(bench.last(leg), "no-liquidity");
      }
      bench.advance(1_000_000);
    }
    expect(bench.halts).toEqual(["a hedge failed; left: maker 100 lots, taker 0, net 100 units"]);
  });

  test("too large after a late fill is reduced, not ignored (H14)", () => {
    const bench = filled();
    const first = bench.last(1);
    bench.accept(first).advance(750_000).close(first).advance(75_000);
    const second = bench.last(1);
    bench.accept(second).fill(first, 100).fill(second, 100).close(second, "filled");
    expect(bench.truth).toEqual([100, -200]);
    const excess = bench.last(1);
    expect(line(excess)).toMatch(/^bid 100 @ \d+ GTC reduce-only$/);
  });
});

describe("an outcome that is not known", () => {
  test("is never sent again before two late reports say that it is nowhere (H19, M20, V13)", () => {
    const bench = filled();
    const hedge = bench.last(1);
    bench.unknown(hedge);
    expect(bench.sent.some((each) => each.kind === "CancelOrder")).toBe(true);
    bench.refuse(hedge, "unknown-order", "cancel");
    bench.advance(1_900_000);
    expect(bench.ordersOf(1)).toHaveLength(1);
    bench.advance(3_000_000);
    expect(bench.ordersOf(1)).toHaveLength(2);
    expect(bench.last(1).size).toBe(100);
  });

  test("that turns out filled is hedged with nothing more", () => {
    const bench = filled();
    const hedge = bench.last(1);
    bench.unknown(hedge).fill(hedge, 100).close(hedge, "filled").advance(3_000_000);
    expect(bench.ordersOf(1)).toHaveLength(1);
    expect(bench.phase).toBe("HOLDING");
  });

  test("whose fill is told by the position alone is adopted from two reports that agree", () => {
    const bench = filled();
    const hedge = bench.last(1);
    bench.hiddenFill(hedge, 100);
    bench.unknown(hedge).refuse(hedge, "unknown-order", "cancel").advance(5_000_000);
    expect(bench.ordersOf(1)).toHaveLength(1);
    expect(bench.phase).toBe("HOLDING");
  });

  test("listed by the venue is cancelled, and its end awaited", () => {
    const bench = filled();
    const hedge = bench.last(1);
    bench.unknown(hedge).unknown(hedge, "cancel");
    bench.report([hedge]);
    const cancels = bench.count("CancelOrder");
    expect(cancels).toBe(2);
    bench.close(hedge).advance(75_000);
    // What was unknown once is not believed before the account says so too.
    expect(bench.ordersOf(1)).toHaveLength(1);
    bench.advance(500_000);
    expect(bench.last(1).size).toBe(100);
    expect(bench.ordersOf(1)).toHaveLength(2);
  });

  test("for too long stops the bot", () => {
    const bench = filled();
    bench.unknown(bench.last(1));
    bench.advance(120_000_000, false);
    expect(bench.phase).toBe("EMERGENCY");
    expect(bench.halts).toHaveLength(1);
    expect(bench.ordersOf(1)).toHaveLength(1);
  });

  test("is assumed of a request that is not answered in time", () => {
    const bench = filled();
    bench.advance(5_000_000, false);
    expect(bench.reportsAsked).toBe(1);
    expect(bench.ordersOf(1)).toHaveLength(1);
  });
});

describe("at the start", () => {
  test("nothing is sent before both accounts have been reported", () => {
    const bench = new HedgeBench();
    bench.link(0, "up").move(0, 19_000, 19_010);
    expect(bench.sent).toEqual([]);
    bench.link(1, "up").move(1, 19_000, 19_010);
    expect(bench.sent.map((each) => each.kind)).toEqual(["ReportAccount", "ReportAccount"]);
  });

  test("balanced positions are adopted, held and wound down (H07)", () => {
    const bench = new HedgeBench();
    bench.truth[0] = 50;
    bench.truth[1] = -50;
    bench.start().advance(1_000_000);
    expect(bench.phase).toBe("HOLDING");
    bench.advance(5_000_000);
    expect(line(bench.last(0))).toBe("ask 50 @ 19001 POST_ONLY reduce-only");
  });

  test("one open leg is swept flat before the first cycle (H08, H25)", () => {
    const bench = new HedgeBench();
    bench.truth[0] = 66;
    bench.start().advance(1_000_000);
    const sweep = bench.last(0);
    expect(bench.orders.map(line)).toEqual(["ask 66 @ 18962 IOC reduce-only"]);
    bench.accept(sweep).fill(sweep, 66).close(sweep, "filled").advance(1_000_000);
    expect(bench.truth).toEqual([0, 0]);
    expect(line(bench.last(0))).toBe("bid 100 @ 19009 POST_ONLY");
  });

  test("balanced positions are flattened when the config says so", () => {
    const bench = new HedgeBench({ startup: "flatten" });
    bench.truth[0] = 50;
    bench.truth[1] = -50;
    bench.start().advance(1_000_000);
    expect(bench.orders.map(line)).toEqual([
      "ask 50 @ 18962 IOC reduce-only",
      "bid 50 @ 19049 IOC reduce-only",
    ]);
  });

  test("orders of an earlier run are cancelled before anything else", () => {
    const bench = new HedgeBench();
    bench
      .link(0, "up")
      .link(1, "up")
      .report([{ instrument: 0, orderId: 9999 }]);
    expect(bench.count("CancelAll")).toBeGreaterThan(0);
  });

  test("a venue that never reports stops the bot before it has traded", () => {
    const bench = new HedgeBench();
    bench.link(0, "up").link(1, "up").advance(600_000_000, false);
    expect(bench.orders).toEqual([]);
    expect(bench.halts).toHaveLength(1);
  });

  test("an order size less than a venue takes is refused before either leg is sent", () => {
    const taker = { instrument: 1, baseMultiplier: 1, lotsMin: 101, notionalMinTickLots: 0 };
    const bench = new HedgeBench({ taker }).start();
    expect(bench.orders).toEqual([]);
    expect(bench.halts[0]).toContain("less than a venue takes");
  });
});

describe("the guard", () => {
  test("does not act on a truth that nobody has reported", () => {
    const bench = holding({ orderLots: 400, cycleLots: 400 });
    expect(bench.truth).toEqual([400, -400]);
    // Half of the taker's leg is gone without a word: liquidated, or closed by hand.
    bench.truth[1] = -200;
    bench.advance(4_000_000);
    expect(bench.phase).toBe("HOLDING");
    expect(bench.ordersOf(1)).toHaveLength(1);
  });

  test("stops at once when exposure is critical (V03)", () => {
    const bench = holding({ criticalFactor: 2 });
    const { instrument, side } = bench.last(0);
    const foreign = { ...bench.last(0), orderId: 7777, instrument, side } as never;
    bench.fill(foreign, 250);
    expect(bench.phase).toBe("EMERGENCY");
    expect(bench.count("CancelAll")).toBe(2);
  });

  test("sees a position that changed from outside within the monitoring interval (V07)", () => {
    const bench = holding({ holdMinUs: 600_000_000, holdMaxUs: 600_000_000 });
    bench.truth[1] = -40;
    bench.advance(31_000_000);
    expect(bench.last(1).size).toBe(60);
    expect(bench.last(1).side).toBe("ask");
  });

  test("cancels everything, flattens the larger leg by what will not be hedged, confirms, and goes on (H21, H23, H24)", () => {
    const bench = holding({
      opens: { retriesMax: 1, timeoutUs: 900_000_000, backoffUs: 75_000, insideRetries: 0 },
      holdMinUs: 600_000_000,
      holdMaxUs: 600_000_000,
      imbalanceGraceUs: 20_000_000,
    });
    bench.truth[1] = -40;
    bench.advance(31_000_000);
    const resting = bench.last(1);
    bench.accept(resting).advance(20_000_000);
    expect(bench.count("CancelAll")).toBe(2);
    bench.close(resting);
    const flatten = bench.last(0);
    expect(line(flatten)).toBe("ask 60 @ 18962 IOC reduce-only");
    bench.accept(flatten).fill(flatten, 60).close(flatten, "filled").advance(1_000_000);
    expect(bench.phase).toBe("HOLDING");
    expect(bench.truth).toEqual([40, -40]);
    expect(bench.halts).toEqual([]);
  });
});

describe("the maker order", () => {
  test("meets a storm of post-only refusals with doubling pauses (M09)", () => {
    const bench = new HedgeBench({ buildUs: 900_000_000 }).start();
    const sentAt: number[] = [];
    for (let refusal = 0; refusal < 12; refusal += 1) {
      const count = bench.ordersOf(0).length;
      bench.refuse(bench.last(0), "post-only-would-cross");
      const before = bench.now;
      for (let tick = 0; tick < 4000 && bench.ordersOf(0).length === count; tick += 1) {
        bench.advance(10_000);
      }
      sentAt.push(bench.now - before);
    }
    expect(sentAt.slice(0, 4)).toEqual([250_000, 500_000, 1_000_000, 2_000_000]);
    expect(Math.max(...sentAt)).toBeLessThanOrEqual(30_000_000);
  });

  test("closed by the venue for crossing counts as refused", () => {
    const bench = new HedgeBench().start();
    bench.accept(bench.last(0)).close(bench.last(0), "post-only-would-cross");
    expect(bench.ordersOf(0)).toHaveLength(1);
    bench.advance(250_000);
    expect(bench.ordersOf(0)).toHaveLength(2);
  });

  test("waits for books that are whole, fresh and not too wide (M25)", () => {
    const bench = new HedgeBench();
    bench.quote(bench.books[1], 18_500, 18_900);
    bench.start();
    expect(bench.orders).toEqual([]);
    bench.move(1, undefined, 19_010);
    expect(bench.orders).toEqual([]);
    bench.move(1, 19_000, 19_010);
    expect(bench.orders).toHaveLength(1);
  });

  test("is withdrawn when what it fills could not be hedged", () => {
    const bench = new HedgeBench().start();
    bench.accept(bench.last(0)).move(1, undefined, undefined);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder" });
  });

  test("gives up building after its time and holds what there is (M29)", () => {
    const bench = new HedgeBench({ buildUs: 20_000_000 }).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 45);
    const hedge = bench.last(1);
    bench.accept(hedge).fill(hedge, 45).close(hedge, "filled").advance(20_000_000);
    bench.close(maker);
    expect(bench.phase).toBe("HOLDING");
    expect(bench.truth).toEqual([45, -45]);
  });

  test("of a wind-down that takes too long gives way to the market", () => {
    const bench = holding({ windDownUs: 20_000_000 });
    bench.advance(5_000_000);
    const out = bench.last(0);
    bench.accept(out).advance(20_000_000);
    bench.close(out);
    expect(bench.orders.slice(-2).map(line)).toEqual([
      "ask 100 @ 18962 IOC reduce-only",
      "bid 100 @ 19049 IOC reduce-only",
    ]);
  });
});

test("opens nothing while its own machinery is degraded, which would cut the hedge", () => {
  const machinery = { ...TELLS_ONLY, degradation: DEGRADATION_DEFAULTS };
  const bench = new HedgeBench({}, { machinery }).start().advance(10_000_000);
  const count = bench.ordersOf(0).length;
  const maker = bench.last(0);
  bench.accept(maker).link(1, "down").close(maker).link(1, "up").move(0, 19_000, 19_010);
  bench.advance(1_000_000).move(0, 19_001, 19_011);
  expect(bench.ordersOf(0)).toHaveLength(count);
  for (let second = 0; second < 10; second += 1) bench.advance(1_000_000).move(0, 19_000, 19_010);
  expect(bench.last(0).size).toBe(100);
  expect(bench.ordersOf(0)).toHaveLength(count + 1);
});

describe("closing at market", () => {
  test("sends neither leg while one venue cannot be traded on, and stops with the pair still hedged", () => {
    const bench = holding({ windDownUs: 20_000_000 });
    bench.advance(5_000_000);
    const out = bench.last(0);
    bench.accept(out).link(1, "down");
    bench.close(out).advance(60_000_000);
    expect(bench.orders.filter((order) => order.timeInForce === "IOC")).toEqual([]);
    expect(bench.truth).toEqual([100, -100]);
    expect(bench.halts[0]).toContain("left: maker 100 lots, taker -100, net 0 units");
    expect(bench.halts[0]).toContain("taker not confirmed");
  });

  test("closes first what one leg holds more, then both in step, an order at a time", () => {
    const bench = new HedgeBench({ orderLots: 40, delayMinUs: 60_000_000, delayMaxUs: 60_000_000 });
    bench.truth[0] = 100;
    bench.truth[1] = -60;
    bench.start().advance(1_000_000);
    expect(bench.orders.map(line)).toEqual(["ask 40 @ 18962 IOC reduce-only"]);
    bench.trade(1_000_000);
    expect(bench.orders.filter((each) => each.reduceOnly).map((each) => each.size)).toEqual([
      40, 40, 40, 20, 20,
    ]);
    expect(bench.truth).toEqual([0, 0]);
  });

  test("in an emergency goes on while a report says that something is left", () => {
    const bench = filled({ hedgeMode: "market" });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      bench.refuse(bench.last(1), "no-liquidity").advance(1_000_000);
    }
    bench.truth[0] += 20;
    bench.trade(5_000_000);
    expect(
      bench
        .ordersOf(0)
        .slice(1)
        .map((each) => each.size),
    ).toEqual([100, 20]);
    expect(bench.truth).toEqual([0, 0]);
    expect(bench.halts).toHaveLength(1);
  });

  test("hedges by opening on the venue that still trades when the other one's leg cannot be reduced", () => {
    const bench = holding({ orderLots: 60, cycleLots: 60, hedgeMode: "market", holdMinUs: 0 });
    bench.advance(5_000_000);
    const out = bench.last(0);
    bench.accept(out).fill(out, 60).close(out, "filled");
    for (let attempt = 0; attempt < 60 && bench.orders.at(-1)?.instrument === 1; attempt += 1) {
      const open = bench.bot.view.openOrders(instrumentId(1));
      if (open.length > 0) bench.refuse(bench.last(1), "no-liquidity");
      bench.advance(500_000);
    }
    expect(line(bench.last(0))).toMatch(/^bid 60 @ \d+ IOC$/);
    bench.trade(5_000_000);
    expect(bench.truth[0] + bench.truth[1]).toBe(0);
    expect(bench.halts[0]).toContain("net 0 units");
  });
});

describe("opening by limits on both venues", () => {
  const both = { opening: "both-limits" } as const;

  test("withdraws the other limit when one fills, and hedges once its end is known (M01)", () => {
    const bench = new HedgeBench(both).start();
    const [maker, sibling] = [bench.last(0), bench.last(1)];
    expect([line(maker), line(sibling)]).toEqual([
      "bid 100 @ 19009 POST_ONLY",
      "ask 100 @ 19001 POST_ONLY",
    ]);
    bench.accept(maker).accept(sibling).fill(maker, 100).close(maker, "filled");
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: sibling.orderId });
    bench.fill(sibling, 30).close(sibling);
    expect(bench.last(1).size).toBe(70);
  });

  test("hedges on the maker's venue when the other one filled first", () => {
    const bench = new HedgeBench(both).start();
    const [maker, sibling] = [bench.last(0), bench.last(1)];
    bench.accept(maker).accept(sibling).fill(sibling, 100).close(sibling, "filled");
    bench.close(maker);
    const hedge = bench.last(0);
    expect(line(hedge)).toMatch(/^bid 100 @ \d+ GTC$/);
    bench.accept(hedge).fill(hedge, 100).close(hedge, "filled");
    expect(bench.phase).toBe("HOLDING");
  });
});
