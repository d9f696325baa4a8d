// Extended + Lighter hedge, what its order messages may do to the books: partial fills and cancels in any order, twice,
// late or not at all. Sizes in lots of 0.01 SOL: 1.33 SOL are 133. H01 itself is played in hardening-plan.test.ts.

import { describe, expect } from "vitest";
import { HedgeBench, line, TELLS_ONLY } from "../../support/hedge-bench.ts";
import {
  expectTracked,
  filled,
  fillLast,
  holding,
  incident,
  LONG,
  SECOND,
  sized,
  sizesOf,
} from "../../support/hedge-incident.ts";

/** An order of 5 SOL on Extended, resting; the book moves away and its time is over, so that its cancel is sent. */
function cancelling(): HedgeBench {
  const bench = new HedgeBench(sized(500)).start();
  bench
    .accept(bench.last(0))
    .move(0, 19_050, 19_060)
    .advance(10 * SECOND);
  expect(bench.count("CancelOrder")).toBe(1);
  return bench;
}

/** Lighter takes steps of 0.01 SOL, Extended of 0.001. */
const FINER = { maker: { lotSize: "0.001" } };

function adopting() {
  const reconciliation = { ...TELLS_ONLY.reconciliation, drift: "adopt" as const };
  return { ...TELLS_ONLY, reconciliation };
}

function cancelsOf(bench: HedgeBench, orderId: number): number {
  const cancels = bench.sent.filter((each) => each.kind === "CancelOrder");
  return cancels.filter((each) => each.orderId === orderId).length;
}

describe("messages of one order", () => {
  incident("H02 order-update-repeated: 0.50, 1.33 twice, cancelled twice are 1.33 SOL", () => {
    const bench = new HedgeBench(sized(500)).start();
    const maker = bench.last(0);
    bench.accept(maker).fill(maker, 50);
    fillLast(bench, 1);
    const second = bench.hiddenFill(maker, 83);
    bench.lateFill(second).lateFill(second);
    fillLast(bench, 1);
    bench.close(maker);
    const orders = bench.orders.length;
    bench.close(maker).lateFill(second).close(maker);
    expect(bench.position(0)).toBe(133);
    expect(sizesOf(bench, 1)).toEqual([50, 83]);
    expect(bench.orders).toHaveLength(orders);
    return bench;
  });

  incident(
    "H03 cancel-is-first-news-of-fill: 1.33 is hedged from the cancel, booked once, and let go of",
    () => {
      const bench = cancelling();
      const maker = bench.last(0);
      const fill = bench.hiddenFill(maker, 133);
      bench.close(maker);
      expect(sizesOf(bench, 1)).toEqual([133]);
      bench.lateFill(fill);
      expect(bench.position(0)).toBe(133);
      fillLast(bench, 1);
      const open = bench.bot.view.openOrders(0 as never).map((each) => each.orderId);
      expect(open).not.toContain(maker.orderId);
      expect(sizesOf(bench, 0)).toEqual([500, 367]);
      return bench;
    },
  );

  incident(
    "H05 fill-wins-cancel-race: filled 5 after the cancel was sent leaves nothing to replace",
    () => {
      const bench = new HedgeBench(sized(500)).start();
      const maker = bench.last(0);
      bench.accept(maker).fill(maker, 133);
      fillLast(bench, 1);
      bench.move(0, 19_050, 19_060).advance(10 * SECOND);
      expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: maker.orderId });
      bench.fill(maker, 367).close(maker, "filled").refuse(maker, "unknown-order", "cancel");
      fillLast(bench, 1);
      bench.advance(SECOND);
      expect(sizesOf(bench, 0)).toEqual([500]);
      expect(bench.truth).toEqual([500, -500]);
      return bench;
    },
  );

  incident("H35 filled-size-goes-backwards: 1.33, then an old 0.50, then 2.00 are 2.00", () => {
    const bench = new HedgeBench(sized(500)).start();
    const maker = bench.last(0);
    bench.accept(maker);
    const old = bench.hiddenFill(maker, 50);
    bench.fill(maker, 83).lateFill(old).lateFill(old);
    expect(bench.position(0)).toBe(133);
    bench.fill(maker, 67);
    expect(bench.position(0)).toBe(200);
    bench.trade(SECOND);
    return bench;
  });

  incident(
    "H36 terminal-update-replayed: FILLED 5 told again after a reconnect books nothing",
    () => {
      const bench = new HedgeBench(sized(500)).start();
      const maker = bench.last(0);
      const fill = bench.accept(maker).hiddenFill(maker, 500);
      bench.lateFill(fill).close(maker, "filled");
      fillLast(bench, 1);
      const orders = bench.orders.length;
      bench.link(0, "down").link(0, "up").lateFill(fill).close(maker, "filled").advance(SECOND);
      expect(bench.position(0)).toBe(500);
      expect(bench.orders).toHaveLength(orders);
      return bench;
    },
  );

  incident(
    "H37 cancel-ok-but-no-event: on a still book too, and without a time for answers",
    () => {
      const bench = cancelling();
      bench.hiddenFill(bench.last(0), 133);
      const until = bench.now + 20 * SECOND;
      while (bench.ordersOf(1).length === 0 && bench.now < until) bench.advance(50_000);
      fillLast(bench, 1).advance(SECOND);
      expect(sizesOf(bench, 1)).toEqual([133]);
      return bench;
    },
  );

  for (const [drift, housekeeping] of [
    ["told", TELLS_ONLY],
    ["adopted by the machinery too", adopting()],
  ] as const) {
    incident(`H37 cancel-ok-but-no-event: its drift ${drift}, 1.33 is hedged once`, () => {
      const machinery = { ...housekeeping, requestTimeoutUs: 10 * SECOND };
      const bench = new HedgeBench({ ...sized(500), buildUs: LONG }, { machinery }).start();
      const maker = bench.last(0);
      bench
        .accept(maker)
        .move(0, 19_050, 19_060)
        .advance(10 * SECOND);
      bench.hiddenFill(maker, 133);
      const until = bench.now + 20 * SECOND;
      for (let denied = false; bench.ordersOf(1).length === 0 && bench.now < until; ) {
        bench.advance(50_000);
        if (denied || drift === "told" || cancelsOf(bench, maker.orderId) < 2) continue;
        bench.refuse(maker, "unknown-order", "cancel");
        denied = true;
      }
      const cancels = cancelsOf(bench, maker.orderId);
      fillLast(bench, 1);
      bench.advance(5 * SECOND).move(0, 19_050, 19_060);
      expect(sizesOf(bench, 1)).toEqual([133]);
      expect(sizesOf(bench, 0)).toEqual([500, 367]);
      // Each of them unanswered: one when its time was over, and one with each look that finds nothing.
      expect(cancels).toBeLessThan(6);
      expect(bench.halts).toEqual([]);
      return bench;
    });
  }
});

describe("what is held, and by whom it is believed", () => {
  incident("H04 close-step-uses-live-exposure: asked 5, held 6.33: all of it is closed", () => {
    const bench = filled({ ...sized(500), holdMinUs: SECOND, holdMaxUs: SECOND });
    // A fill of an order that was thought over brings 1.33 more.
    bench.fill(bench.last(0), 133);
    bench.trade(SECOND).trade(30 * SECOND);
    const closed = bench.ordersOf(0).filter((each) => each.reduceOnly);
    expect(closed.map((each) => each.size)).toEqual([500, 133]);
    expect(bench.truth).toEqual([0, 0]);
    return bench;
  });

  incident(
    "H06 snapshot-settles-discrepancy: the venue's 4.34 is taken for our 5, on record, then traded on",
    () => {
      const still = { ...sized(500), holdMinUs: LONG, holdMaxUs: LONG };
      const bench = holding(still, { machinery: adopting() });
      bench.truth[0] = 434;
      const orders = bench.orders.length;
      bench.advance(29 * SECOND);
      expect(bench.orders).toHaveLength(orders);
      bench.advance(2 * SECOND);
      expect(bench.alerts).toContain(
        "alert: drift of instrument 0: we believe 500 lots, it is 434",
      );
      expect(bench.position(0)).toBe(434);
      bench.trade(SECOND);
      expect(bench.truth).toEqual([434, -434]);
      return bench;
    },
  );

  incident(
    "H07 restart-with-open-position: +5 and −5 found at the start are held and closed, no guard fires",
    () => {
      const bench = new HedgeBench({ ...sized(500), cycles: 2 }, { machinery: adopting() });
      bench.truth[0] = 500;
      bench.truth[1] = -500;
      bench.start();
      expect(bench.orders).toEqual([]);
      bench.advance(SECOND);
      expect(bench.phase).toBe("HOLDING");
      bench.trade(60 * SECOND);
      expect(bench.strategy.cyclesOver).toBe(2);
      expect([bench.truth, bench.halts, bench.count("CancelAll")]).toEqual([[0, 0], [], 0]);
      return bench;
    },
  );

  incident(
    "H08 restart-with-one-leg-open: +1.33 against nothing is swept before the first order of a cycle",
    () => {
      const bench = new HedgeBench(sized(500), { machinery: adopting() });
      bench.truth[0] = 133;
      bench.start().advance(SECOND);
      expect(bench.orders.map(line)).toEqual(["ask 133 @ 18962 IOC reduce-only"]);
      fillLast(bench, 0).advance(SECOND);
      expect(bench.truth).toEqual([0, 0]);
      expect(line(bench.last(0))).toBe("bid 500 @ 19009 POST_ONLY");
      expect(bench.alerts.some((text) => text.includes("it is 133"))).toBe(true);
      return bench;
    },
  );
});

describe("what whole steps leave over", () => {
  incident(
    "H09 hedge-rounding-residual-carried: 1.337 sends 1.33; 0.007 waits until a step has gathered",
    () => {
      const bench = new HedgeBench(sized(5000), FINER).start();
      const maker = bench.last(0);
      bench.accept(maker).fill(maker, 1337);
      fillLast(bench, 1);
      bench.advance(40 * SECOND);
      expect([bench.count("CancelAll"), sizesOf(bench, 1)]).toEqual([0, [133]]);
      bench.fill(maker, 3);
      expect(sizesOf(bench, 1)).toEqual([133, 1]);
      fillLast(bench, 1);
      expectTracked(bench);
      return bench;
    },
  );

  incident(
    "H10 rounding-residual-double-counted: left by a sell, it is counted once, with its sign, in the next buy",
    () => {
      const bench = new HedgeBench({ ...sized(1337), holdMinUs: SECOND, holdMaxUs: SECOND }, FINER);
      bench.start();
      fillLast(bench, 0);
      fillLast(bench, 1);
      expect(bench.truth).toEqual([1337, -133]);
      bench.advance(SECOND);
      // Sold 1.330 of the 1.337, 0.007 being held already: just the 1.33 are bought back.
      const out = bench.last(0);
      bench.accept(out).fill(out, 1330);
      fillLast(bench, 1);
      bench.fill(out, 7).close(out, "filled").advance(SECOND);
      expect(bench.ordersOf(1).map(({ side, size }) => `${side} ${size}`)).toEqual([
        "ask 133",
        "bid 133",
      ]);
      expect(bench.truth).toEqual([0, 0]);
      return bench;
    },
  );
});
