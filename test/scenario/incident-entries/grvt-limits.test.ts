// GRVT + Lighter, Hedge Bot V2: what is checked before an order and while a position is held. SIZE 0.1 is 10 lots of 0.01,
// MAX_POSITION 10 is 1,000 lots. Its GRVT leg is our maker, its "long" our "short".

import { describe, expect, test } from "vitest";
import { instrumentId } from "../../../src/domain/units.ts";
import { HedgeBench, line } from "../../support/hedge-bench.ts";
import {
  filled,
  fillLast,
  holding,
  incident,
  LONG,
  meetAll,
  SECOND,
  sized,
  sizesOf,
} from "../../support/hedge-incident.ts";

const V2 = { orderLots: 10, cycleLots: 10, positionMaxLots: 1000 } as const;
const HOLD = { holdMinUs: LONG, holdMaxUs: LONG };

/** Somebody else's order of ours trades: the position moves, and no order of the bot did it. */
function moved(bench: HedgeBench, leg: 0 | 1, side: "bid" | "ask", lots: number): HedgeBench {
  return bench.fill({ instrument: leg, orderId: 9_999, side } as never, lots);
}

function allCancels(bench: HedgeBench): readonly number[] {
  return bench.sent.flatMap((each) => (each.kind === "CancelAll" ? [each.venue] : []));
}

describe("before an order", () => {
  test("V02 pre-trade-check-before-every-order: at MAX_POSITION 10 the cycle holds what there is", () => {
    const bench = new HedgeBench({ ...V2, cycleLots: 1020, direction: "long" }).start();
    bench.trade(200 * SECOND);
    const opening = bench.ordersOf(0).filter((each) => !each.reduceOnly);
    expect(opening.reduce((sum, each) => sum + each.size, 0)).toBeLessThanOrEqual(1000);
  });

  incident(
    "V02 pre-trade-check-before-every-order: unhedged lots and a resting order each hold the next back",
    () => {
      const bench = new HedgeBench({ ...V2, cycleLots: 30 }).start();
      const maker = bench.last(0);
      bench.accept(maker).move(0, 19_001, 19_011).move(0, 19_000, 19_010);
      expect(sizesOf(bench, 0)).toEqual([10]);
      bench.fill(maker, 10).close(maker, "filled").accept(bench.last(1)).move(0, 19_001, 19_011);
      expect(sizesOf(bench, 0)).toEqual([10]);
      bench.fill(bench.last(1), 10).close(bench.last(1), "filled").move(0, 19_000, 19_010);
      expect(sizesOf(bench, 0)).toEqual([10, 10]);
      return bench;
    },
  );
});

describe("exposure", () => {
  test.each([
    ["BUILDING", () => new HedgeBench(V2).start()],
    ["HOLDING", () => holding({ ...V2, ...HOLD })],
    ["WINDING_DOWN", () => holding(V2).advance(5 * SECOND)],
  ] as const)(
    "V03 critical-imbalance-emergency-stop: over 1.0 in %s cancels on both venues and ends it",
    (phase, made) => {
      const bench = made();
      expect(bench.phase).toBe(phase);
      const before = bench.orders.length;
      moved(bench, 0, "bid", 120);
      expect([bench.phase, allCancels(bench)]).toEqual(["EMERGENCY", [0, 1]]);
      const open = bench.bot.view.openOrders(instrumentId(0))[0];
      if (open !== undefined) bench.accept(bench.last(0)).close(bench.last(0));
      meetAll(bench, 5 * SECOND);
      const after = bench.orders.slice(before);
      expect(after.every((each) => each.reduceOnly && each.size <= 10)).toBe(true);
      expect(bench.halts[0]).toMatch(
        /^exposure is critical; left: maker -?\d+ lots, taker -?\d+, net -?\d+/,
      );
    },
  );

  // In a cycle of 3.0 the tolerance is 0.15; what is over it waits for its hedge, ten order sizes are an emergency.
  test.each([
    ["0.10 is hedged, nothing else", 10, "HOLDING", 0],
    ["0.16 is hedged, and nothing new is opened", 16, "HOLDING", 0],
    ["1.01 stops the bot", 101, "EMERGENCY", 2],
  ] as const)("V11 graduated-response: %s", (_, lots, phase, cancels) => {
    const bench = new HedgeBench({ ...V2, cycleLots: 300, ...HOLD });
    bench.truth[0] = 300;
    bench.truth[1] = -300;
    bench.start().advance(SECOND);
    moved(bench, 1, "bid", lots);
    expect([bench.phase, allCancels(bench).length]).toEqual([phase, cancels]);
    bench.advance(SECOND);
    expect(bench.ordersOf(0).filter((each) => !each.reduceOnly)).toEqual([]);
    if (cancels === 0) expect(bench.last(1)).toMatchObject({ side: "ask", size: 10 });
  });

  incident("V12 parallel-reads-around-a-fill: a phantom 0.1 of one read is not traded on", () => {
    const bench = holding({ ...V2, ...HOLD }).advance(29 * SECOND);
    const orders = bench.orders.length;
    bench.advance(SECOND + 2, false);
    expect(bench.reportsAsked).toBe(2);
    // The two venues were read on either side of a fill: one of them is 0.1 off, once.
    const at = bench.now;
    for (const [venue, lots] of [
      [0, 10],
      [1, 0],
    ] as const) {
      const positions = [{ instrument: venue, lots }];
      bench.tell({
        kind: "AccountReported",
        venue,
        positions,
        balance: 0,
        openOrders: [],
        venueAt: at,
      });
    }
    bench.advance(5 * SECOND);
    expect([bench.orders.length, bench.phase, bench.halts]).toEqual([orders, "HOLDING", []]);
    return bench;
  });
});

describe("winding down", () => {
  incident(
    "V05 wind-down-until-flat: 3.0 against 3.0 are thirty closes of 0.1, and then it is over",
    () => {
      const bench = new HedgeBench({
        ...V2,
        cycleLots: 300,
        holdMinUs: 0,
        holdMaxUs: 0,
        direction: "short",
      });
      bench.truth[0] = -300;
      bench.truth[1] = 300;
      bench.start().trade(170 * SECOND);
      expect(sizesOf(bench, 0)).toEqual(Array.from({ length: 30 }, () => 10));
      expect(bench.ordersOf(0).every((each) => each.side === "bid" && each.reduceOnly)).toBe(true);
      expect([bench.truth, bench.strategy.cyclesOver]).toEqual([[0, 0], 1]);
      return bench;
    },
  );

  incident("V06 wind-down-watches-one-leg: flat on GRVT with 0.2 on Lighter is not over", () => {
    const bench = filled({ ...sized(20), holdMinUs: 0, holdMaxUs: 0 });
    fillLast(bench, 1).advance(SECOND);
    fillLast(bench, 0);
    expect([bench.truth, bench.phase]).toEqual([[0, -20], "WINDING_DOWN"]);
    fillLast(bench, 1).advance(SECOND);
    expect([bench.truth, bench.phase, bench.strategy.cyclesOver]).toEqual([[0, 0], "IDLE", 1]);
    return bench;
  });

  incident(
    "V07 hold-phase-monitors: a leg reduced from outside is seen within 30 s and hedged",
    () => {
      const bench = holding({ ...sized(100), ...HOLD });
      bench.truth[1] = -40;
      const began = bench.now;
      while (bench.ordersOf(1).length === 1) bench.advance(SECOND);
      expect(bench.now - began).toBeLessThanOrEqual(31 * SECOND);
      expect(line(bench.last(1))).toMatch(/^ask 60 /);
      fillLast(bench, 1);
      return bench;
    },
  );
});

describe("a position that is not known", () => {
  incident(
    "V08 stale-position-cache-after-own-fill: the next check already counts the fill just told",
    () => {
      const bench = new HedgeBench({ ...V2, cycleLots: 30, positionMaxLots: 15 }).start();
      for (let n = 0; n < 2; n += 1) {
        fillLast(bench, 0);
        fillLast(bench, 1).move(0, 19_000, 19_010);
      }
      expect(sizesOf(bench, 0)).toEqual([10, 5]);
      return bench;
    },
  );

  incident(
    "V09 position-read-fails-on-one-venue: no order is sent on an account nobody has confirmed",
    () => {
      const bench = new HedgeBench(V2).link(0, "up").link(1, "up");
      const positions = [{ instrument: 0, lots: 0 }];
      bench.tell({ kind: "AccountReported", venue: 0, positions, balance: 0, openOrders: [] });
      bench
        .advance(20 * SECOND, false)
        .move(0, 19_000, 19_010)
        .move(1, 19_000, 19_010);
      expect(bench.orders).toEqual([]);
      expect(bench.phase).toBe("IDLE");
      return bench;
    },
  );

  incident(
    "V10 unreadable-position-becomes-zero: 3.0 held and no read is not flat: it says who is not confirmed",
    () => {
      const bench = new HedgeBench(V2).link(0, "up").link(1, "up").advance(LONG, false);
      expect(bench.orders).toEqual([]);
      expect(bench.strategy.cyclesOver).toBe(0);
      expect(bench.halts[0]).toContain("maker not confirmed; taker not confirmed");
      return bench;
    },
  );

  incident(
    "V22 open-order-check-fails-open: while what became of an order is unknown none is sent",
    () => {
      const bench = new HedgeBench({ ...V2, cycleLots: 30, buildUs: LONG }).start();
      bench.unknown(bench.last(0)).unknown(bench.last(0), "cancel");
      bench.advance(20 * SECOND, false).move(0, 19_000, 19_010);
      expect(sizesOf(bench, 0)).toEqual([10]);
      return bench;
    },
  );
});
