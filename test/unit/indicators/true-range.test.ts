// True range by hand.

import { expect, test } from "vitest";
import type { PriceBar } from "../../../src/indicators/indicator.ts";
import { TrueRange } from "../../../src/indicators/true-range.ts";

const bar = (low: number, high: number, close: number): PriceBar => ({ low, high, close });

/** True ranges: none, 4 inside, 7 with a gap up, 9 with a gap down, 0. */
const gaps = [bar(10, 12, 11), bar(9, 13, 12), bar(15, 19, 16), bar(7, 9, 8), bar(8, 8, 8)];

test("the true range counts the gap from the close before, and needs that close", () => {
  const range = new TrueRange();
  expect(gaps.map((one) => range.update(one))).toEqual([undefined, 4, 7, 9, 0]);
});
