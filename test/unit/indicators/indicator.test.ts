// What every indicator refuses: inputs that are no numbers, bars that are no bars, periods that are no periods,
// and states that are not theirs.

import { describe, expect, test } from "vitest";
import { BrokenPromise } from "../../../src/domain/assert.ts";
import { BollingerBands } from "../../../src/indicators/bollinger-bands.ts";
import type { PriceBar } from "../../../src/indicators/indicator.ts";
import { PERIOD_BARS_MAX } from "../../../src/indicators/indicator.ts";
import { Macd } from "../../../src/indicators/macd.ts";
import { RelativeVolume } from "../../../src/indicators/relative-volume.ts";
import { Sma } from "../../../src/indicators/sma.ts";
import { TrueRange } from "../../../src/indicators/true-range.ts";
import type { JsonValue } from "../../../src/ports/strategy.ts";
import { indicatorCases, integerBars } from "../../support/indicator-cases.ts";

describe.each(indicatorCases)("$name", ({ make }) => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e101])(
    "halts on %f",
    (value) => {
      const bar = { high: value, low: value, close: value, volume: value };
      expect(() => make().update(bar)).toThrow(BrokenPromise);
    },
  );

  test("is as it was after it halted on an input", () => {
    const indicator = make(3);
    for (const bar of integerBars(320)) indicator.update(bar);
    const before = JSON.stringify(indicator.save());
    const bar = { high: Number.NaN, low: Number.NaN, close: Number.NaN, volume: Number.NaN };
    expect(() => indicator.update(bar)).toThrow(BrokenPromise);
    expect(JSON.stringify(indicator.save())).toBe(before);
  });

  test("does not restore what another indicator, or nobody, saved", () => {
    for (const wrong of [null, 1, [], {}, { period: "20" }] as const) {
      expect(() => make().restore(wrong)).toThrow(BrokenPromise);
    }
  });
});

const periodic = indicatorCases.filter(({ name }) => name !== "true-range");

test.each(periodic)("$name halts on a period that is no number of bars", ({ make }) => {
  for (const period of [0, -1, 1.5, Number.NaN, PERIOD_BARS_MAX + 1]) {
    expect(() => make(period)).toThrow(BrokenPromise);
  }
});

test.each(periodic)("$name does not restore the state of another period", ({ make }) => {
  const saved = make(5).save();
  expect(() => make(6).restore(saved)).toThrow(BrokenPromise);
});

test.each([
  { low: 2, high: 1, close: 1 },
  { low: 1, high: 2, close: 3 },
  { low: 1, high: 2, close: 0 },
])("a bar that does not close in its range halts: %o", (bar: PriceBar) => {
  expect(() => new TrueRange().update(bar)).toThrow(/closes in its range/);
});

test("the fast average of MACD is the shorter one, and bands are some deviations wide", () => {
  expect(() => new Macd({ fast: 26, slow: 26, signal: 9 })).toThrow(BrokenPromise);
  expect(() => new BollingerBands({ period: 20, deviations: 0 })).toThrow(BrokenPromise);
  expect(() => new BollingerBands({ period: 20, deviations: Number.NaN })).toThrow(BrokenPromise);
});

test("a negative volume or close halts where it would divide", () => {
  expect(() => new RelativeVolume(1).update(-1)).toThrow(/not negative/);
  expect(() => new BollingerBands({ period: 2, deviations: 2 }).update(-1)).toThrow(/not negative/);
});

test.each<[string, JsonValue]>([
  ["a value that is no number", { period: 3, next: 1, values: ["1"] }],
  ["more values than it says", { period: 3, next: 1, values: [1, 2] }],
  ["a place outside the window", { period: 3, next: 3, values: [1, 2, 3] }],
  ["half a place", { period: 3, next: 0.5, values: [] }],
])("a window does not restore %s", (_, saved) => {
  expect(() => new Sma(3).restore(saved)).toThrow(BrokenPromise);
});

test("a negative zero is read as zero, since JSON does not keep the difference", () => {
  const sma = new Sma(1);
  expect(sma.update(-0)).toBe(0);
  expect(sma.save()).toStrictEqual({ period: 1, next: 0, values: [0] });
});
