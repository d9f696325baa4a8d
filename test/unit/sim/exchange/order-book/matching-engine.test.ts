// The edge cases of the public workload's conformance gate, one promise a test, and the engine's own refusals.

import { describe, expect, test } from "vitest";
import { MatchingEngine } from "../../../../../sim/exchange/order-book/matching-engine.ts";

const BUY = 0;
const SELL = 1;

function newEngine(): MatchingEngine {
  return new MatchingEngine({ priceMin: 1, priceMax: 1_000, idMax: 20_000 });
}

/** The lines reported while `act` ran. */
function reported(engine: MatchingEngine, act: () => void): string[] {
  const before = engine.reports.count;
  act();
  const lines: string[] = [];
  for (let i = before; i < engine.reports.count; i += 1) lines.push(engine.reports.line(i));
  return lines;
}

/** Trades as [price, quantity, maker, taker]. */
function trades(engine: MatchingEngine, act: () => void): number[][] {
  return reported(engine, act)
    .filter((line) => line.startsWith("1,"))
    .map((line) => line.split(",").slice(2).map(Number));
}

function ids(engine: MatchingEngine, side: 0 | 1): number[] {
  return engine.resting(side).map((order) => order.id);
}

/** A queue of five buys of 10 at 100, ids 1 … 5. */
function fiveAtOnePrice(): MatchingEngine {
  const engine = newEngine();
  for (let id = 1; id <= 5; id += 1) engine.place(BUY, id, 100, 10, false);
  return engine;
}

describe("cancel", () => {
  test.each([
    { where: "head", id: 1, kept: [2, 3, 4, 5] },
    { where: "middle", id: 3, kept: [1, 2, 4, 5] },
    { where: "tail", id: 5, kept: [1, 2, 3, 4] },
  ])("of the $where of a queue loses nobody", ({ id, kept }) => {
    const engine = fiveAtOnePrice();
    engine.cancel(id);
    expect(ids(engine, BUY)).toEqual(kept);
    expect(trades(engine, () => engine.place(SELL, 9, 100, 40, false))).toEqual(
      kept.map((maker) => [100, 10, maker, 9]),
    );
    expect(engine.best(SELL)).toBeUndefined();
  });

  test("of head, then of the new head, then of the tail keeps the rest in order", () => {
    const engine = fiveAtOnePrice();
    for (const id of [1, 2, 5]) engine.cancel(id);
    expect(ids(engine, BUY)).toEqual([3, 4]);
  });

  test("of the only order at the best price leaves no phantom best", () => {
    const engine = newEngine();
    engine.place(BUY, 1, 101, 10, false);
    engine.place(BUY, 2, 99, 10, false);
    engine.cancel(1);
    expect(engine.best(BUY)).toBe(99);
    expect(trades(engine, () => engine.place(SELL, 3, 101, 5, true))).toEqual([]);
    expect(trades(engine, () => engine.place(SELL, 4, 99, 5, true))).toEqual([[99, 5, 2, 4]]);
  });

  test("of the last order empties the side", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 101, 10, false);
    engine.cancel(1);
    expect(engine.best(SELL)).toBeUndefined();
    expect(trades(engine, () => engine.place(BUY, 2, 1_000, 5, false))).toEqual([]);
  });

  test("of a partially filled order is accepted and takes away what was left", () => {
    const engine = newEngine();
    engine.place(BUY, 1, 100, 10, false);
    engine.place(SELL, 2, 100, 4, false);
    expect(engine.resting(BUY)).toEqual([{ id: 1, price: 100, quantity: 6 }]);
    expect(reported(engine, () => engine.cancel(1))).toEqual(["2,2,0,1,100"]);
    expect(engine.best(BUY)).toBeUndefined();
  });

  test("is refused for an unknown, a filled and an already cancelled order", () => {
    const engine = newEngine();
    expect(reported(engine, () => engine.cancel(7))).toEqual(["4,0,7"]);
    engine.place(BUY, 1, 100, 10, false);
    engine.place(SELL, 2, 100, 10, false);
    expect(reported(engine, () => engine.cancel(1))).toEqual(["4,3,1"]);
    engine.place(BUY, 3, 100, 10, false);
    engine.cancel(3);
    expect(reported(engine, () => engine.cancel(3))).toEqual(["4,6,3"]);
  });

  test("names the price at which a modified order rests", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 105, 10, false);
    engine.modify(1, 107, 10);
    expect(reported(engine, () => engine.cancel(1))).toEqual(["2,2,1,1,107"]);
  });
});

describe("matching", () => {
  test("fills exactly through several levels", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 101, 10, false);
    engine.place(SELL, 2, 102, 20, false);
    engine.place(SELL, 3, 103, 30, false);
    expect(trades(engine, () => engine.place(BUY, 4, 103, 60, false))).toEqual([
      [101, 10, 1, 4],
      [102, 20, 2, 4],
      [103, 30, 3, 4],
    ]);
    expect(engine.best(SELL)).toBeUndefined();
    expect(engine.best(BUY)).toBeUndefined();
  });

  test("lets the residual of a marketable order become the touch", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 101, 10, false);
    engine.place(BUY, 2, 102, 25, false);
    expect(engine.best(SELL)).toBeUndefined();
    expect(engine.resting(BUY)).toEqual([{ id: 2, price: 102, quantity: 15 }]);
  });

  test("stops a marketable limit at its price", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 101, 10, false);
    engine.place(SELL, 2, 103, 10, false);
    expect(trades(engine, () => engine.place(BUY, 3, 102, 30, false))).toEqual([[101, 10, 1, 3]]);
    expect(engine.best(SELL)).toBe(103);
    expect(engine.best(BUY)).toBe(102);
  });

  test("trades at the maker's price on both sides", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 101, 10, false);
    expect(trades(engine, () => engine.place(BUY, 2, 110, 10, false))).toEqual([[101, 10, 1, 2]]);
    engine.place(BUY, 3, 99, 10, false);
    expect(trades(engine, () => engine.place(SELL, 4, 90, 10, false))).toEqual([[99, 10, 3, 4]]);
  });

  test("never rests the remainder of an immediate order", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 101, 10, false);
    expect(reported(engine, () => engine.place(BUY, 2, 101, 25, true))).toEqual([
      "0,1,0,2,101,25",
      "1,1,101,10,1,2",
      "2,1,0,2,101",
    ]);
    expect(engine.best(BUY)).toBeUndefined();
    expect(reported(engine, () => engine.cancel(2))).toEqual(["4,2,2"]);
  });

  test("cancels nothing of an immediate order that fills whole", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 101, 10, false);
    const lines = reported(engine, () => engine.place(BUY, 2, 101, 10, true));
    expect(lines).toEqual(["0,1,0,2,101,10", "1,1,101,10,1,2"]);
  });

  test("keeps a maker's place between takers", () => {
    const engine = newEngine();
    engine.place(BUY, 1, 100, 10, false);
    engine.place(BUY, 2, 100, 10, false);
    const sell = (id: number, lots: number) =>
      trades(engine, () => engine.place(SELL, id, 100, lots, true));
    expect(sell(3, 4)).toEqual([[100, 4, 1, 3]]);
    expect(sell(4, 4)).toEqual([[100, 4, 1, 4]]);
    expect(sell(5, 4)).toEqual([
      [100, 2, 1, 5],
      [100, 2, 2, 5],
    ]);
  });

  test("fills 5,000 orders at one price in their order of arrival", () => {
    const engine = newEngine();
    for (let id = 1; id <= 5_000; id += 1) engine.place(SELL, id, 500, 1, false);
    const done = trades(engine, () => engine.place(BUY, 6_000, 500, 5_000, false));
    expect(done.map((trade) => trade[2])).toEqual(Array.from({ length: 5_000 }, (_, i) => i + 1));
    expect(engine.best(SELL)).toBeUndefined();
  });

  test("crosses a gap as wide as the book", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 1_000, 5, false);
    engine.place(BUY, 2, 1, 5, false);
    expect(engine.best(SELL)).toBe(1_000);
    expect(trades(engine, () => engine.place(BUY, 3, 1_000, 5, false))).toEqual([[1_000, 5, 1, 3]]);
    expect(trades(engine, () => engine.place(SELL, 4, 1, 5, false))).toEqual([[1, 5, 2, 4]]);
  });
});

describe("modify", () => {
  test("into a cross trades at the maker's price, for a buy and for a sell", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 105, 10, false);
    engine.place(BUY, 2, 100, 10, false);
    expect(reported(engine, () => engine.modify(2, 107, 4))).toEqual([
      "1,2,105,4,1,2",
      "3,2,0,2,107,4",
    ]);
    engine.place(BUY, 3, 103, 10, false);
    expect(trades(engine, () => engine.modify(1, 101, 10))).toEqual([[103, 10, 3, 1]]);
  });

  test("of one of two orders at a price keeps the other", () => {
    const engine = newEngine();
    engine.place(BUY, 1, 100, 10, false);
    engine.place(BUY, 2, 100, 10, false);
    engine.modify(1, 99, 10);
    expect(engine.resting(BUY)).toEqual([
      { id: 2, price: 100, quantity: 10 },
      { id: 1, price: 99, quantity: 10 },
    ]);
  });

  test("sends an order to the back of its own price", () => {
    const engine = fiveAtOnePrice();
    engine.modify(2, 100, 10);
    expect(ids(engine, BUY)).toEqual([1, 3, 4, 5, 2]);
  });

  test("rests what a cross left over, at the new price", () => {
    const engine = newEngine();
    engine.place(SELL, 1, 105, 3, false);
    engine.place(BUY, 2, 100, 10, false);
    engine.modify(2, 106, 10);
    expect(engine.resting(BUY)).toEqual([{ id: 2, price: 106, quantity: 7 }]);
    expect(engine.best(SELL)).toBeUndefined();
  });

  test("is refused for an unknown, a filled and a cancelled order", () => {
    const engine = newEngine();
    expect(reported(engine, () => engine.modify(7, 100, 1))).toEqual(["5,0,7"]);
    engine.place(BUY, 1, 100, 10, false);
    engine.place(SELL, 2, 100, 10, true);
    expect(reported(engine, () => engine.modify(1, 100, 1))).toEqual(["5,3,1"]);
    engine.place(BUY, 3, 100, 10, false);
    engine.cancel(3);
    expect(reported(engine, () => engine.modify(3, 100, 1))).toEqual(["5,6,3"]);
  });

  test("keeps a partially filled order cancellable", () => {
    const engine = newEngine();
    engine.place(BUY, 1, 100, 10, false);
    engine.place(SELL, 2, 100, 4, true);
    engine.modify(1, 101, 8);
    engine.place(SELL, 3, 101, 3, true);
    expect(engine.resting(BUY)).toEqual([{ id: 1, price: 101, quantity: 5 }]);
    engine.cancel(1);
    expect(engine.best(BUY)).toBeUndefined();
  });
});

describe("ids", () => {
  test("may be used again after a cancel and after a fill", () => {
    const engine = newEngine();
    engine.place(BUY, 1, 100, 10, false);
    engine.cancel(1);
    engine.place(SELL, 1, 105, 10, false);
    engine.place(BUY, 2, 105, 10, false);
    engine.place(BUY, 1, 99, 3, false);
    expect(engine.resting(BUY)).toEqual([{ id: 1, price: 99, quantity: 3 }]);
    expect(engine.best(SELL)).toBeUndefined();
  });

  test("of a resting order are not taken twice", () => {
    const engine = newEngine();
    engine.place(BUY, 1, 100, 10, false);
    expect(() => engine.place(BUY, 1, 101, 10, false)).toThrow(/does not rest/);
  });
});

test("refuses a price and an id outside its range", () => {
  const engine = newEngine();
  expect(() => engine.place(BUY, 1, 1_001, 10, false)).toThrow(/price lies/);
  expect(() => engine.place(BUY, 20_001, 100, 10, false)).toThrow(/id lies/);
  expect(() => engine.place(BUY, 0, 100, 10, false)).toThrow(/id lies/);
});

test("refuses to cancel or modify an id outside its range", () => {
  const engine = newEngine();
  expect(reported(engine, () => engine.cancel(30_000))).toEqual(["4,0,30000"]);
  expect(reported(engine, () => engine.modify(0, 100, 1))).toEqual(["5,1,0"]);
});

test("makes room for as many orders as rest, and uses it again", () => {
  const engine = newEngine();
  for (const round of [1, 2]) {
    for (let id = 1; id <= 20_000; id += 1) engine.place(BUY, id, (id % 900) + 1, round, false);
    const resting = engine.resting(BUY);
    expect(resting).toHaveLength(20_000);
    expect(new Set(resting.map((order) => order.id)).size).toBe(20_000);
    expect(resting.slice(0, 3).map((order) => order.id)).toEqual([899, 1_799, 2_699]);
    for (let id = 20_000; id >= 1; id -= 1) engine.cancel(id);
    expect(engine.best(BUY)).toBeUndefined();
  }
});

test("is as new after a reset", () => {
  const engine = fiveAtOnePrice();
  engine.cancel(3);
  engine.reset();
  expect(engine.best(BUY)).toBeUndefined();
  expect(reported(engine, () => engine.place(SELL, 1, 100, 5, false))).toEqual(["0,0,1,1,100,5"]);
});
