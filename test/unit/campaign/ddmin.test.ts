// Cutting a list down: what is left is needed, whatever else there was, within the tries there are.

import fc from "fast-check";
import { expect, test } from "vitest";
import { ddmin } from "../../../src/campaign/ddmin.ts";

const items = Array.from({ length: 200 }, (_, index) => index);

test("leaves exactly the items a failure needs, wherever they stand", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(199), { minLength: 1, maxLength: 4 }), (needed) => {
      const fails = (rest: readonly number[]): boolean =>
        needed.every((each) => rest.includes(each));
      const left = ddmin(items, fails, { left: 2_000 });
      expect(left).toEqual([...needed].sort((a, b) => a - b));
    }),
  );
});

test("leaves nothing where nothing is needed, in one try", () => {
  const budget = { left: 100 };
  expect(ddmin(items, () => true, budget)).toEqual([]);
  expect(budget.left).toBe(99);
});

test("stops when its tries are used up, with a list that still fails", () => {
  let tries = 0;
  const fails = (rest: readonly number[]): boolean => {
    tries += 1;
    return rest.includes(7) && rest.includes(150);
  };
  const left = ddmin(items, fails, { left: 10 });
  expect(tries).toBe(10);
  expect(left).toContain(7);
  expect(left).toContain(150);
});

test("leaves a list alone that fails only whole", () => {
  const few = [1, 2, 3];
  expect(ddmin(few, () => false, { left: 100 })).toEqual(few);
});
