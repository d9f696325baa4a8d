// Extended + Lighter hedge: guards, timers, late and stale data. Sizes in lots of 0.01 SOL.

import { describe, expect, test } from "vitest";
import { instrumentId } from "../../../src/domain/units.ts";
import { HedgeBench, line, TELLS_ONLY } from "../../support/hedge-bench.ts";
import {
  filled,
  fillLast,
  holding,
  incident,
  LONG,
  SECOND,
  sized,
  sizesOf,
} from "../../support/hedge-incident.ts";
import { runRig } from "../../support/run-rig.ts";
import { ScriptedStrategy } from "../../support/scripted-strategy.ts";
import { TapeBuilder } from "../../support/tape-builder.ts";

describe("the end of a run", () => {
  incident(
    "H22 shutdown-leaves-sessions-and-tasks: orders cancelled on both venues, and nothing else",
    () => {
      const bench = new HedgeBench(sized(500)).start();
      bench.accept(bench.last(0));
      const before = bench.sent.length;
      bench.bot.abandon("Ctrl-C");
      bench.bot.abandon("Ctrl-C again");
      const told = bench.sent
        .slice(before)
        .map((each) => ("venue" in each ? [each.kind, each.venue] : []));
      // A second signal asks for the same once more, which changes nothing.
      expect(told).toEqual([0, 1, 0, 1].map((venue) => ["CancelAll", venue]));
      expect(() => bench.move(0, 19_000, 19_010)).toThrow();
      return bench;
    },
  );
});

describe("imbalance", () => {
  // Tolerance is 5 % of max(largest order, cycle): 4 SOL → 0.20, 0.3 SOL → 0.015, which is one whole lot of 0.01.
  test.each([
    ["4 SOL, 0.20 out", 400, 20, false],
    ["4 SOL, 0.25 out", 400, 25, true],
    ["0.3 SOL, 0.01 out", 30, 1, false],
    ["0.3 SOL, 0.02 out", 30, 2, true],
    ["0.2 SOL, 0.20 out", 20, 20, true],
  ] as const)("H23 imbalance-guard-scales-with-size: %s", (_, lots, out, breached) => {
    const bench = new HedgeBench(sized(lots));
    bench.truth[0] = lots;
    bench.truth[1] = out - lots;
    // What is out of balance is swept before anything else.
    expect(bench.start().advance(SECOND).phase === "IDLE").toBe(breached);
  });

  incident(
    "H27 position-endpoint-lags-fill: a report older than the newest fill moves nothing",
    () => {
      const bench = holding({ ...sized(500), holdMinUs: LONG, holdMaxUs: LONG });
      const orders = bench.orders.length;
      // Read before the hedge's fill reached the endpoint: twice, so that it would be believed.
      for (let read = 0; read < 2; read += 1) {
        const positions = [{ instrument: 1, lots: 0 }];
        bench.tell({
          kind: "AccountReported",
          venue: 1,
          positions,
          balance: 0,
          openOrders: [],
          venueAt: 1,
        });
      }
      bench.advance(31 * SECOND);
      expect([bench.orders.length, bench.halts]).toEqual([orders, []]);
      return bench;
    },
  );
});

describe("an order that is never reported", () => {
  test.each([
    ["REJECTED", (bench: HedgeBench) => bench.refuse(bench.last(0), "price-band")],
    [
      "POST_ONLY_FAILED",
      (bench: HedgeBench) => bench.refuse(bench.last(0), "post-only-would-cross"),
    ],
    [
      "EXPIRED",
      (bench: HedgeBench) => bench.accept(bench.last(0)).close(bench.last(0), "cancelled"),
    ],
  ] as const)(
    "H34 rejected-order-never-reported: %s brings a new price and order at once",
    (_, told) => {
      const bench = new HedgeBench(sized(500)).start();
      bench.move(0, 19_050, 19_060);
      told(bench).advance(SECOND).move(0, 19_050, 19_060);
      expect(bench.ordersOf(0).map(line)).toEqual([
        "bid 500 @ 19009 POST_ONLY",
        "bid 500 @ 19059 POST_ONLY",
      ]);
    },
  );

  incident(
    "H34 rejected-order-never-reported: told nothing, it is looked for and replaced within 10 s",
    () => {
      const machinery = { ...TELLS_ONLY, requestTimeoutUs: 10 * SECOND };
      const bench = new HedgeBench(sized(500), { machinery }).start();
      for (let second = 0; second < 10; second += 1) bench.advance(SECOND).move(0, 19_000, 19_010);
      expect(sizesOf(bench, 0)).toEqual([500, 500]);
      return bench;
    },
  );
});

describe("the book a hedge is priced from", () => {
  incident(
    "H38 lighter-book-gap-unseen: with a hole in the book nothing is priced until it is whole again",
    () => {
      const bench = new HedgeBench(sized(500)).start();
      const maker = bench.last(0);
      bench.accept(maker);
      bench.books[1].fresh = false;
      // A ghost stands at the best price.
      bench.fill(maker, 500).close(maker, "filled").move(1, 19_400, 19_410).advance(SECOND);
      expect(bench.ordersOf(1)).toEqual([]);
      bench.books[1].fresh = true;
      bench.move(1, 18_900, 18_910).advance(100_000);
      expect(bench.last(1).price).toBe(18_901);
      bench.trade(SECOND);
      return bench;
    },
  );

  test("H39 stale-book-patched-with-rest-top: a snapshot replaces every level, better ones too", () => {
    const seen: unknown[] = [];
    const bot = new ScriptedStrategy({
      wants: [{ instrument: instrumentId(0), book: { on: "every-message" } }],
      on: (_event, view) => {
        const book = view.book(instrumentId(0));
        seen.push([book.bestBid(), book.bestAsk()]);
        return [];
      },
    });
    const tape = new TapeBuilder()
      .snapshot(0, ["bid", 1000, 10], ["bid", 999, 10], ["ask", 1001, 10])
      .snapshot(2_000_000, ["bid", 990, 10], ["ask", 995, 10])
      .build();
    runRig([{ tape }], bot);
    expect(seen.at(-1)).toEqual([990, 995]);
  });
});

describe("time", () => {
  incident(
    "H40 partial-unhedged-until-maker-done: 1.33 is hedged while the other 3.67 rest",
    () => {
      const bench = new HedgeBench(sized(500)).start();
      const maker = bench.last(0);
      bench.accept(maker);
      const at = bench.now;
      bench.fill(maker, 133);
      expect([sizesOf(bench, 1), bench.now]).toEqual([[133], at]);
      fillLast(bench, 1).advance(8 * SECOND);
      expect(bench.truth).toEqual([133, -133]);
      return bench;
    },
  );

  incident(
    "H41 step-timer-from-step-one: a close that takes 100 s after a hold of 90 s still has its time",
    () => {
      const hold = { holdMinUs: 90 * SECOND, holdMaxUs: 90 * SECOND };
      const bench = filled({ ...sized(500), ...hold });
      fillLast(bench, 1).advance(90 * SECOND);
      const out = bench.last(0);
      expect(line(out)).toBe("ask 500 @ 19001 POST_ONLY reduce-only");
      bench.accept(out).advance(100 * SECOND);
      bench.fill(out, 500).close(out, "filled");
      expect(bench.last(1)).toMatchObject({ side: "bid", size: 500 });
      bench.accept(bench.last(1)).advance(500_000);
      expect(bench.halts).toEqual([]);
      bench.fill(bench.last(1), 500).close(bench.last(1), "filled").advance(SECOND);
      expect([bench.truth, bench.halts]).toEqual([[0, 0], []]);
      return bench;
    },
  );
});
