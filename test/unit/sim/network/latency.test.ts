import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LatencySpec } from "../../../../sim/network/latency.ts";
import { latencyOf, minLatencyUs, minResponseUs } from "../../../../sim/network/latency.ts";
import { timeUs } from "../../../../src/domain/units.ts";

const LEAST = 0;
const MOST = 2 ** 32 - 1;
const HALF = 2 ** 31;
const at = timeUs(1_700_000_000_000_000);

const us = fc.nat({ max: 2_000_000 });
const spec: fc.Arbitrary<LatencySpec> = fc.oneof(
  us.map((value) => ({ kind: "constant", us: value }) as const),
  fc.tuple(us, us).map(([a, b]) => {
    return { kind: "uniform", minUs: Math.min(a, b), maxUs: Math.max(a, b) } as const;
  }),
  fc.array(us, { minLength: 2, maxLength: 6 }).map((values) => {
    const sorted = values.toSorted((a, b) => a - b);
    const points = sorted.map((value, index) => [index / (sorted.length - 1), value] as const);
    return { kind: "quantiles", points } as const;
  }),
  fc.uniqueArray(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 6 }).chain((times) =>
    fc.array(us, { minLength: times.length, maxLength: times.length }).map((values) => {
      const rows = times
        .toSorted((a, b) => a - b)
        .map((time, index) => [at + time, values[index] ?? 0] as const);
      return { kind: "recorded", rows } as const;
    }),
  ),
);

describe("latencyOf", () => {
  test("gives whole µs, never below the bound a simulation looks ahead by", () => {
    fc.assert(
      fc.property(spec, fc.nat({ max: 1000 }), fc.nat({ max: MOST }), (each, after, chance) => {
        const value = latencyOf(each).sample(timeUs(at + after), chance);
        expect(Number.isSafeInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(minLatencyUs(each));
      }),
    );
  });

  test("is constant when it is said to be", () => {
    expect(latencyOf({ kind: "constant", us: 250 }).sample(at, HALF)).toBe(250);
  });

  test("draws a uniform latency over both of its ends", () => {
    const latency = latencyOf({ kind: "uniform", minUs: 10, maxUs: 13 });
    expect(latency.sample(at, LEAST)).toBe(10);
    expect(latency.sample(at, 2 ** 30 - 1)).toBe(10);
    expect(latency.sample(at, 2 ** 30)).toBe(11);
    expect(latency.sample(at, MOST)).toBe(13);
  });

  test("never passes the upper end, even of the widest uniform latency", () => {
    const widest = latencyOf({ kind: "uniform", minUs: 0, maxUs: 3_600_000_000 });
    expect(widest.sample(at, MOST)).toBe(3_600_000_000);
  });

  test("reads quantiles as a distribution, linear between its points", () => {
    const latency = latencyOf({
      kind: "quantiles",
      points: [
        [0, 1000],
        [0.5, 2000],
        [1, 10_000],
      ],
    });
    expect(latency.sample(at, LEAST)).toBe(1000);
    expect(latency.sample(at, 2 ** 30)).toBe(1500);
    expect(latency.sample(at, HALF)).toBe(2000);
    expect(latency.sample(at, 3 * 2 ** 30)).toBe(6000);
    expect(latency.sample(at, MOST)).toBe(9999);
  });

  test("reads a recorded latency off the line between its rows, cut to whole µs", () => {
    const latency = latencyOf({
      kind: "recorded",
      rows: [
        [at, 100],
        [at + 10, 200],
        [at + 13, 199],
      ],
    });
    // By hand: 100 + 100/10 × 4 = 140; 200 − 1/3 × 2 = 199.33, and trunc(−0.67) = 0 leaves 200.
    expect(latency.sample(timeUs(at + 4), HALF)).toBe(140);
    expect(latency.sample(timeUs(at + 10), HALF)).toBe(200);
    expect(latency.sample(timeUs(at + 12), HALF)).toBe(200);
    expect(latency.sample(timeUs(at + 13), HALF)).toBe(199);
  });

  test("keeps the edge row's value outside the recording", () => {
    const latency = latencyOf({
      kind: "recorded",
      rows: [
        [at, 100],
        [at + 10, 200],
      ],
    });
    expect(latency.sample(timeUs(at - 1_000_000), HALF)).toBe(100);
    expect(latency.sample(timeUs(at + 1_000_000), HALF)).toBe(200);
  });

  test("looks ahead by the venue's answers alone", () => {
    const slow: LatencySpec = { kind: "constant", us: 50_000 };
    const response: LatencySpec = { kind: "uniform", minUs: 300, maxUs: 900 };
    expect(minResponseUs({ place: slow, cancel: slow, amend: slow, response })).toBe(300);
  });

  test.each<[string, LatencySpec, string]>([
    ["a fraction of a µs", { kind: "constant", us: 0.5 }, "whole µs"],
    ["a negative latency", { kind: "constant", us: -1 }, "whole µs"],
    ["nanoseconds taken for µs", { kind: "constant", us: 5_000_000_000 }, "at most an hour"],
    ["an upside-down range", { kind: "uniform", minUs: 2, maxUs: 1 }, "min ≤ max"],
    ["no quantiles", { kind: "quantiles", points: [] }, "at least one point"],
    ["quantiles that stop short of 1", { kind: "quantiles", points: [[0, 1]] }, "from 0 to 1"],
    [
      "quantiles that descend",
      {
        kind: "quantiles",
        points: [
          [0, 2],
          [1, 1],
        ],
      },
      "do not descend",
    ],
    [
      "rows out of order",
      {
        kind: "recorded",
        rows: [
          [2, 5],
          [1, 5],
        ],
      },
      "ascend strictly",
    ],
  ])("refuses %s", (_name, malformed, sentence) => {
    expect(() => latencyOf(malformed)).toThrow(sentence);
  });
});
