// Rolling extremes by hand, and the states they refuse.

import { expect, test } from "vitest";
import { RollingExtreme } from "../../../src/indicators/rolling-extreme.ts";

test("the highest of three holds for three bars, and a tie renews it", () => {
  const highest = new RollingExtreme(3, "max");
  const values = [9, 1, 2, 3, 3, 1, 1, 0].map((value) => highest.update(value));
  expect(values).toEqual([undefined, undefined, 9, 3, 3, 3, 3, 1]);
});

test("what one extreme saved, the other does not restore", () => {
  const saved = new RollingExtreme(3, "max").save();
  expect(() => new RollingExtreme(3, "min").restore(saved)).toThrow(/saved "of"/);
});

test.each([
  { period: 3, of: "max", seen: 2, values: [5], ages: [1] },
  { period: 3, of: "max", seen: 2, values: [5, 4], ages: [0, 0] },
  { period: 3, of: "max", seen: 1, values: [5, 4], ages: [1, 0] },
  { period: 3, of: "max", seen: 3, values: [5, 4], ages: [3, 0] },
  { period: 3, of: "max", seen: 3, values: [5], ages: [1, 0] },
])("an extreme does not restore what none can have saved: %o", (saved) => {
  expect(() => new RollingExtreme(3, "max").restore(saved)).toThrow(/a saved extreme/);
});
