// Averages worked out by hand: simple, exponential, Wilder's, and MACD, which is made of them.

import { expect, test } from "vitest";
import { Ema } from "../../../src/indicators/ema.ts";
import type { Indicator } from "../../../src/indicators/indicator.ts";
import { Macd } from "../../../src/indicators/macd.ts";
import { Sma } from "../../../src/indicators/sma.ts";
import { WilderAverage } from "../../../src/indicators/wilder-average.ts";

const fed = (indicator: Indicator<number, number>, values: readonly number[]) =>
  values.map((value) => indicator.update(value));

test("a simple average is the mean of the last three, once there are three", () => {
  const values = fed(new Sma(3), [1, 2, 6, 1, 8, 0]);
  expect(values).toEqual([undefined, undefined, 3, 3, 5, 3]);
});

test("a simple average forgets an outlier the moment it leaves the window", () => {
  expect(fed(new Sma(2), [1e17, 1, 1, 3]).slice(2)).toEqual([1, 2]);
});

test("an exponential average starts at the mean of its first n and moves 2 / (n + 1) of the way", () => {
  // n = 3: half of the way each time.
  expect(fed(new Ema(3), [1, 2, 6, 5, 0, 2])).toEqual([undefined, undefined, 3, 4, 2, 2]);
});

test("Wilder's average starts at the mean of its first n and moves 1 / n of the way", () => {
  expect(fed(new WilderAverage(4), [4, 8, 0, 4, 8, 1])).toEqual([
    ...[undefined, undefined, undefined],
    ...[4, 5, 4],
  ]);
});

test.each([
  ["sma", new Sma(7)],
  ["ema", new Ema(7)],
  ["wilder-average", new WilderAverage(7)],
] as const)("%s of a market that stands still is its price in ticks, exactly", (_, average) => {
  const values = fed(
    average,
    Array.from({ length: 1_000 }, () => 1_234_567),
  );
  expect(new Set(values.slice(6))).toEqual(new Set([1_234_567]));
});

test("of one bar, an average is that bar", () => {
  expect(fed(new Sma(1), [3, 5])).toEqual([3, 5]);
  expect(fed(new Ema(1), [3, 5])).toEqual([3, 5]);
});

test("MACD is the fast average less the slow one, and speaks once the signal can", () => {
  // fast (1): the close. slow (3): mean of the first three, then half way. signal (3): the same of the line.
  const macd = new Macd({ fast: 1, slow: 3, signal: 3 });
  expect(macd.warmupBars).toBe(5);
  // slow: -, -, 3, 4, 6, 2; line: -, -, 3, 1, 2, -4; signal: mean(3, 1, 2) = 2, then (2 - 4) / 2 = -1.
  const readings = [1, 2, 6, 5, 8, -2].map((close) => ({ ...macd.update(close) }));
  expect(readings.slice(0, 4)).toEqual([{}, {}, {}, {}]);
  expect(readings.slice(4)).toEqual([
    { line: 2, signal: 2, histogram: 0 },
    { line: -4, signal: -1, histogram: -3 },
  ]);
});

test("MACD of a market that stands still is 0 in all its parts, from the first bar on", () => {
  const macd = new Macd({ fast: 12, slow: 26, signal: 9 });
  for (let bar = 1; bar <= 100; bar += 1) {
    const expected = bar < 34 ? undefined : { line: 0, signal: 0, histogram: 0 };
    expect(macd.update(99_999)).toEqual(expected);
  }
});

test("a reading is one object, written over by the next update", () => {
  const macd = new Macd({ fast: 1, slow: 2, signal: 1 });
  macd.update(1);
  const first = macd.update(3);
  expect(first?.line).toBe(1);
  expect(macd.update(30)).toBe(first);
  expect(macd.value).toBe(first);
  expect(first?.line).not.toBe(1);
});
