import { expect, test } from "vitest";
import { KeyedRng } from "../../../sim/kernel/keyed-rng.ts";
import { timeUs } from "../../../src/domain/units.ts";
import { RETRY_DEFAULTS, RetryBudget } from "../../../src/execution/retry-budget.ts";

const steady = (over: object = {}) =>
  new RetryBudget({
    config: { ...RETRY_DEFAULTS, jitterBps: 0, ...over },
    site: 1,
    rng: undefined,
  });

test("three attempts, each wait twice the one before, then no more", () => {
  const budget = steady();
  const taken: number[] = [];
  for (let second = 0; second < 60; second += 1) {
    if (budget.take(7, timeUs(second * 1_000_000))) taken.push(second);
  }
  expect(taken).toEqual([0, 1, 3]);
  expect(budget.isSpent(7)).toBe(true);
});

test("no wait is longer than the longest", () => {
  const budget = steady({ attemptsMax: 20, longestWaitUs: 5_000_000 });
  expect([0, 1, 2, 3, 19].map((attempt) => budget.waitUs(1, attempt))).toEqual([
    1_000_000, 2_000_000, 4_000_000, 5_000_000, 5_000_000,
  ]);
});

test("what is settled may be tried anew, and one thing's attempts are not another's", () => {
  const budget = steady({ attemptsMax: 1 });
  expect([budget.take(1, timeUs(0)), budget.take(2, timeUs(0)), budget.take(1, timeUs(9))]).toEqual(
    [true, true, false],
  );
  budget.settle(1);
  expect(budget.take(1, timeUs(10))).toBe(true);
});

test("jitter takes off a share at most, is one number a key, and differs between keys", () => {
  const jittered = () =>
    new RetryBudget({ config: RETRY_DEFAULTS, site: 1, rng: new KeyedRng("seed") });
  const waits = Array.from({ length: 50 }, (_, entity) => jittered().waitUs(entity, 0));
  expect(waits).toEqual(Array.from({ length: 50 }, (_, entity) => jittered().waitUs(entity, 0)));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(800_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(1_000_000);
  expect(new Set(waits).size).toBeGreaterThan(40);
});
