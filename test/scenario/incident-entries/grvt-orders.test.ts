// GRVT + Lighter, Hedge Bot V2: what its orders and hedges come to. SIZE 0.1 is 10 lots of 0.01.

import { describe, expect, test } from "vitest";
import { lighter } from "../../../sim/exchange/profiles/lighter.ts";
import { HedgeBench, line } from "../../support/hedge-bench.ts";
import {
  filled,
  fillLast,
  holding,
  incident,
  LONG,
  meetAll,
  SECOND,
  sizesOf,
} from "../../support/hedge-incident.ts";
import { TapeBuilder } from "../../support/tape-builder.ts";
import { VenueRig } from "../../support/venue-rig.ts";

const V2 = { orderLots: 10, cycleLots: 10, positionMaxLots: 1000 } as const;
const MARKET = { ...V2, hedgeMode: "market" } as const;

describe("the maker order", () => {
  incident(
    "V13 retry-after-timeout-duplicates: created without an answer, it is found and cancelled, not doubled",
    () => {
      const bench = new HedgeBench({ ...V2, buildUs: LONG }).start();
      const maker = bench.last(0);
      bench.unknown(maker).unknown(maker, "cancel").report([maker]);
      expect(sizesOf(bench, 0)).toEqual([10]);
      expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: maker.orderId });
      bench
        .close(maker)
        .advance(5 * SECOND)
        .move(0, 19_000, 19_010);
      expect(sizesOf(bench, 0)).toEqual([10, 10]);
      return bench;
    },
  );

  incident(
    "V15 maker-partial-then-timeout-unhedged: 0.04 of 0.1, then cancelled: 0.04 are hedged",
    () => {
      const bench = new HedgeBench(V2).start();
      const maker = bench.last(0);
      bench
        .accept(maker)
        .move(0, 19_050, 19_060)
        .advance(10 * SECOND);
      bench.fill(maker, 4).close(maker);
      expect(sizesOf(bench, 1)).toEqual([4]);
      fillLast(bench, 1);
      expect(bench.truth).toEqual([4, -4]);
      return bench;
    },
  );

  incident(
    "V16 cancel-fails-because-filled: the refused cancel leaves a filled 0.1 that is hedged",
    () => {
      const bench = new HedgeBench(V2).start();
      const maker = bench.last(0);
      bench
        .accept(maker)
        .move(0, 19_050, 19_060)
        .advance(10 * SECOND);
      const fill = bench.hiddenFill(maker, 10);
      bench.refuse(maker, "unknown-order", "cancel");
      bench
        .lateFill(fill)
        .close(maker, "filled")
        .advance(3 * SECOND);
      expect(sizesOf(bench, 1)).toEqual([10]);
      fillLast(bench, 1);
      return bench;
    },
  );

  incident(
    "V26 ack-id-zero-collides: two orders in flight are told apart by the ids we gave them",
    () => {
      const bench = new HedgeBench({ ...V2, opening: "both-limits" }).start();
      const [maker, sibling] = [bench.last(0), bench.last(1)];
      expect(maker.orderId).not.toBe(sibling.orderId);
      bench.accept(sibling).accept(maker).fill(sibling, 10).close(sibling, "filled").close(maker);
      expect([bench.position(0), bench.position(1)]).toEqual([0, -10]);
      expect(line(bench.last(0))).toMatch(/^bid 10 @ \d+ GTC$/);
      fillLast(bench, 0);
      return bench;
    },
  );
});

describe("the hedge", () => {
  incident(
    "V14 filled-leg-without-hedge: Lighter will not: 0.1 is closed on GRVT, one reason for the whole of it",
    () => {
      const bench = filled(MARKET);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        bench.refuse(bench.last(1), "halted").advance(SECOND);
      }
      expect(line(bench.last(0))).toBe("ask 10 @ 18962 IOC reduce-only");
      fillLast(bench, 0).advance(SECOND);
      expect(bench.halts).toEqual(["a hedge failed; left: maker 0 lots, taker 0, net 0 units"]);
      return bench;
    },
  );

  incident(
    "V17 hedge-assumed-filled-on-tx-hash: accepted, then ended for slippage, it filled nothing",
    () => {
      const bench = filled(MARKET);
      const hedge = bench.last(1);
      bench.accept(hedge).close(hedge, "ioc-remainder");
      expect(bench.position(1)).toBe(0);
      bench.advance(SECOND);
      expect(sizesOf(bench, 1)).toEqual([10, 10]);
      fillLast(bench, 1);
      return bench;
    },
  );

  incident(
    "V18 tif-code-mixed-up: an IOC takes the 0.06 there is; the 0.04 it drops are hedged again",
    () => {
      const bench = filled(MARKET);
      const hedge = bench.last(1);
      expect(hedge.timeInForce).toBe("IOC");
      bench.accept(hedge).fill(hedge, 6).close(hedge, "ioc-remainder").advance(SECOND);
      expect(sizesOf(bench, 1)).toEqual([10, 4]);
      fillLast(bench, 1);
      expect(bench.truth).toEqual([10, -10]);
      return bench;
    },
  );

  incident(
    "V20 hedge-priced-from-other-venue: 1.5 % apart, it is priced from Lighter's own book",
    () => {
      const bench = new HedgeBench(MARKET).start();
      const maker = bench.last(0);
      bench.accept(maker).move(1, 18_715, 18_725).fill(maker, 10).close(maker, "filled");
      // 20 bps through Lighter's bid of 187.15, not GRVT's 190.00.
      expect(line(bench.last(1))).toBe("ask 10 @ 18677 IOC");
      fillLast(bench, 1);
      return bench;
    },
  );

  incident(
    "V25 rebalance-makes-it-worse: 0.06 too long is sold on the other leg, on none is anything bought",
    () => {
      const bench = holding({ ...V2, holdMinUs: LONG, holdMaxUs: LONG });
      const before = bench.orders.length;
      bench.fill({ instrument: 0, orderId: 9_999, side: "bid" } as never, 6).advance(SECOND);
      const after = bench.orders.slice(before);
      expect(after.map(({ instrument, side, size }) => [instrument, side, size])).toEqual([
        [1, "ask", 6],
      ]);
      meetAll(bench, SECOND);
      expect(bench.truth).toEqual([16, -16]);
      return bench;
    },
  );
});

describe("sizes", () => {
  test("V19 fixed-lot-multiplier: 0.1 ETH sent as 10,000 is refused by Lighter for its margin", () => {
    const tape = () => new TapeBuilder().snapshot(0, ["bid", 300_000, 10], ["ask", 300_001, 10]);
    // ETH on Lighter: 4 decimals of size, 2 of price; an account of 10,000 USD.
    const spec = { symbol: "ETH", tickSize: "0.01", lotSize: "0.0001" };
    const rig = new VenueRig(tape(), lighter, { cash: 10_000n * 100_000_000n, spec });
    rig.place(10, { id: 1, side: "bid", tick: 299_999, lots: 100_000_000 });
    expect(rig.texts).toEqual(["21739 not enough margin to create the order"]);
    rig.place(20, { id: 2, side: "bid", tick: 299_999, lots: 1_000 });
    expect(rig.lines.at(-1)).toBe("accepted 2");
  });

  incident(
    "V19 fixed-lot-multiplier: 0.1 is 1,000 lots where a lot is 0.0001, by the instrument's own decimals",
    () => {
      const leg = { lotsMin: 1, notionalMinTickLots: 0, baseMultiplier: 1 };
      const legs = { maker: { ...leg, instrument: 0 }, taker: { ...leg, instrument: 1 } };
      const bench = filled({ ...V2, ...legs }, { taker: { lotSize: "0.0001" } });
      expect(bench.last(1).size).toBe(1_000);
      bench.accept(bench.last(1)).fill(bench.last(1), 1_000).close(bench.last(1), "filled");
      return bench;
    },
  );
});

describe("V23 resume-from-position", () => {
  const THIRTY = { orderLots: 10, cycleLots: 300, positionMaxLots: 300, buildUs: LONG } as const;
  const opened = (bench: HedgeBench) =>
    bench.ordersOf(0).flatMap((each) => (each.reduceOnly ? [] : [each.size]));

  incident(
    "V23 resume-from-position: restarted at 1.5, it builds no further 3.0 and closes what there is",
    () => {
      const bench = new HedgeBench({ ...THIRTY, holdMinUs: 0, holdMaxUs: 0 });
      bench.truth[0] = 150;
      bench.truth[1] = -150;
      bench.start();
      meetAll(bench, 60 * SECOND);
      expect([opened(bench), bench.truth]).toEqual([[], [0, 0]]);
      return bench;
    },
  );

  incident(
    "V23 resume-from-position: a build that failed is not counted, and 3.0 is never passed",
    () => {
      const bench = new HedgeBench({ ...THIRTY, holdMinUs: LONG, holdMaxUs: LONG }).start();
      for (let n = 0; n < 19; n += 1) {
        fillLast(bench, 0);
        fillLast(bench, 1).move(0, 19_000, 19_010);
      }
      bench.refuse(bench.last(0), "post-only-would-cross").advance(SECOND).move(0, 19_000, 19_010);
      expect(bench.truth).toEqual([190, -190]);
      meetAll(bench, 60 * SECOND);
      expect([bench.truth, bench.phase]).toEqual([[300, -300], "HOLDING"]);
      return bench;
    },
  );

  incident("V23 resume-from-position: at 2.95 the last order is 0.05", () => {
    const bench = new HedgeBench({ ...THIRTY, holdMinUs: LONG, holdMaxUs: LONG }).start();
    const first = bench.last(0);
    bench.accept(first).fill(first, 5).close(first);
    fillLast(bench, 1).move(0, 19_000, 19_010);
    meetAll(bench, 120 * SECOND);
    expect(opened(bench).slice(-2)).toEqual([10, 5]);
    expect(bench.truth).toEqual([300, -300]);
    return bench;
  });
});
