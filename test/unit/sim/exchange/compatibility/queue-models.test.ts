// Each expected number is worked out by hand from the published table, in lots.

import { describe, expect, test } from "vitest";
import type { QueueModelSpec } from "../../../../../sim/exchange/compatibility/queue-models.ts";
import {
  queueModelOf,
  takeExecutable,
} from "../../../../../sim/exchange/compatibility/queue-models.ts";

function afterDecrease(spec: QueueModelSpec, front: number, previous: number, next: number) {
  const queue = { front, traded: 0 };
  queueModelOf(spec).depth(queue, previous, next);
  return queue.front;
}

const power3: QueueModelSpec = { kind: "power-3", exponent: 3 };

describe("RiskAverse", () => {
  test("moves up by trades alone, and never stands behind more than the level shows", () => {
    const queue = { front: 50, traded: 0 };
    const model = queueModelOf({ kind: "risk-averse" });
    model.trade(queue, 20);
    expect(queue.front).toBe(30);
    model.depth(queue, 100, 60);
    expect(queue.front).toBe(30);
    model.depth(queue, 60, 12);
    expect(queue.front).toBe(12);
  });
});

describe("a probabilistic queue", () => {
  // 60 ahead, 40 behind, the level falls from 100 to 90: the decrease of 10 is split by p.
  test.each([
    ["power-1", { kind: "power-1", exponent: 2 }, 1600 / (1600 + 3600)],
    ["power-2", { kind: "power-2", exponent: 2 }, 1600 / 10_000],
    ["power-3", { kind: "power-3", exponent: 2 }, 1 - 0.36],
    ["log-1", { kind: "log-1", lotSize: 0.1 }, Math.log(5) / (Math.log(5) + Math.log(7))],
    ["log-2", { kind: "log-2", lotSize: 0.1 }, Math.log(5) / Math.log(11)],
  ] as const)("splits a decrease by the probability of %s", (_name, spec, behind) => {
    expect(afterDecrease(spec, 60, 100, 90)).toBeCloseTo(60 - (1 - behind) * 10, 12);
  });

  test("takes from the front what the back cannot have lost", () => {
    // p = 1 − 0.9² = 0.19; the part behind, 0.19 · 80 = 15.2, exceeds the 10 behind by 5.2.
    const front = afterDecrease({ kind: "power-3", exponent: 2 }, 90, 100, 20);
    expect(front).toBeCloseTo(90 - 0.81 * 80 - 5.2, 10);
  });

  test("owes a decrease to the trades before it", () => {
    const queue = { front: 60, traded: 0 };
    const model = queueModelOf(power3);
    model.trade(queue, 10);
    model.depth(queue, 100, 90);
    expect(queue).toEqual({ front: 50, traded: 0 });
  });

  test("keeps its place when the level grows", () => {
    expect(afterDecrease(power3, 60, 100, 140)).toBe(60);
  });

  test("becomes the level's size where the probability is not a number", () => {
    // Alone on an empty level that is removed again: 0 / 0, which Math.min would keep for ever.
    expect(afterDecrease(power3, 0, 0, 0)).toBe(0);
    expect(afterDecrease({ kind: "power-1", exponent: 3 }, 0, 0, 0)).toBe(0);
    expect(afterDecrease({ kind: "power-2", exponent: 3 }, 0, 0, 0)).toBe(0);
    expect(afterDecrease({ kind: "log-2", lotSize: 0.001 }, 0, 0, 0)).toBe(0);
    expect(afterDecrease({ kind: "log-1", lotSize: 0.001 }, 0, 0, 0)).toBe(0);
  });

  test("takes an infinite probability as 1", () => {
    // b / (b + f) with b = 3, f = −3: nothing is left ahead to take from.
    expect(afterDecrease({ kind: "power-1", exponent: 1 }, -3, 0, 0)).toBe(-3);
  });

  test("accepts only whole exponents", () => {
    expect(() => queueModelOf({ kind: "power-3", exponent: 2.5 })).toThrow("exponent is whole");
  });
});

describe("the lots a print has left for an order", () => {
  test.each([
    [3, 0, 3],
    [0, 0, 0],
    [-0.4, 0, -0.4],
    [-0.5, 1, 0],
    [-2.5, 3, 0],
    [-7, 7, 0],
  ])("with %d ahead are %d", (front, executable, left) => {
    const queue = { front, traded: 0 };
    expect(takeExecutable(queue)).toBe(executable);
    expect(queue.front).toBe(left);
  });
});
