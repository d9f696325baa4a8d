// The hedge manager's incidents of price: the ladder of a hedge, wide spreads, averages, and who made and who took.

import { describe, expect, test } from "vitest";
import { hedgePrice } from "../../../strategies/hedge/hedge-pricer.ts";
import { BotBench } from "../../support/bot-bench.ts";
import { HedgeBench } from "../../support/hedge-bench.ts";
import {
  fillLast,
  holding,
  incident,
  LONG,
  SECOND,
  sized,
  sizesOf,
} from "../../support/hedge-incident.ts";
import { TapeBuilder } from "../../support/tape-builder.ts";
import { VenueRig } from "../../support/venue-rig.ts";

describe("at what price", () => {
  // Ticks of 0.1: 100.0/100.5. The sell is the mirror.
  test.each([
    ["the first is inside the spread", "bid", 1000, 1005, 0, undefined, 1004],
    ["and a sell's", "ask", 1000, 1005, 0, undefined, 1001],
    ["the third still is", "bid", 1000, 1005, 2, undefined, 1004],
    ["then the touch", "bid", 1000, 1005, 3, undefined, 1005],
    ["break-even first, where it can be had", "bid", 1000, 1005, 0, 1003, 1003],
    ["but never behind our own side", "bid", 1000, 1005, 0, 999, 1004],
    ["nor through the touch", "bid", 1000, 1005, 0, 1010, 1005],
    ["a spread of one tick has no inside", "bid", 1000, 1001, 0, undefined, 1001],
  ] as const)("M06 hedge-price-ladder: %s", (_, side, bid, ask, attempt, breakEven, price) => {
    expect(hedgePrice({ side, bid, ask, attempt, insideRetries: 3, breakEven }).price).toBe(price);
  });

  incident("M06 hedge-price-ladder: in a crossed book nothing is priced", () => {
    const bench = new HedgeBench().start();
    const maker = bench.last(0);
    bench.accept(maker).move(1, 19_020, 19_010).fill(maker, 100).close(maker, "filled");
    expect(bench.ordersOf(1)).toEqual([]);
    bench.move(1, 19_000, 19_010).advance(100_000);
    expect(bench.ordersOf(1)).toHaveLength(1);
    fillLast(bench, 1);
    return bench;
  });

  incident(
    "M25 close-into-wide-spread: 369.64/378.2 is 2.3 %: no maker order until the spread is within 1 %",
    () => {
      const bench = holding({ ...sized(430), windDownUs: LONG });
      bench.quote(bench.books[1], 36_964, 37_820);
      bench.quote(bench.books[0], 36_971, 36_989);
      bench
        .advance(6 * SECOND)
        .move(0, 36_971, 36_989)
        .move(1, 36_964, 37_820);
      expect([bench.phase, sizesOf(bench, 0)]).toEqual(["WINDING_DOWN", [430]]);
      bench.move(1, 36_964, 36_990);
      expect(sizesOf(bench, 0)).toEqual([430, 430]);
      return bench;
    },
  );

  test("M25 close-into-wide-spread: bought into it anyway, it costs what it cost: some 8.3 a unit", () => {
    // XMR in ticks of 0.001 and lots of 0.001: 4.301 bought at Paradex's ask, sold on Lighter at 369.786.
    const tape = new TapeBuilder().snapshot(0, ["bid", 369_640, 9_000], ["ask", 378_120, 9_000]);
    const rig = new VenueRig(tape, {}, { spec: { tickSize: "0.001", lotSize: "0.001" } });
    rig.place(10, { id: 1, side: "bid", tick: 378_120, lots: 4_301 });
    const fill = rig.events.find((event) => event.kind === "OrderFilled");
    const price = fill?.kind === "OrderFilled" ? fill.price : 0;
    expect((price - 369_786) / 1000).toBeCloseTo(8.334, 3);
    expect(((price - 369_786) / 1000) * 4.301).toBeCloseTo(35.84, 1);
  });

  test("M23 average-price-over-attempts: 0.4 at 100 and 0.6 at 101 cost 100.6", () => {
    const bench = new BotBench();
    bench.place(1, { size: 1000 });
    bench.fill(1, 400, 400, { price: 1000 as never });
    bench.place(2, { size: 600 });
    bench.fill(2, 600, 600, { price: 1010 as never });
    const { costTickLots, lots } = bench.bot.view.position(0 as never);
    expect(costTickLots / lots).toBe(1006);
  });

  test("M22 maker-taker-split-reported: each fill says which it was, and they add up to the order", () => {
    const tape = new TapeBuilder()
      .snapshot(0, ["bid", 999, 900], ["ask", 1001, 600])
      .print(20, "ask", 1001, 300)
      .print(30, "ask", 1000, 100);
    const rig = new VenueRig(tape);
    rig.place(10, { id: 1, side: "bid", tick: 1001, lots: 1000 }).to(40);
    const fills = rig.events.flatMap((event) => (event.kind === "OrderFilled" ? [event] : []));
    expect(fills.map(({ size, liquidity }) => `${liquidity} ${size}`)).toEqual([
      "taker 600",
      "maker 300",
      "maker 100",
    ]);
    expect(fills.at(-1)?.cumulative).toBe(1000);
  });
});
