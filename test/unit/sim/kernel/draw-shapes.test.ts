// The shapes have the moments they are named for, and stay in their bounds.

import { expect, test } from "vitest";
import { logUniform, unitExponentialMilli } from "../../../../sim/kernel/draw-shapes.ts";
import { KeyedRng } from "../../../../sim/kernel/keyed-rng.ts";

const rng = new KeyedRng("shapes");
const words = Array.from({ length: 20_000 }, (_, ordinal) => rng.uint32(1, 0, ordinal));

test("an exponential has its mean, and half of it below the median", () => {
  const drawn = words.map(unitExponentialMilli);
  const mean = drawn.reduce((sum, each) => sum + each, 0) / drawn.length;
  expect(mean / 1_000).toBeCloseTo(0.99, 1);
  expect(drawn.filter((each) => each < 693).length / drawn.length).toBeCloseTo(0.5, 1);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(5_200);
});

test("a log-uniform number is as often in one doubling as in another", () => {
  const drawn = words.map((word) => logUniform(word, 1_000, 16_000));
  for (const [from, until] of [
    [1_000, 2_000],
    [2_000, 4_000],
    [4_000, 8_000],
    [8_000, 16_001],
  ] as const) {
    const share = drawn.filter((each) => each >= from && each < until).length / drawn.length;
    expect(share).toBeCloseTo(0.25, 1);
  }
});

test.each([
  [1, 1],
  [1, 2],
  [1, 3],
  [5, 500],
  [7, 8],
])("reaches both %d and %d", (least, most) => {
  const drawn = words.map((word) => logUniform(word, least, most));
  expect(Math.min(...drawn)).toBe(least);
  expect(Math.max(...drawn)).toBe(most);
});
