// ATR by hand, and in a market without any range.

import { expect, test } from "vitest";
import { Atr } from "../../../src/indicators/atr.ts";
import type { PriceBar } from "../../../src/indicators/indicator.ts";

const bar = (low: number, high: number, close: number): PriceBar => ({ low, high, close });

/** True ranges: none, 4 inside, 7 with a gap up, 9 with a gap down, 0. */
const gaps = [bar(10, 12, 11), bar(9, 13, 12), bar(15, 19, 16), bar(7, 9, 8), bar(8, 8, 8)];

test("ATR is Wilder's average of it, from bar n + 1", () => {
  const atr = new Atr(2);
  expect(gaps.map((one) => atr.update(one))).toEqual([undefined, undefined, 5.5, 7.25, 3.625]);
});

test("a market without any range has ATR 0, and one that moves again has it back", () => {
  const atr = new Atr(14);
  for (let at = 0; at < 100; at += 1) atr.update(bar(500, 500, 500));
  expect(atr.value).toBe(0);
  expect(atr.update(bar(500, 514, 500))).toBe(1);
});
