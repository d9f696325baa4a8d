// What the velocity rule puts on record: the orders that may still count, and no others.

import { expect, test } from "vitest";
import type { OrderIntent, RiskView } from "../../../../src/risk/risk-rule.ts";
import { orderVelocity } from "../../../../src/risk/rules/order-velocity.ts";

const CONFIG = { ordersMax: 3, windowUs: 1_000 };
const ORDER = {} as OrderIntent;
const at = (now: number): RiskView => ({ now }) as RiskView;

test("saves the times within the window of the last order, oldest first", () => {
  const rule = orderVelocity(CONFIG);
  expect(rule.save?.()).toEqual([]);
  for (const now of [100, 200, 1_150]) rule.passed?.(ORDER, at(now));
  expect(rule.save?.()).toEqual([200, 1_150]);
  for (const now of [1_160, 1_170, 1_180]) rule.passed?.(ORDER, at(now));
  expect(rule.save?.()).toEqual([1_160, 1_170, 1_180]);
});

test("judges after a restore as before it", () => {
  const rule = orderVelocity(CONFIG);
  for (const now of [100, 900, 1_150]) rule.passed?.(ORDER, at(now));
  const again = orderVelocity(CONFIG);
  again.restore?.(rule.save?.() ?? null);
  for (const now of [1_150, 1_200]) {
    expect(again.refuse(ORDER, at(now))).toEqual(rule.refuse(ORDER, at(now)));
    rule.passed?.(ORDER, at(now));
    again.passed?.(ORDER, at(now));
    expect(again.refuse(ORDER, at(now))).toEqual(rule.refuse(ORDER, at(now)));
  }
  expect(again.refuse(ORDER, at(1_300))).toBeDefined();
});

test("of more than a lower limit has room for, it counts the last", () => {
  const rule = orderVelocity(CONFIG);
  for (const now of [100, 200, 300]) rule.passed?.(ORDER, at(now));
  const lower = orderVelocity({ ...CONFIG, ordersMax: 2 });
  lower.restore?.(rule.save?.() ?? null);
  expect(lower.save?.()).toEqual([200, 300]);
  expect(lower.refuse(ORDER, at(1_199))).toBeDefined();
  expect(lower.refuse(ORDER, at(1_200))).toBeUndefined();
});
