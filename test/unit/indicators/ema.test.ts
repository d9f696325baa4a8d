// Exponential averages worked out by hand.

import { expect, test } from "vitest";
import { Ema } from "../../../src/indicators/ema.ts";

const fed = (average: Ema, values: readonly number[]) =>
  values.map((value) => average.update(value));

test("an exponential average starts at the mean of its first n and moves 2 / (n + 1) of the way", () => {
  // n = 3: half of the way each time.
  expect(fed(new Ema(3), [1, 2, 6, 5, 0, 2])).toEqual([undefined, undefined, 3, 4, 2, 2]);
});

test("of a market that stands still it is its price in ticks, exactly", () => {
  const average = new Ema(7);
  for (let bar = 1; bar <= 1_000; bar += 1) {
    expect(average.update(1_234_567)).toBe(bar < 7 ? undefined : 1_234_567);
  }
});

test("of one bar it is that bar", () => {
  expect(fed(new Ema(1), [3, 5])).toEqual([3, 5]);
});
