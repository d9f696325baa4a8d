// True range, ATR, directional movement and ADX by hand, and in markets without any range.

import { describe, expect, test } from "vitest";
import { Adx } from "../../../src/indicators/adx.ts";
import { Atr } from "../../../src/indicators/atr.ts";
import { DirectionalMovement } from "../../../src/indicators/directional-movement.ts";
import type { PriceBar } from "../../../src/indicators/indicator.ts";
import { TrueRange } from "../../../src/indicators/true-range.ts";

const bar = (low: number, high: number, close: number): PriceBar => ({ low, high, close });
const still = bar(500, 500, 500);

/** True ranges: none, 4 inside, 7 with a gap up, 9 with a gap down, 0. */
const gaps = [bar(10, 12, 11), bar(9, 13, 12), bar(15, 19, 16), bar(7, 9, 8), bar(8, 8, 8)];

test("the true range counts the gap from the close before, and needs that close", () => {
  const range = new TrueRange();
  expect(gaps.map((one) => range.update(one))).toEqual([undefined, 4, 7, 9, 0]);
});

test("ATR is Wilder's average of it, from bar n + 1", () => {
  const atr = new Atr(2);
  expect(gaps.map((one) => atr.update(one))).toEqual([undefined, undefined, 5.5, 7.25, 3.625]);
});

test("directional movement counts the larger new extreme, and none when they are equal", () => {
  const movement = new DirectionalMovement(2);
  const bars = [
    bar(10, 20, 15), //
    bar(10, 24, 20), // up 4, down 0; range 14
    bar(6, 26, 10), //  up 2, down 4; range 20
    bar(4, 28, 20), //  up 2, down 2; range 24
  ];
  const readings = bars.map((one) => ({ ...movement.update(one) }));
  expect(readings.slice(0, 2)).toEqual([{}, {}]);
  // Averages +2, −2 over 17; then +1, −1 over 20.5.
  expect(readings[2]).toEqual({ plusDi: 100 * (2 / 17), minusDi: 100 * (2 / 17), dx: 0 });
  expect(readings[3]).toEqual({ plusDi: 100 / 20.5, minusDi: 100 / 20.5, dx: 0 });
});

test("ADX of a market that only rises is 100, from bar 2n", () => {
  const adx = new Adx(5);
  const values = Array.from({ length: 20 }, (_, at) => adx.update(bar(at, at + 2, at + 1))?.adx);
  expect(values.slice(0, 9)).toEqual(Array.from({ length: 9 }));
  expect(new Set(values.slice(9))).toEqual(new Set([100]));
  // Ranges of 2, of which 1 is new.
  expect(adx.value).toEqual({ adx: 100, plusDi: 50, minusDi: 0 });
});

describe("a market without any range", () => {
  test("has ATR, ADX and both directions 0", () => {
    const atr = new Atr(14);
    const adx = new Adx(14);
    for (let at = 0; at < 100; at += 1) {
      atr.update(still);
      adx.update(still);
    }
    expect(atr.value).toBe(0);
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

test("ranges that never make a new extreme trend nowhere", () => {
  const adx = new Adx(3);
  for (let at = 0; at < 20; at += 1) adx.update(bar(10, 20, 10 + (at % 10)));
  expect(adx.value).toEqual({ adx: 0, plusDi: 0, minusDi: 0 });
});
