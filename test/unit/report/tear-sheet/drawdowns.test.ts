import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Drawdowns } from "../../../../src/report/tear-sheet/drawdowns.ts";

test("a fall begins at its peak, is deepest once, and ends when the peak is passed again", () => {
  const drawdowns = new Drawdowns(0, 1);
  for (const [at, value] of [
    [2, 5],
    [3, 3],
    [4, 4],
    [5, 1],
    [6, 5],
    [7, 4],
  ] as const) {
    drawdowns.add(at, value);
  }
  expect(drawdowns.worst()).toEqual([
    { peakAt: 2, deepestAt: 5, recoveredAt: 6, depth: 4 },
    { peakAt: 6, deepestAt: 7, recoveredAt: undefined, depth: 1 },
  ]);
});

test("a loss from the first moment is a fall from the start", () => {
  const drawdowns = new Drawdowns(10, 1);
  expect(drawdowns.add(2, 8)).toBe(2);
  expect(drawdowns.worst()[0]).toMatchObject({ peakAt: 1, depth: 2 });
});

test("the worst fall is the largest distance of any value from one before it", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), (values) => {
      const drawdowns = new Drawdowns(0, 0);
      values.forEach((value, index) => {
        drawdowns.add(index + 1, value);
      });
      let worst = 0;
      const all = [0, ...values];
      for (let low = 0; low < all.length; low += 1) {
        for (let high = 0; high < low; high += 1) {
          worst = Math.max(worst, (all[high] as number) - (all[low] as number));
        }
      }
      expect(drawdowns.worst()[0]?.depth ?? 0).toBe(worst);
    }),
  );
});
