// MACD worked out by hand, and where the market stands still.

import { expect, test } from "vitest";
import { Macd } from "../../../src/indicators/macd.ts";

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
