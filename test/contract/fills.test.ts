// The conformance list of docs/FILLS.md, line by line: any simulator of a level feed could be held to it.
// Each test's number is the list's. Books are in ticks and lots; bids 100…, asks 101….

import { describe, expect, test } from "vitest";
import { MarketRig } from "../support/market-rig.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

const book = () =>
  new TapeBuilder().snapshot(
    0,
    ["bid", 100, 10],
    ["bid", 99, 20],
    ["bid", 98, 30],
    ["ask", 101, 10],
    ["ask", 102, 20],
    ["ask", 103, 30],
  );

describe("resting orders and prints", () => {
  test("F1 a print through the price fills a resting order up to the print's size", () => {
    const rig = new MarketRig(book().print(20, "ask", 98, 4).print(30, "ask", 98, 9));
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 10 }).to(20);
    expect(rig.fills).toEqual(["fill 1 4@99 maker t20"]);
    rig.to(30);
    expect(rig.reports.slice(2)).toEqual(["fill 1 6@99 maker t30", "close 1 filled 10"]);
  });

  test("F2 a buyer-initiated print never fills a bid, a seller-initiated one never an ask", () => {
    const rig = new MarketRig(book().print(20, "bid", 95, 100).print(30, "ask", 110, 100));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 });
    rig.place(10, { id: 2, side: "ask", tick: 101, lots: 5 }).to(40);
    expect(rig.fills).toEqual([]);
  });

  test("F3 an order behind the best has the displayed size ahead of it", () => {
    const rig = new MarketRig(book().print(20, "ask", 99, 20).print(30, "ask", 99, 3));
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 });
    expect(rig.ahead(1)).toBe(20);
    rig.to(20);
    expect(rig.fills).toEqual([]);
    expect(rig.ahead(1)).toBe(0);
    rig.to(30);
    expect(rig.fills).toEqual(["fill 1 3@99 maker t30"]);
  });

  test("F4 a print that empties the queue ahead fills us with its excess only", () => {
    const rig = new MarketRig(book().print(20, "ask", 100, 13));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 50 }).to(20);
    expect(rig.fills).toEqual(["fill 1 3@100 maker t20"]);
  });

  test("F5 one print never fills two of our orders beyond its size", () => {
    const rig = new MarketRig(book().print(20, "ask", 98, 12));
    for (const id of [1, 2, 3]) rig.place(10, { id, side: "bid", tick: 99, lots: 10 });
    rig.to(20);
    expect(rig.fills).toEqual(["fill 1 10@99 maker t20", "fill 2 2@99 maker t20"]);
  });

  test("F6 a print serves our better-priced order first, whichever came first", () => {
    const rig = new MarketRig(book().print(20, "ask", 97, 12));
    rig.place(10, { id: 1, side: "bid", tick: 98, lots: 10 });
    rig.place(11, { id: 2, side: "bid", tick: 99, lots: 10 }).to(20);
    expect(rig.fills).toEqual(["fill 2 10@99 maker t20", "fill 1 2@98 maker t20"]);

    // What the better order took is not there for the one at the print's own price: 45 − 10 − 30 ahead = 5.
    const deep = new MarketRig(book().print(20, "ask", 98, 45));
    deep.place(10, { id: 1, side: "bid", tick: 99, lots: 10 });
    deep.place(10, { id: 2, side: "bid", tick: 98, lots: 10 }).to(20);
    expect(deep.fills).toEqual(["fill 1 10@99 maker t20", "fill 2 5@98 maker t20"]);
  });

  test("F7 our orders at one price queue behind each other and behind what came between them", () => {
    const tape = book().depth(15, ["bid", 100, 16]).print(30, "ask", 100, 30);
    const rig = new MarketRig(tape);
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 });
    rig.place(20, { id: 2, side: "bid", tick: 100, lots: 50 }).to(30);
    // 10 lots stood before the first order; 6 more came before the second: 30 − 10 − 5 − 6 = 9.
    expect(rig.fills).toEqual(["fill 1 5@100 maker t30", "fill 2 9@100 maker t30"]);
  });

  test("F8 a print above a bid or below an ask does nothing to it", () => {
    const rig = new MarketRig(book().print(20, "ask", 100, 99).print(30, "bid", 101, 99));
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 });
    rig.place(10, { id: 2, side: "ask", tick: 102, lots: 5 }).to(40);
    expect(rig.fills).toEqual([]);
  });

  test("F9 a second equal print fills too", () => {
    const rig = new MarketRig(book().print(20, "ask", 99, 2).print(21, "ask", 99, 2));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 9 }).to(30);
    expect(rig.fills).toEqual(["fill 1 2@100 maker t20", "fill 1 2@100 maker t21"]);
  });

  test("F10 a print of unknown aggressor at the bid sells, at the ask buys, inside the spread does neither", () => {
    const wide = () => new TapeBuilder().snapshot(0, ["bid", 100, 10], ["ask", 104, 10]);
    const rig = new MarketRig(wide().print(20, undefined, 102, 50).print(30, undefined, 100, 15));
    rig.place(10, { id: 1, side: "bid", tick: 102, lots: 5 });
    rig.place(10, { id: 2, side: "ask", tick: 103, lots: 5 }).to(30);
    expect(rig.fills).toEqual(["fill 1 5@102 maker t30"]);
  });
});

describe("the queue ahead", () => {
  test("F11 deltas change one level and leave the rest", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 99, 7]));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 });
    rig.place(10, { id: 2, side: "bid", tick: 98, lots: 5 }).to(20);
    expect([rig.ahead(1), rig.ahead(2)]).toEqual([10, 30]);
    expect(rig.market.bestBid()).toBe(100);
    expect(rig.market.bestAsk()).toBe(101);
  });

  test("F12 a level that shrinks below the queue ahead shortens it to what is left", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 99, 6]));
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 }).to(20);
    expect(rig.ahead(1)).toBe(6);
  });

  test("F13 size that joins a level later stands behind us", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 99, 500]));
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 }).to(20);
    expect(rig.ahead(1)).toBe(20);
  });

  test("F14 the decrease a print explains is not counted again as cancels", () => {
    const tape = book().print(20, "ask", 99, 8).depth(21, ["bid", 99, 12]);
    const rig = new MarketRig(tape, { kind: "power", family: 3, n: 3 });
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 }).to(30);
    expect(rig.ahead(1)).toBe(12);
  });

  test("F15 one stranger's cancel does not clear the queue", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 99, 19]), {
      kind: "power",
      family: 3,
      n: 3,
    });
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 }).to(20);
    expect(rig.ahead(1)).toBe(19);
  });

  test("F16 a cancel among others ahead and behind moves us by the model's probability", () => {
    // front 20, back 20, decrease 10: power 3, n 1 gives p(behind) = 1 − 20/40 = 0.5, so 5 of 10 were ahead.
    const tape = book().depth(15, ["bid", 99, 40]).depth(20, ["bid", 99, 30]);
    const rig = new MarketRig(tape, { kind: "power", family: 3, n: 1 });
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 }).to(20);
    expect(rig.ahead(1)).toBe(15);
  });

  test("F17 a snapshot in mid-queue keeps our place, at most what is still displayed", () => {
    const tape = book()
      .snapshot(20, ["bid", 100, 10], ["bid", 99, 25], ["bid", 98, 1], ["ask", 101, 10])
      .snapshot(30, ["bid", 100, 10], ["bid", 99, 12], ["bid", 98, 1], ["ask", 101, 10]);
    const rig = new MarketRig(tape);
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 }).to(20);
    expect(rig.ahead(1)).toBe(20);
    rig.to(30);
    expect(rig.ahead(1)).toBe(12);
  });

  test("F18 a level inside the display that vanishes leaves nobody ahead", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 99, 0]).print(30, "ask", 99, 2));
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 }).to(30);
    expect(rig.fills).toEqual(["fill 1 2@99 maker t30"]);
  });

  test("F19 a level that leaves beyond the display's far edge keeps its queue", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 98, 0]));
    rig.place(10, { id: 1, side: "bid", tick: 98, lots: 5 }).to(20);
    expect(rig.ahead(1)).toBe(30);
  });

  test("F20 an order beyond the display takes its place behind the level when it is first shown", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 97, 44]).depth(30, ["bid", 97, 50]));
    rig.place(10, { id: 1, side: "bid", tick: 97, lots: 5 }).to(20);
    expect(rig.ahead(1)).toBe(44);
    rig.to(30);
    expect(rig.ahead(1)).toBe(44);

    // One that joins it once the display reaches there stands behind it, whatever is shown afterwards.
    const tape = book()
      .depth(20, ["bid", 96, 9])
      .depth(40, ["bid", 97, 44])
      .print(50, "ask", 97, 12);
    const joined = new MarketRig(tape);
    joined.place(10, { id: 1, side: "bid", tick: 97, lots: 5 });
    joined.place(30, { id: 2, side: "bid", tick: 97, lots: 5 }).to(40);
    expect([joined.ahead(1), joined.ahead(2)]).toEqual([0, 0]);
    joined.to(50);
    expect(joined.fills).toEqual(["fill 1 5@97 maker t50", "fill 2 5@97 maker t50"]);
  });
});

describe("touches by the opposite side", () => {
  test("F21 an opposite level that comes to our price fills at most its size, at our price", () => {
    const rig = new MarketRig(book().depth(20, ["bid", 100, 0], ["ask", 100, 3]));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 8 }).to(20);
    expect(rig.fills).toEqual(["fill 1 3@100 maker t20"]);
  });

  test("F22 displayed size that touched us is taken once, until the feed speaks of it again", () => {
    const tape = book()
      .depth(20, ["bid", 100, 0], ["ask", 100, 3])
      .depth(30, ["bid", 98, 31])
      .depth(40, ["ask", 100, 4]);
    const rig = new MarketRig(tape);
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 8 }).to(30);
    expect(rig.fills).toEqual(["fill 1 3@100 maker t20"]);
    rig.to(40);
    expect(rig.fills).toEqual(["fill 1 3@100 maker t20", "fill 1 4@100 maker t40"]);
  });

  test("F23 a book that only crosses in the middle of a message touches nobody", () => {
    const tape = book().depth(20, ["ask", 100, 3], ["bid", 100, 10], ["ask", 100, 0]);
    const rig = new MarketRig(tape);
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 8 }).to(20);
    expect(rig.fills).toEqual([]);
  });

  test("F24 a locked display does not match with itself through our order", () => {
    const rig = new MarketRig(book().depth(20, ["ask", 100, 3]));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 8 }).to(20);
    expect(rig.fills).toEqual([]);
  });
});

describe("taking", () => {
  test("F25 a taker walks the displayed levels, one fill a level, and its rest stands at its limit", () => {
    const rig = new MarketRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 102, lots: 50 });
    expect(rig.reports).toEqual(["accept 1", "fill 1 10@101 taker t10", "fill 1 20@102 taker t10"]);
    expect(rig.market.orders().map((order) => order.filled)).toEqual([30]);
  });

  test("F26 taken size is not taken twice", () => {
    const rig = new MarketRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 101, lots: 8, timeInForce: "IOC" });
    rig.place(11, { id: 2, side: "bid", tick: 101, lots: 8, timeInForce: "IOC" });
    rig.place(12, { id: 3, side: "bid", tick: 101, lots: 8, timeInForce: "IOC" });
    expect(rig.reports).toEqual([
      "accept 1",
      "fill 1 8@101 taker t10",
      "close 1 filled 8",
      "accept 2",
      "fill 2 2@101 taker t11",
      "close 2 ioc-remainder 2",
      "refuse 3 ioc-no-liquidity",
    ]);
  });

  test("F27 what was taken is there again when the feed speaks of the level", () => {
    const rig = new MarketRig(book().depth(20, ["ask", 101, 10]));
    rig.place(10, { id: 1, side: "bid", tick: 101, lots: 10, timeInForce: "IOC" });
    rig.place(20, { id: 2, side: "bid", tick: 101, lots: 10, timeInForce: "IOC" });
    expect(rig.fills).toEqual(["fill 1 10@101 taker t10", "fill 2 10@101 taker t20"]);
  });

  test("F28 a market order larger than the book ends in a known state", () => {
    const rig = new MarketRig(book());
    rig.place(10, { id: 1, side: "ask", tick: undefined, lots: 100, timeInForce: "IOC" });
    expect(rig.reports).toEqual([
      "accept 1",
      "fill 1 10@100 taker t10",
      "fill 1 20@99 taker t10",
      "fill 1 30@98 taker t10",
      "close 1 market-remainder 60",
    ]);
    rig.place(11, { id: 2, side: "ask", tick: undefined, lots: 1, timeInForce: "IOC" });
    expect(rig.reports.at(-1)).toBe("refuse 2 no-liquidity");
  });

  test("F29 fill-or-kill fills whole or not at all", () => {
    const rig = new MarketRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 102, lots: 31, timeInForce: "FOK" });
    rig.place(11, { id: 2, side: "bid", tick: 102, lots: 30, timeInForce: "FOK" });
    expect(rig.reports).toEqual([
      "refuse 1 fok-not-fillable",
      "accept 2",
      "fill 2 10@101 taker t11",
      "fill 2 20@102 taker t11",
      "close 2 filled 30",
    ]);
  });

  test("F30 post-only decides at arrival, and equality crosses", () => {
    const rig = new MarketRig(book().depth(20, ["ask", 101, 0], ["ask", 100, 0]));
    rig.place(10, { id: 1, side: "bid", tick: 101, lots: 5, timeInForce: "POST_ONLY" });
    rig.place(10, { id: 2, side: "bid", tick: 100, lots: 5, timeInForce: "POST_ONLY" });
    rig.place(20, { id: 3, side: "bid", tick: 101, lots: 5, timeInForce: "POST_ONLY" });
    expect(rig.reports).toEqual(["refuse 1 post-only-would-cross", "accept 2", "accept 3"]);
  });

  test("F31 a market without liquidity on its side is refused, not filled at a sentinel", () => {
    const rig = new MarketRig(new TapeBuilder().snapshot(0, ["bid", 100, 10]));
    rig.place(10, { id: 1, side: "bid", tick: undefined, lots: 5, timeInForce: "IOC" });
    expect(rig.reports).toEqual(["refuse 1 no-liquidity"]);
  });

  test("F32 our taker never trades with our maker: the maker expires", () => {
    const rig = new MarketRig(book());
    rig.place(10, { id: 1, side: "ask", tick: 101, lots: 5 });
    rig.place(11, { id: 2, side: "bid", tick: 102, lots: 15 });
    expect(rig.reports.slice(1)).toEqual([
      "accept 2",
      "fill 2 10@101 taker t11",
      "close 1 self-trade 0",
      "fill 2 5@102 taker t11",
      "close 2 filled 15",
    ]);
  });

  test("F33 or the taker expires, where the venue's rule says so", () => {
    const rig = new MarketRig(book(), undefined, { selfTrade: "expire-taker" });
    rig.place(10, { id: 1, side: "ask", tick: 101, lots: 5 });
    rig.place(11, { id: 2, side: "bid", tick: 102, lots: 15 });
    expect(rig.reports.slice(1)).toEqual([
      "accept 2",
      "fill 2 10@101 taker t11",
      "close 2 self-trade 10",
    ]);
    expect(rig.market.orders().map((order) => order.orderId)).toEqual([1]);
  });
});

describe("amends and cancels", () => {
  test("F34 an amended order fills at the new price only", () => {
    const rig = new MarketRig(book().print(20, "ask", 99, 50).print(30, "ask", 97, 50));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 });
    expect(rig.amend(15, 1, 98, 5)).toBe(true);
    rig.to(20);
    expect(rig.fills).toEqual([]);
    rig.to(30);
    expect(rig.fills).toEqual(["fill 1 5@98 maker t30"]);
  });

  test("F35 an amend to a smaller size keeps its place; to a larger one it goes to the back", () => {
    const rig = new MarketRig(book().print(12, "ask", 100, 4));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 }).to(12);
    rig.amend(13, 1, 100, 3);
    expect(rig.ahead(1)).toBe(6);
    rig.amend(14, 1, 100, 9);
    expect(rig.ahead(1)).toBe(10);
  });

  test("F36 an amended size counts from what is filled, never below it", () => {
    const rig = new MarketRig(book().print(12, "ask", 99, 4).print(30, "ask", 99, 50));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 10 }).to(12);
    rig.amend(13, 1, 100, 4);
    expect(rig.reports.at(-1)).toBe("refuse 1 min-size");
    rig.amend(14, 1, 100, 6);
    rig.to(30);
    expect(rig.fills).toEqual(["fill 1 4@100 maker t12", "fill 1 2@100 maker t30"]);
  });

  test("F37 a post-only amend that would cross is refused and the old order stands", () => {
    const rig = new MarketRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5, timeInForce: "POST_ONLY" });
    rig.amend(11, 1, 101, 5);
    expect(rig.reports.at(-1)).toBe("refuse 1 post-only-would-cross");
    expect(rig.market.orders().map((order) => order.price)).toEqual([99]);
    expect(rig.ahead(1)).toBe(20);
  });

  test("F38 an amend that crosses takes", () => {
    const rig = new MarketRig(book());
    rig.place(10, { id: 1, side: "bid", tick: 99, lots: 5 });
    rig.amend(11, 1, 101, 5);
    expect(rig.fills).toEqual(["fill 1 5@101 taker t11"]);
  });

  test("F39 a cancelled order never fills; an unknown or finished one cannot be cancelled", () => {
    const rig = new MarketRig(book().print(20, "ask", 90, 99));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 });
    expect(rig.cancel(15, 1)).toBe(true);
    expect(rig.cancel(16, 1)).toBe(false);
    expect(rig.cancel(17, 7)).toBe(false);
    rig.to(20);
    expect(rig.fills).toEqual([]);
  });

  test("F40 a partly filled order stays cancellable and ends with what it filled", () => {
    const rig = new MarketRig(book().print(20, "ask", 99, 2));
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5 }).to(20);
    expect(rig.cancel(21, 1)).toBe(true);
    expect(rig.reports.at(-1)).toBe("close 1 cancelled 2");
  });

  test("F41 a reduce-only order never fills beyond what there is to reduce", () => {
    const rig = new MarketRig(book().print(20, "ask", 90, 99));
    rig.reducible = 3;
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 5, reduceOnly: true }).to(20);
    expect(rig.fills).toEqual(["fill 1 3@100 maker t20"]);
  });
});

describe("the band", () => {
  const tape = () => book().print(20, "ask", 100, 3).print(30, "ask", 99, 2);

  test("F42 optimistic: the first touch fills the whole order", () => {
    const rig = new MarketRig(tape(), { kind: "optimistic" });
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 8 }).to(20);
    expect(rig.fills).toEqual(["fill 1 8@100 maker t20"]);
  });

  test("F43 pessimistic: only a print through the price fills, up to its size", () => {
    const rig = new MarketRig(tape(), { kind: "pessimistic" });
    rig.place(10, { id: 1, side: "bid", tick: 100, lots: 8 }).to(20);
    expect(rig.fills).toEqual([]);
    rig.to(30);
    expect(rig.fills).toEqual(["fill 1 2@100 maker t30"]);
  });
});

describe("feeds that round", () => {
  test("F44 on a feed that rounds its prices only what is strictly through the price touches", () => {
    const rounded = (lockedBooks: number) => {
      const source = book()
        .depth(20, ["bid", 100, 0], ["ask", 100, 3])
        .depth(30, ["ask", 100, 0], ["ask", 99, 3])
        .build();
      const header = { ...source.header, rows: 1000, lockedBooks };
      const rig = new MarketRig({ build: () => ({ ...source, header }) });
      return rig.place(10, { id: 1, side: "bid", tick: 100, lots: 9 }).to(40).fills;
    };
    expect(rounded(5)).toEqual(["fill 1 3@100 maker t20", "fill 1 3@100 maker t30"]);
    expect(rounded(6)).toEqual(["fill 1 3@100 maker t30"]);
  });
});
