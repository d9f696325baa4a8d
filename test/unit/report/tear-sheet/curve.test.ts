import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Curve } from "../../../../src/report/tear-sheet/curve.ts";

const steps = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: -1000, max: 1000 })),
  { minLength: 1, maxLength: 6_000, size: "max" },
);

function told(drawn: readonly (readonly [number, number])[]) {
  const curve = new Curve();
  let at = 1_700_000_000_000_000;
  const all = drawn.map(([wait, value]) => {
    at += wait;
    curve.add(at, value);
    return { at, value };
  });
  return { all, points: curve.points() };
}

const least = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);

test("a curve keeps its ends, its lowest and its highest value, and only points there were", () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const { all, points } = told(drawn);
      const kept = Array.from(points.at, (at, index) => ({ at, value: points.value[index] }));
      expect(kept.length).toBeLessThanOrEqual(4 * 2_048);
      expect(points.seen).toBe(all.length);
      expect(kept[0]).toEqual(all[0]);
      expect(kept.at(-1)).toEqual(all.at(-1));
      const values = all.map(({ value }) => value);
      expect(least(points.value)).toBe(least(values));
      expect(-least(points.value.map((each) => -each))).toBe(-least(values.map((each) => -each)));
      const there = new Set(all.map(({ at, value }) => `${at} ${value}`));
      expect(kept.filter(({ at, value }) => !there.has(`${at} ${value}`))).toEqual([]);
      const times = kept.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((left, right) => left - right));
    }),
    { numRuns: 25 },
  );
});

test("any 500 pixels of a long walk show the same extremes as the whole walk", () => {
  const drawn: [number, number][] = [];
  let value = 0;
  for (let index = 0; index < 200_000; index += 1) {
    value += ((index * 7_919) % 13) - 6;
    drawn.push([40_000, value]);
  }
  const { all, points } = told(drawn);
  const from = all[0]?.at as number;
  const pixelUs = ((all.at(-1)?.at as number) - from + 1) / 500;
  const extremes = (list: Iterable<readonly [number, number]>) => {
    const pixels = new Map<number, [number, number]>();
    for (const [at, each] of list) {
      const pixel = Math.floor((at - from) / pixelUs);
      const [low, high] = pixels.get(pixel) ?? [each, each];
      pixels.set(pixel, [Math.min(low, each), Math.max(high, each)]);
    }
    return pixels;
  };
  const whole = extremes(all.map((each) => [each.at, each.value] as const));
  const shown = extremes(
    Array.from(points.at, (at, i) => [at, points.value[i] as number] as const),
  );
  let same = 0;
  for (const [pixel, [low, high]] of whole) {
    const [seenLow, seenHigh] = shown.get(pixel) ?? [Number.NaN, Number.NaN];
    // A stretch may lie across the edge of two pixels: its extremes then show in one of them.
    if (seenLow === low && seenHigh === high) same += 1;
  }
  expect(points.at.length).toBeLessThan(8_193);
  expect(same / whole.size).toBeGreaterThan(0.7);
});
