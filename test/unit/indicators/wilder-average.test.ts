// Wilder's smoothing worked out by hand.

import { expect, test } from "vitest";
import { WilderAverage } from "../../../src/indicators/wilder-average.ts";

const fed = (average: WilderAverage, values: readonly number[]) =>
  values.map((value) => average.update(value));

test("Wilder's average starts at the mean of its first n and moves 1 / n of the way", () => {
  expect(fed(new WilderAverage(4), [4, 8, 0, 4, 8, 1])).toEqual([
    ...[undefined, undefined, undefined],
    ...[4, 5, 4],
  ]);
});

test("of a market that stands still it is its price in ticks, exactly", () => {
  const average = new WilderAverage(7);
  for (let bar = 1; bar <= 1_000; bar += 1) {
    expect(average.update(1_234_567)).toBe(bar < 7 ? undefined : 1_234_567);
  }
});

test("of one bar it is that bar", () => {
  expect(fed(new WilderAverage(1), [3, 5])).toEqual([3, 5]);
});
