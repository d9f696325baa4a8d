// ADX by hand, and in markets without any range.

import { describe, expect, test } from "vitest";
import { Adx } from "../../../src/indicators/adx.ts";
import type { PriceBar } from "../../../src/indicators/indicator.ts";

const bar = (low: number, high: number, close: number): PriceBar => ({ low, high, close });
const still = bar(500, 500, 500);

test("ADX of a market that only rises is 100, from bar 2n", () => {
  const adx = new Adx(5);
  const values = Array.from({ length: 20 }, (_, at) => adx.update(bar(at, at + 2, at + 1))?.adx);
  expect(values.slice(0, 9)).toEqual(Array.from({ length: 9 }));
  expect(new Set(values.slice(9))).toEqual(new Set([100]));
  // Ranges of 2, of which 1 is new.
  expect(adx.value).toEqual({ adx: 100, plusDi: 50, minusDi: 0 });
});

test("ranges that never make a new extreme trend nowhere", () => {
  const adx = new Adx(3);
  for (let at = 0; at < 20; at += 1) adx.update(bar(10, 20, 10 + (at % 10)));
  expect(adx.value).toEqual({ adx: 0, plusDi: 0, minusDi: 0 });
});

describe("a market without any range", () => {
  test("has ADX and both directions 0", () => {
    const adx = new Adx(14);
    for (let at = 0; at < 100; at += 1) adx.update(still);
    expect(adx.value).toEqual({ adx: 0, plusDi: 0, minusDi: 0 });
  });

  test("is left behind when it moves at last", () => {
    const adx = new Adx(14);
    for (let at = 0; at < 50; at += 1) adx.update(still);
    for (let at = 1; at < 200; at += 1) adx.update(bar(500 + at, 501 + at, 500 + at));
    expect(adx.value?.adx).toBeGreaterThan(99.9);
  });

  test("ends a trend, however long it lasts, in finite numbers", () => {
    const adx = new Adx(14);
    for (let at = 0; at < 100; at += 1) adx.update(bar(at, at + 2, at + 1));
    for (let at = 0; at < 100_000; at += 1) adx.update(bar(100, 100, 100));
    expect(adx.value?.plusDi).toBe(0);
    expect(adx.value?.adx).toBeCloseTo(0, 10);
  });
});
