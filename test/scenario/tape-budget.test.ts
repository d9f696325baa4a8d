// The second reading of a tape: it accepts what came, and speaks when a fill got more than that.

import { describe, expect, test } from "vitest";
import type { OrderFilled } from "../../src/domain/event.ts";
import { orderTapeOf } from "../support/order-tapes.ts";
import type { BudgetRule } from "../support/tape-budget.ts";
import { fillsBeyondLevels, fillsBeyondOrders } from "../support/tape-budget.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

type Fill = readonly [at: number, "bid" | "ask", lots: number, price: number, "taker"?];

function fills(...told: readonly Fill[]): readonly OrderFilled[] {
  return told.map(([venueAt, side, size, price, liquidity = "maker"]) => {
    return { kind: "OrderFilled", venueAt, side, size, price, liquidity } as unknown as OrderFilled;
  });
}

const tape = () =>
  new TapeBuilder()
    .snapshot(1000, ["bid", 100, 10], ["bid", 99, 20], ["ask", 102, 8], ["ask", 103, 20])
    .print(2000, "ask", 100, 5)
    .print(2000, "ask", 99, 3)
    .print(3000, "bid", 103, 4)
    .print(4000, undefined, 101, 6)
    .depth(5000, ["ask", 100, 7], ["bid", 100, 0])
    .depth(6000, ["ask", 100, 9])
    .build(2);

const beyond = (rule: BudgetRule, ...told: readonly Fill[]) =>
  fillsBeyondLevels(tape(), fills(...told), rule).length;

describe("fills against a level tape", () => {
  test("fit when no more filled than was printed at or through them", () => {
    expect(beyond("queue", [2000, "bid", 3, 99], [2000, "bid", 5, 100])).toBe(0);
    expect(beyond("queue", [3000, "ask", 4, 102])).toBe(0);
  });

  test.each<readonly [string, BudgetRule, readonly Fill[]]>([
    ["more than the prints together", "queue", [[2000, "bid", 9, 100]]],
    [
      "two orders more than the prints together",
      "queue",
      [
        [2000, "bid", 2, 100],
        [2000, "bid", 7, 100],
      ],
    ],
    ["more at a price than reached that price", "queue", [[2000, "bid", 4, 99]]],
    ["a bid by a buyer's print", "queue", [[3000, "bid", 1, 103]]],
    ["an ask beyond the print", "queue", [[3000, "ask", 1, 104]]],
    ["at a time without any print", "queue", [[2500, "bid", 1, 100]]],
    ["after the tape's end", "queue", [[9000, "bid", 1, 100]]],
    ["at the print's own price, held to trade-through", "strict", [[2000, "bid", 4, 100]]],
    ["where nothing reached, even optimistically", "touched", [[3000, "ask", 1, 104]]],
  ])("do not fit: %s", (_, rule, told) => {
    expect(beyond(rule, ...told)).toBe(1);
  });

  test("a print whose taker is not told may have reached either side", () => {
    expect(beyond("queue", [4000, "bid", 6, 101])).toBe(0);
    expect(beyond("queue", [4000, "ask", 6, 101])).toBe(0);
    expect(beyond("queue", [4000, "ask", 7, 101])).toBe(1);
  });

  test("the other side's display that came to our price is supply too, but not to trade-through", () => {
    expect(beyond("queue", [5000, "bid", 7, 100])).toBe(0);
    expect(beyond("queue", [5000, "bid", 8, 100])).toBe(1);
    expect(beyond("strict", [5000, "bid", 1, 100])).toBe(1);
    expect(beyond("touched", [5000, "bid", 800, 100])).toBe(0);
  });

  test("a taker gets what is displayed once, until the feed speaks of the level", () => {
    const first: Fill = [5100, "bid", 7, 100, "taker"];
    expect(beyond("queue", first)).toBe(0);
    expect(beyond("queue", first, [5200, "bid", 1, 100, "taker"])).toBe(1);
    expect(beyond("queue", first, [6100, "bid", 9, 100, "taker"])).toBe(0);
    expect(beyond("queue", [5100, "ask", 1, 100, "taker"])).toBe(1);
  });
});

describe("fills against an order tape", () => {
  const orders = () =>
    orderTapeOf([
      { at: 1000, what: "add", side: "bid", ref: 1, price: 100, lots: 10 },
      { at: 2000, what: "execute", side: "bid", ref: 1, price: 100, lots: 4 },
      { at: 3000, what: "hidden", side: "ask", price: 102, lots: 2 },
      { at: 4000, what: "add", side: "ask", ref: 2, price: 101, lots: 3 },
      { at: 5000, what: "reduce", side: "bid", ref: 1, price: 100, lots: 1 },
    ]);

  test.each<readonly [string, Fill, number]>([
    ["up to what was executed", [2000, "bid", 4, 100], 0],
    ["more than was executed", [2000, "bid", 5, 100], 1],
    ["at a price the execution did not reach", [2000, "bid", 1, 99], 1],
    ["up to a hidden execution", [3000, "ask", 2, 101], 0],
    ["by an execution of the other side", [3000, "bid", 1, 103], 1],
    ["up to an order that came to our price", [4000, "bid", 3, 101], 0],
    ["more than that order brought", [4000, "bid", 4, 101], 1],
    ["by a cancel", [5000, "bid", 1, 100], 1],
  ])("%s", (_, fill, count) => {
    expect(fillsBeyondOrders(orders(), fills(fill))).toHaveLength(count);
  });
});
