// RSI by hand, and where its ratio would be 0 / 0.

import { expect, test } from "vitest";
import { Rsi } from "../../../src/indicators/rsi.ts";

const fed = (rsi: Rsi, closes: readonly number[]) => closes.map((close) => rsi.update(close));

test("it is the rises' share of all averaged movement, from bar n + 1", () => {
  // Changes +3, −1: gain 1.5, loss 0.5. Then +0: 0.75, 0.25. Then −1: 0.375, 0.625.
  const values = fed(new Rsi(2), [10, 13, 12, 12, 11]);
  expect(values).toEqual([undefined, undefined, 75, 75, 37.5]);
});

test("only rises are 100, only falls are 0", () => {
  expect(fed(new Rsi(3), [1, 2, 4, 8, 9]).slice(3)).toEqual([100, 100]);
  expect(fed(new Rsi(3), [9, 8, 4, 2, 1]).slice(3)).toEqual([0, 0]);
});

test("a market that never moved is 50: neither side was stronger", () => {
  expect(fed(new Rsi(3), [7, 7, 7, 7, 7, 7]).slice(3)).toEqual([50, 50, 50]);
});

test("a market that stopped moving keeps its last word until the averages are no movement any more", () => {
  const rsi = new Rsi(14);
  for (let bar = 0; bar < 100; bar += 1) rsi.update(1_000 + 3 * bar);
  for (let bar = 0; bar < 1_000; bar += 1) expect(rsi.update(1_297)).toBe(100);
  for (let bar = 0; bar < 100_000; bar += 1) rsi.update(1_297);
  expect(rsi.value).toBe(50);
  expect(rsi.update(1_298)).toBe(100);
});
