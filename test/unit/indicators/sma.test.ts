// Simple averages worked out by hand.

import { expect, test } from "vitest";
import { Sma } from "../../../src/indicators/sma.ts";

const fed = (average: Sma, values: readonly number[]) =>
  values.map((value) => average.update(value));

test("a simple average is the mean of the last three, once there are three", () => {
  const values = fed(new Sma(3), [1, 2, 6, 1, 8, 0]);
  expect(values).toEqual([undefined, undefined, 3, 3, 5, 3]);
});

test("a simple average forgets an outlier the moment it leaves the window", () => {
  expect(fed(new Sma(2), [1e17, 1, 1, 3]).slice(2)).toEqual([1, 2]);
});

test("of a market that stands still it is its price in ticks, exactly", () => {
  const average = new Sma(7);
  for (let bar = 1; bar <= 1_000; bar += 1) {
    expect(average.update(1_234_567)).toBe(bar < 7 ? undefined : 1_234_567);
  }
});

test("of one bar it is that bar", () => {
  expect(fed(new Sma(1), [3, 5])).toEqual([3, 5]);
});
