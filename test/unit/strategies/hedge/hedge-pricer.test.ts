// The price ladder of a hedge; the figures are those of the incident catalogue, M06: 100.0 / 100.5, tick 0.1.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  breakEvenPrice,
  hedgePrice,
  marketLimit,
} from "../../../../strategies/hedge/hedge-pricer.ts";

const book = { bid: 1000, ask: 1005, insideRetries: 2, breakEven: undefined };

test.each([
  ["bid", 0, undefined, 1004, "inside-spread"],
  ["ask", 0, undefined, 1001, "inside-spread"],
  ["bid", 2, undefined, 1005, "touch"],
  ["ask", 2, undefined, 1000, "touch"],
  ["bid", 5, 1002, 1002, "break-even"],
  ["bid", 0, 1010, 1005, "break-even"],
  ["bid", 0, 1000, 1004, "inside-spread"],
  ["ask", 0, 1003, 1003, "break-even"],
  ["ask", 0, 990, 1000, "break-even"],
  ["ask", 0, 1005, 1001, "inside-spread"],
] as const)(
  "a %s at attempt %i with break-even %s stands at %i: %s",
  (side, attempt, breakEven, price, rung) => {
    expect(hedgePrice({ ...book, side, attempt, breakEven })).toEqual({ price, rung });
  },
);

test("takes the touch where no price is left inside the spread, or none is there", () => {
  expect(hedgePrice({ ...book, ask: 1001, side: "bid", attempt: 0 }).rung).toBe("touch");
  expect(hedgePrice({ ...book, bid: 1005, side: "bid", attempt: 0 }).rung).toBe("touch");
});

test("never goes through the touch, nor behind its own side", () => {
  const price = fc.integer({ min: 1, max: 2000 });
  fc.assert(
    fc.property(price, price, fc.nat(9), fc.option(price), (bid, width, attempt, breakEven) => {
      for (const side of ["bid", "ask"] as const) {
        const ask = bid + width;
        const input = { side, bid, ask, attempt, insideRetries: 3 };
        const found = hedgePrice({ ...input, breakEven: breakEven ?? undefined });
        if (side === "bid") expect(found.price > bid && found.price <= ask).toBe(true);
        else expect(found.price < ask && found.price >= bid).toBe(true);
      }
    }),
    { seed: 11, numRuns: 500 },
  );
});

test("rounds break-even so that it never loses, and a market limit away from us", () => {
  expect(breakEvenPrice("bid", 1001, [1, 2])).toBe(500);
  expect(breakEvenPrice("ask", 1001, [1, 2])).toBe(501);
  expect(breakEvenPrice("bid", 9e15, [10, 1])).toBeUndefined();
  expect(marketLimit("bid", 19_010, 20)).toBe(19_049);
  expect(marketLimit("ask", 19_000, 20)).toBe(18_962);
  expect(marketLimit("ask", 1, 9999)).toBe(1);
});
