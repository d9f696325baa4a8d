// The rules of the order-level market, one promise a test, over tapes of a few rows.

import { describe, expect, test } from "vitest";
import type { MarketSink, VenueOrder } from "../../../../sim/exchange/market.ts";
import type { OrderLevelMarketRules } from "../../../../sim/exchange/order-level-market.ts";
import { OrderLevelMarket } from "../../../../sim/exchange/order-level-market.ts";
import { instrumentOf } from "../../../../src/domain/instrument.ts";
import { HALT_QUOTING, HALT_STOPPED, HALT_TRADING } from "../../../../src/domain/order-tape.ts";
import type { TimeUs } from "../../../../src/domain/units.ts";
import {
  instrumentId,
  orderId,
  priceTicks,
  sizeLots,
  timeUs,
  venueId,
} from "../../../../src/domain/units.ts";
import type { OrderTapeLine } from "../../../support/order-tapes.ts";
import { orderTapeInstrument, orderTapeOf } from "../../../support/order-tapes.ts";

const ALL = Number.POSITIVE_INFINITY as TimeUs;
const DEFAULT_RULES: OrderLevelMarketRules = {
  selfTrade: "expire-maker",
  amend: "keep-when-smaller",
};

/** A market over a tape, and what it told as lines: "fill 1 5@100 maker". */
class Stage {
  readonly told: string[] = [];
  readonly market: OrderLevelMarket;
  fillable = Number.POSITIVE_INFINITY;

  constructor(lines: readonly OrderTapeLine[], rules: Partial<OrderLevelMarketRules> = {}) {
    const sink: MarketSink = {
      accepted: (order, request) => this.told.push(`${request} ${order.orderId}`),
      refused: (order, request, reason) =>
        this.told.push(`refused ${request} ${order.orderId} ${reason}`),
      filled: (order, price, lots, liquidity) =>
        this.told.push(`fill ${order.orderId} ${lots}@${price} ${liquidity}`),
      closed: (order, reason) => this.told.push(`closed ${order.orderId} ${reason}`),
      fillable: () => this.fillable,
      funding: () => undefined,
    };
    const instrument = instrumentOf(orderTapeInstrument, instrumentId(0), venueId(0));
    const tape = orderTapeOf(lines);
    this.market = new OrderLevelMarket(instrument, tape, { ...DEFAULT_RULES, ...rules }, sink);
  }

  to(at: number): TimeUs {
    return this.market.advance(at as TimeUs);
  }

  /** Runs to the end, message by message that reported something; returns what was told meanwhile. */
  rest(): string[] {
    const before = this.told.length;
    while (this.market.nextAt() !== ALL) this.market.advance(ALL);
    return this.told.slice(before);
  }

  /** Places an order "5@100"; without a price it is a market order. Returns what was told. */
  place(
    id: number,
    side: "bid" | "ask",
    text: string,
    timeInForce: VenueOrder["timeInForce"] = "GTC",
    reduceOnly = false,
  ): string[] {
    const [lots, price] = text.split("@").map(Number);
    const order: VenueOrder = {
      orderId: orderId(id),
      side,
      price: price === undefined ? undefined : priceTicks(price),
      size: sizeLots(lots ?? 0),
      filled: sizeLots(0),
      timeInForce,
      reduceOnly,
    };
    const before = this.told.length;
    this.market.place(order, timeUs(0));
    return this.told.slice(before);
  }

  amend(id: number, text: string): string[] {
    const [lots, price] = text.split("@").map(Number);
    const before = this.told.length;
    this.market.amend(orderId(id), priceTicks(price ?? 0), sizeLots(lots ?? 0), timeUs(0));
    return this.told.slice(before);
  }

  ahead(id: number): number | undefined {
    return this.market.queueAhead(orderId(id));
  }
}

/** Bids 10 and 20 at 100 (refs 1, 2), 30 at 99 (ref 3); asks 10 at 102 (ref 11), 20 at 103 (ref 12). */
const BOOK: readonly OrderTapeLine[] = [
  { at: 1, what: "add", side: "bid", ref: 1, price: 100, lots: 10 },
  { at: 2, what: "add", side: "bid", ref: 2, price: 100, lots: 20 },
  { at: 3, what: "add", side: "bid", ref: 3, price: 99, lots: 30 },
  { at: 4, what: "add", side: "ask", ref: 11, price: 102, lots: 10 },
  { at: 5, what: "add", side: "ask", ref: 12, price: 103, lots: 20 },
];

/** The book above, then these rows. */
function stage(later: readonly OrderTapeLine[] = [], rules = DEFAULT_RULES): Stage {
  const made = new Stage([...BOOK, ...later], rules);
  made.to(5);
  return made;
}

describe("queueing", () => {
  test("puts an order behind all that rests at its price", () => {
    const made = stage();
    expect(made.market.bestBid()).toBe(100);
    expect(made.market.bestAsk()).toBe(102);
    expect(made.market.mark()).toBe(101);
    made.place(1, "bid", "5@100");
    expect(made.ahead(1)).toBe(30);
  });

  test("moves up by exactly what is cancelled ahead, not by what is cancelled behind", () => {
    const made = stage([
      { at: 6, what: "add", side: "bid", ref: 4, price: 100, lots: 40 },
      { at: 7, what: "reduce", side: "bid", ref: 2, price: 100, lots: 15 },
      { at: 8, what: "delete", side: "bid", ref: 4, price: 100, lots: 40 },
      { at: 9, what: "delete", side: "bid", ref: 1, price: 100, lots: 10 },
    ]);
    made.place(1, "bid", "5@100");
    const seen = [6, 7, 8, 9].map((at) => {
      made.to(at);
      return made.ahead(1);
    });
    expect(seen).toEqual([30, 15, 15, 5]);
    expect(made.rest()).toEqual([]);
  });

  test("does not fill by executions ahead", () => {
    const made = stage([
      { at: 6, what: "execute", side: "bid", ref: 1, price: 100, lots: 10 },
      { at: 7, what: "execute", side: "bid", ref: 2, price: 100, lots: 20 },
    ]);
    made.place(1, "bid", "5@100");
    expect(made.rest()).toEqual([]);
    expect(made.ahead(1)).toBe(0);
    expect(made.market.bestBid()).toBe(99);
  });

  test("says nothing of an order that does not rest", () => {
    expect(stage().ahead(9)).toBeUndefined();
  });
});

describe("an execution in the feed", () => {
  const behind: readonly OrderTapeLine[] = [
    { at: 6, what: "add", side: "bid", ref: 4, price: 100, lots: 8 },
    { at: 7, what: "execute", side: "bid", ref: 4, price: 100, lots: 3 },
    { at: 8, what: "execute", side: "bid", ref: 4, price: 100, lots: 5 },
  ];

  test("of an order behind ours fills us up to its size, in parts", () => {
    const made = stage(behind);
    made.place(1, "bid", "5@100");
    expect(made.rest()).toEqual(["fill 1 3@100 maker", "fill 1 2@100 maker", "closed 1 filled"]);
    expect(made.market.hasOrders()).toBe(false);
  });

  test("at a worse price fills us at our price", () => {
    const made = stage([{ at: 6, what: "execute", side: "bid", ref: 3, price: 99, lots: 4 }]);
    made.place(1, "bid", "5@100");
    expect(made.rest()).toEqual(["fill 1 4@100 maker"]);
    expect(made.market.orders()[0]?.filled).toBe(4);
  });

  test("at a better price, or on the other side, leaves us alone", () => {
    const made = stage([
      { at: 6, what: "execute", side: "bid", ref: 1, price: 100, lots: 10 },
      { at: 7, what: "execute", side: "ask", ref: 11, price: 102, lots: 10 },
    ]);
    made.place(1, "bid", "5@99");
    expect(made.rest()).toEqual([]);
  });

  test("is one budget, shared by our orders in price-time order", () => {
    const made = stage([{ at: 6, what: "execute", side: "bid", ref: 3, price: 99, lots: 9 }]);
    made.place(1, "bid", "4@100");
    made.place(2, "bid", "3@101");
    made.place(3, "bid", "6@100");
    expect(made.rest()).toEqual([
      "fill 2 3@101 maker",
      "closed 2 filled",
      "fill 1 4@100 maker",
      "closed 1 filled",
      "fill 3 2@100 maker",
    ]);
  });

  test("fills an ask of ours the same way", () => {
    const made = stage([{ at: 6, what: "execute", side: "ask", ref: 12, price: 103, lots: 9 }]);
    made.place(1, "ask", "4@102");
    expect(made.rest()).toEqual(["fill 1 4@102 maker", "closed 1 filled"]);
  });

  test("of an unknown order fills us only at a better price", () => {
    const made = stage([
      { at: 6, what: "execute", side: "bid", ref: 77, price: 100, lots: 4 },
      { at: 7, what: "execute", side: "bid", ref: 78, price: 99, lots: 4 },
    ]);
    made.place(1, "bid", "5@100");
    expect(made.to(6)).toBe(6);
    expect(made.told).toEqual(["place 1"]);
    expect(made.rest()).toEqual(["fill 1 4@100 maker"]);
    expect(made.market.book.surprises.unknownOrders).toBe(2);
  });

  test("stops the clock at its message, so that the venue can act", () => {
    const made = stage(behind);
    made.place(1, "bid", "5@100");
    expect(made.market.advance(ALL)).toBe(7);
    expect(made.market.nextAt()).toBe(8);
    expect(made.market.advance(ALL)).toBe(8);
    expect(made.market.nextAt()).toBe(Number.POSITIVE_INFINITY);
  });

  test("fills a reduce-only order no further than the venue allows", () => {
    const made = stage([{ at: 6, what: "execute", side: "bid", ref: 3, price: 99, lots: 9 }]);
    made.place(1, "bid", "5@100", "GTC", true);
    made.fillable = 2;
    expect(made.rest()).toEqual(["fill 1 2@100 maker"]);
  });
});

test("a hidden execution at our price or worse fills us, at a better one does not", () => {
  const made = stage([
    { at: 6, what: "hidden", side: "bid", price: 101, lots: 4 },
    { at: 7, what: "hidden", side: "bid", price: 100, lots: 2 },
    { at: 8, what: "hidden", side: "bid", price: 99, lots: 2 },
    { at: 9, what: "hidden", side: "ask", price: 100, lots: 2 },
  ]);
  made.place(1, "bid", "5@100");
  made.to(6);
  expect(made.told).toEqual(["place 1"]);
  expect(made.rest()).toEqual(["fill 1 2@100 maker", "fill 1 2@100 maker"]);
});

describe("an arriving recorded order", () => {
  test("that reaches our price fills us up to its size, at our price", () => {
    const made = stage([
      { at: 6, what: "add", side: "ask", ref: 13, price: 101, lots: 3 },
      { at: 7, what: "add", side: "ask", ref: 14, price: 100, lots: 9 },
    ]);
    made.place(1, "bid", "5@101");
    expect(made.rest()).toEqual(["fill 1 3@101 maker", "fill 1 2@101 maker", "closed 1 filled"]);
  });

  test("that filled us has no lots left for us to take", () => {
    const made = stage([{ at: 6, what: "add", side: "ask", ref: 13, price: 101, lots: 7 }]);
    made.place(1, "bid", "5@101");
    expect(made.rest()).toEqual(["fill 1 5@101 maker", "closed 1 filled"]);
    expect(made.place(2, "bid", "10@101", "IOC")).toEqual([
      "place 2",
      "fill 2 2@101 taker",
      "closed 2 ioc-remainder",
    ]);
  });

  test("short of our price leaves us alone", () => {
    const made = stage([{ at: 6, what: "add", side: "ask", ref: 13, price: 101, lots: 3 }]);
    made.place(1, "bid", "5@100");
    expect(made.rest()).toEqual([]);
  });
});

describe("taking", () => {
  test("walks the displayed orders, one fill a level, and rests what is left", () => {
    const made = stage([{ at: 6, what: "add", side: "ask", ref: 13, price: 102, lots: 5 }]);
    made.to(6);
    expect(made.place(1, "bid", "40@103")).toEqual([
      "place 1",
      "fill 1 15@102 taker",
      "fill 1 20@103 taker",
    ]);
    expect(made.market.orders().map(({ price, filled }) => [price, filled])).toEqual([[103, 35]]);
  });

  test("does not take the same lots twice, until new ones arrive", () => {
    const made = stage([{ at: 6, what: "add", side: "ask", ref: 13, price: 102, lots: 5 }]);
    made.place(1, "bid", "10@102", "IOC");
    expect(made.place(2, "bid", "10@102", "IOC")).toEqual(["refused place 2 ioc-no-liquidity"]);
    made.to(6);
    expect(made.place(3, "bid", "10@102", "IOC")).toEqual([
      "place 3",
      "fill 3 5@102 taker",
      "closed 3 ioc-remainder",
    ]);
  });

  test("keeps what it took of an order while the feed reduces that order", () => {
    const made = stage([
      { at: 6, what: "execute", side: "ask", ref: 12, price: 103, lots: 5 },
      { at: 7, what: "reduce", side: "ask", ref: 12, price: 103, lots: 8 },
    ]);
    made.place(1, "bid", "22@103", "IOC"); // all 10 at 102, 12 of the 20 at 103
    made.to(6);
    expect(made.place(2, "bid", "10@103", "IOC")[1]).toBe("fill 2 3@103 taker");
    made.to(7);
    expect(made.place(3, "bid", "10@103", "IOC")).toEqual(["refused place 3 ioc-no-liquidity"]);
  });

  test("a market order takes through every level and closes with its remainder", () => {
    const made = stage();
    expect(made.place(1, "ask", "100", "IOC")).toEqual([
      "place 1",
      "fill 1 30@100 taker",
      "fill 1 30@99 taker",
      "closed 1 market-remainder",
    ]);
    expect(made.place(2, "ask", "1", "IOC")).toEqual(["refused place 2 no-liquidity"]);
  });

  test("an immediate order stops at its limit", () => {
    expect(stage().place(1, "bid", "15@102", "IOC")).toEqual([
      "place 1",
      "fill 1 10@102 taker",
      "closed 1 ioc-remainder",
    ]);
  });

  test("fill-or-kill takes all or is refused", () => {
    const made = stage();
    expect(made.place(1, "bid", "31@103", "FOK")).toEqual(["refused place 1 fok-not-fillable"]);
    made.fillable = 9;
    const reducing = made.place(9, "bid", "10@103", "FOK", true);
    expect(reducing).toEqual(["refused place 9 fok-not-fillable"]);
    expect(made.place(2, "bid", "11@102", "FOK")).toEqual(["refused place 2 fok-not-fillable"]);
    expect(made.place(3, "bid", "30@103", "FOK")).toEqual([
      "place 3",
      "fill 3 10@102 taker",
      "fill 3 20@103 taker",
      "closed 3 filled",
    ]);
  });

  test("post-only is refused at the touch and beyond, and rests short of it", () => {
    const made = stage();
    expect(made.place(1, "bid", "1@102", "POST_ONLY")).toEqual([
      "refused place 1 post-only-would-cross",
    ]);
    expect(made.place(2, "ask", "1@99", "POST_ONLY")).toEqual([
      "refused place 2 post-only-would-cross",
    ]);
    expect(made.place(3, "bid", "1@101", "POST_ONLY")).toEqual(["place 3"]);
    expect(made.place(4, "ask", "1@101", "POST_ONLY")).toEqual([
      "refused place 4 post-only-would-cross",
    ]);
  });
});

describe("meeting an order of our own", () => {
  test("takes the recorded lots that stand before it first", () => {
    const made = stage([{ at: 6, what: "add", side: "ask", ref: 13, price: 102, lots: 7 }]);
    made.place(1, "ask", "5@102");
    made.to(6);
    expect(made.place(2, "bid", "20@102")).toEqual([
      "place 2",
      "fill 2 10@102 taker",
      "closed 1 self-trade",
      "fill 2 7@102 taker",
    ]);
  });

  test.each([
    { rule: "expire-taker" as const, told: ["place 2", "closed 2 self-trade"], left: [1] },
    {
      rule: "expire-both" as const,
      told: ["place 2", "closed 1 self-trade", "closed 2 self-trade"],
      left: [],
    },
    { rule: "expire-maker" as const, told: ["place 2", "closed 1 self-trade"], left: [2] },
  ])("obeys $rule", ({ rule, told, left }) => {
    const made = stage([], { ...DEFAULT_RULES, selfTrade: rule });
    made.place(1, "ask", "5@101");
    expect(made.place(2, "bid", "3@101")).toEqual(told);
    expect(made.market.orders().map((order) => order.orderId)).toEqual(left);
  });
});

describe("amending", () => {
  const arrival: readonly OrderTapeLine[] = [
    { at: 6, what: "add", side: "bid", ref: 4, price: 100, lots: 8 },
  ];

  test("to a smaller size keeps the place", () => {
    const made = stage(arrival);
    made.place(1, "bid", "5@100");
    made.to(6);
    expect(made.amend(1, "4@100")).toEqual(["amend 1"]);
    expect(made.ahead(1)).toBe(30);
  });

  test("to a smaller size goes to the back where the venue says so", () => {
    const made = stage(arrival, { ...DEFAULT_RULES, amend: "back" });
    made.place(1, "bid", "5@100");
    made.to(6);
    made.amend(1, "4@100");
    expect(made.ahead(1)).toBe(38);
  });

  test.each(["6@100", "5@99"])("to %s goes to the back of its queue", (text) => {
    const made = stage(arrival);
    made.place(1, "bid", "5@100");
    made.to(6);
    made.amend(1, text);
    expect(made.ahead(1)).toBe(text === "5@99" ? 30 : 38);
  });

  test("into a cross takes", () => {
    const made = stage();
    made.place(1, "bid", "5@100");
    expect(made.amend(1, "5@102")).toEqual(["amend 1", "fill 1 5@102 taker", "closed 1 filled"]);
  });

  test("of a post-only order into a cross is refused and changes nothing", () => {
    const made = stage();
    made.place(1, "bid", "5@100", "POST_ONLY");
    expect(made.amend(1, "5@102")).toEqual(["refused amend 1 post-only-would-cross"]);
    expect(made.ahead(1)).toBe(30);
  });

  test("below what is filled is refused", () => {
    const made = stage([{ at: 6, what: "execute", side: "bid", ref: 3, price: 99, lots: 4 }]);
    made.place(1, "bid", "5@100");
    made.rest();
    expect(made.amend(1, "4@100")).toEqual(["refused amend 1 min-size"]);
  });

  test("of an order that does not rest says no", () => {
    const made = stage();
    expect(made.market.amend(orderId(9), priceTicks(1), sizeLots(1), timeUs(0))).toBe(false);
  });
});

test("cancelling takes an order out once", () => {
  const made = stage();
  made.place(1, "ask", "5@104");
  expect(made.market.cancel(orderId(1), "cancelled", timeUs(6))).toBe(true);
  expect(made.market.cancel(orderId(1), "cancelled", timeUs(6))).toBe(false);
  expect(made.told).toEqual(["place 1", "closed 1 cancelled"]);
});

describe("a cleared book", () => {
  const cleared: readonly OrderTapeLine[] = [
    { at: 6, what: "clear" },
    { at: 6, what: "add", side: "bid", ref: 21, price: 100, lots: 12 },
    { at: 7, what: "restate", side: "bid", ref: 22, price: 100, lots: 3 },
    { at: 8, what: "add", side: "bid", ref: 23, price: 100, lots: 50 },
  ];

  test("cancels nothing of ours; what it restates is ahead of us, what comes later is not", () => {
    const made = stage(cleared);
    made.place(1, "bid", "5@100");
    const seen = [6, 7, 8].map((at) => {
      made.to(at);
      return made.ahead(1);
    });
    expect(seen).toEqual([12, 15, 15]);
    expect(made.market.orders()).toHaveLength(1);
    expect(made.market.bestAsk()).toBeUndefined();
    expect(made.market.mark()).toBeUndefined();
  });

  test("offers anew what we took before", () => {
    const made = stage([
      { at: 6, what: "clear" },
      { at: 6, what: "add", side: "ask", ref: 11, price: 102, lots: 10 },
    ]);
    made.place(1, "bid", "10@102");
    made.to(6);
    expect(made.place(2, "bid", "4@102", "IOC")[1]).toBe("fill 2 4@102 taker");
  });
});

test("while trading is halted nothing is placed or amended, but cancelled", () => {
  const made = stage([
    { at: 6, what: "halt", price: HALT_STOPPED },
    { at: 7, what: "halt", price: HALT_QUOTING },
    { at: 8, what: "halt", price: HALT_TRADING },
  ]);
  made.place(1, "bid", "5@100");
  made.place(2, "bid", "5@100");
  for (const at of [6, 7]) {
    made.to(at);
    expect(made.place(3, "bid", "5@100")).toEqual(["refused place 3 halted"]);
    expect(made.amend(1, "4@100")).toEqual(["refused amend 1 halted"]);
  }
  expect(made.market.cancel(orderId(2), "cancelled", timeUs(7))).toBe(true);
  made.to(8);
  expect(made.place(3, "bid", "5@100")).toEqual(["place 3"]);
});

test("takes a repeated order number for a new order, and says how often", () => {
  const made = stage([{ at: 6, what: "add", side: "bid", ref: 1, price: 98, lots: 5 }]);
  made.rest();
  expect(made.market.book.levelAt(0, 100)?.lots).toBe(20);
  expect(made.market.book.levelAt(0, 98)?.lots).toBe(5);
  expect(made.market.book.surprises.repeatedOrders).toBe(1);
});
