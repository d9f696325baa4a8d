import { describe, expect, test } from "vitest";
import { SyntheticBookSide } from "../../../../sim/market/synthetic-book.ts";

const pricesOf = (side: SyntheticBookSide) =>
  Array.from({ length: side.levels }, (_, index) => side.price(index));

describe("a side of the synthetic book", () => {
  test.each([
    ["bid" as const, [12, 10, 7]],
    ["ask" as const, [7, 10, 12]],
  ])("keeps the %s's levels best first", (name, expected) => {
    const side = new SyntheticBookSide(name);
    for (const price of [10, 7, 12]) side.add(price, 5);
    expect(pricesOf(side)).toEqual(expected);
  });

  test("adds up the lots of one price", () => {
    const side = new SyntheticBookSide("bid");
    side.add(10, 5);
    side.add(10, 7);
    expect(side.levels).toBe(1);
    expect(side.lotsAt(10)).toBe(12);
    expect(side.lotsAt(9)).toBe(0);
  });

  test("forgets a level whose last lot has gone, and refuses to give more than there is", () => {
    const side = new SyntheticBookSide("ask");
    side.add(10, 5);
    side.add(11, 5);
    side.remove(0, 3);
    expect(side.lotsAt(10)).toBe(2);
    side.remove(0, 2);
    expect(pricesOf(side)).toEqual([11]);
    expect(() => side.remove(0, 6)).toThrow("no more leaves a level");
  });
});
