// The published fill rules for one exchange row and one arriving request, case by case.
// In each test the book is bid 100 × 50, ask 101 × 50 unless the feed says otherwise.

import { describe, expect, test } from "vitest";
import { ExchangeSide } from "../../../../../sim/exchange/compatibility/exchange-side.ts";
import type { CompatOrderSpec } from "../../../../../sim/exchange/compatibility/order.ts";
import { orderOf } from "../../../../../sim/exchange/compatibility/order.ts";
import { queueModelOf } from "../../../../../sim/exchange/compatibility/queue-models.ts";
import { type FeedLine, feedOf, MONEY, orderSpec } from "./feed.ts";

const TOUCH: readonly FeedLine[] = [
  [0, "bid", 100, 50],
  [0, "ask", 101, 50],
];

/** Lets orders arrive at 5 ns, then the later rows; returns what the exchange answered. */
function answers(arrivals: readonly CompatOrderSpec[], later: readonly FeedLine[], book = TOUCH) {
  const said: string[] = [];
  const exchange = new ExchangeSide(
    feedOf([...book, ...later]),
    queueModelOf({ kind: "risk-averse" }),
    MONEY,
    ({ id, status, request, executedTick, maker }, atNs) => {
      const how = status === "filled" ? `${executedTick} ${maker ? "maker" : "taker"} ` : "";
      said.push(`${id} ${request === "rejected" ? request : status} ${how}at ${atNs}`);
    },
  );
  exchange.runRows(0);
  for (const spec of arrivals) exchange.receive(orderOf(spec, 1), 5);
  exchange.runRows(Number.POSITIVE_INFINITY);
  return { said, exchange };
}

describe("a resting buy", () => {
  const resting = [orderSpec({ tick: 100 })];

  test("waits behind all the level showed when it came", () => {
    const sold: FeedLine[] = [[10, "sell", 100, 50]];
    expect(answers(resting, sold).said).toEqual(["1 new at 5"]);
    const more: FeedLine[] = [...sold, [20, "sell", 100, 1]];
    expect(answers(resting, more).said).toEqual(["1 new at 5", "1 filled 100 maker at 20"]);
  });

  test("fills completely at its own price by a print below it", () => {
    const { said, exchange } = answers(resting, [[10, "sell", 99, 1]]);
    expect(said.at(-1)).toBe("1 filled 100 maker at 10");
    expect(exchange.account.positionLots).toBe(10);
    expect(exchange.account.cashTickLots).toBe(-1_000);
  });

  test("is untouched by prints above it and by any buyer", () => {
    const rows: FeedLine[] = [
      [10, "sell", 101, 99],
      [11, "buy", 100, 99],
      [12, "buy", 99, 99],
    ];
    expect(answers(resting, rows).said).toEqual(["1 new at 5"]);
  });

  test("fills completely when a new best ask touches it, whatever size came", () => {
    const rows: FeedLine[] = [[10, "ask", 100, 1]];
    expect(answers(resting, rows).said.at(-1)).toBe("1 filled 100 maker at 10");
  });

  test("moves its place before a touch is judged", () => {
    const rows: FeedLine[] = [
      [10, "bid", 100, 3],
      [11, "sell", 100, 4],
    ];
    expect(answers(resting, rows).said.at(-1)).toBe("1 filled 100 maker at 11");
  });

  test("takes the whole print although another own order took it too", () => {
    const two = [orderSpec({ id: 1 }), orderSpec({ id: 2 })];
    const { said } = answers(two, [[10, "sell", 100, 51]]);
    expect(said.slice(2)).toEqual(["1 filled 100 maker at 10", "2 filled 100 maker at 10"]);
  });
});

describe("a resting sell", () => {
  const resting = [orderSpec({ side: "ask", tick: 101 })];

  test("mirrors the buy's rules", () => {
    const reached: FeedLine[] = [[10, "buy", 101, 51]];
    const through: FeedLine[] = [[10, "buy", 102, 1]];
    const touched: FeedLine[] = [[10, "bid", 101, 1]];
    for (const rows of [reached, through, touched]) {
      expect(answers(resting, rows).said.at(-1)).toBe("1 filled 101 maker at 10");
    }
    const below: FeedLine[] = [
      [10, "buy", 100, 99],
      [11, "sell", 101, 99],
    ];
    expect(answers(resting, below).said).toEqual(["1 new at 5"]);
  });
});

describe("an arriving order", () => {
  test.each([
    ["post-only buy at the best ask", { tick: 101 }, "expired"],
    ["post-only sell at the best bid", { side: "ask", tick: 100 }, "expired"],
    ["post-only buy below the best ask", { tick: 100 }, "new"],
    [
      "good-till-cancelled buy above the ask",
      { timeInForce: "GTC", tick: 105 },
      "filled 101 taker",
    ],
    ["crossing immediate-or-cancel", { timeInForce: "IOC", tick: 101 }, "filled 101 taker"],
    ["immediate-or-cancel that does not cross", { timeInForce: "IOC" }, "expired"],
    [
      "fill-or-kill beyond the size shown",
      { timeInForce: "FOK", tick: 101, lots: 99 },
      "filled 101 taker",
    ],
    ["fill-or-kill that does not cross", { timeInForce: "FOK" }, "expired"],
    ["market sell", { side: "ask", kind: "market", timeInForce: "GTC" }, "filled 100 taker"],
  ] as const)("that is a %s becomes %s", (_name, change, outcome) => {
    expect(answers([orderSpec(change)], []).said).toEqual([`1 ${outcome} at 5`]);
  });

  test("takes the same displayed lots as often as it likes", () => {
    const takers = [1, 2].map((id) => orderSpec({ id, timeInForce: "GTC", tick: 101, lots: 50 }));
    expect(answers(takers, []).exchange.account.positionLots).toBe(100);
  });

  test("rests on an empty book, and expires there when it is a market order", () => {
    expect(answers([orderSpec()], [], []).said).toEqual(["1 new at 5"]);
    const market = orderSpec({ kind: "market", timeInForce: "GTC" });
    expect(answers([market], [], []).said).toEqual(["1 expired at 5"]);
  });
});

describe("a cancel or modify", () => {
  function ask(request: "cancel" | "modify", to: { tick: number; lots: number }, held = true) {
    const { exchange, said } = answers(held ? [orderSpec()] : [], []);
    const order = { ...orderOf(orderSpec(), 7), ...to, leaves: 10, request };
    exchange.receive(order, 20);
    return { exchange, said, last: said.at(-1) };
  }
  const same = { tick: 100, lots: 10 };

  test("is rejected for an order the exchange does not hold", () => {
    expect(ask("cancel", same, false).last).toBe("1 rejected at 20");
    expect(ask("modify", same, false).last).toBe("1 rejected at 20");
  });

  test("cancels once", () => {
    const { exchange, last, said } = ask("cancel", same);
    expect(last).toBe("1 canceled at 20");
    exchange.receive({ ...orderOf(orderSpec(), 8), request: "cancel" }, 30);
    expect(said.at(-1)).toBe("1 rejected at 30");
  });

  test("keeps the place when it only shrinks", () => {
    const rows: FeedLine[] = [
      [10, "bid", 100, 80],
      [40, "sell", 100, 51],
    ];
    const said = modifyBetween(rows, { tick: 100, lots: 4 });
    expect(said).toEqual(["new 10", "new 4", "filled 0"]);
  });

  test("goes to the back when it grows, and goes on with the leaves it had", () => {
    const rows: FeedLine[] = [
      [10, "bid", 100, 80],
      [40, "sell", 100, 51],
      [41, "sell", 100, 30],
    ];
    expect(modifyBetween(rows.slice(0, 2), { tick: 100, lots: 11 })).toEqual(["new 10", "new 10"]);
    expect(modifyBetween(rows, { tick: 100, lots: 11 }).at(-1)).toBe("filled 0");
  });

  test("expires a post-only order that is moved across", () => {
    expect(modifyBetween([], { tick: 101, lots: 10 })).toEqual(["new 10", "expired 10"]);
  });

  /** Accepted at 5 ns, modified at 20 ns, rows around it; status and leaves of each answer. */
  function modifyBetween(later: readonly FeedLine[], to: { tick: number; lots: number }): string[] {
    const said: string[] = [];
    const exchange = new ExchangeSide(
      feedOf([...TOUCH, ...later]),
      queueModelOf({ kind: "risk-averse" }),
      MONEY,
      ({ status, leaves }) => said.push(`${status} ${leaves}`),
    );
    exchange.runRows(5);
    exchange.receive(orderOf(orderSpec(), 1), 5);
    exchange.runRows(20);
    exchange.receive({ ...orderOf(orderSpec(), 7), ...to, request: "modify" }, 20);
    exchange.runRows(Number.POSITIVE_INFINITY);
    return said;
  }
});
