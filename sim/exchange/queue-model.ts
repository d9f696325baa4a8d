// Where in the queue a resting order is believed to be, on a feed that shows levels and not orders.
// `ahead` is in lots and may be fractional: an estimate. Only whole lots ever fill.
// Source: Rigtorp 2013, and the published probability families of fill-models.md §1.4. These models ignore
// hidden size, and a level's history before the order arrived.

import { assert } from "../../src/domain/assert.ts";
import type { FillModel } from "./fill-model.ts";

/** Probability that a decrease happened behind an order with `front` lots ahead and `back` lots behind. */
export type BehindProbability = (front: number, back: number) => number;

/** The probability a fill model asks for; undefined for models in which no cancel moves the order up. */
export function behindProbability(model: FillModel): BehindProbability | undefined {
  switch (model.kind) {
    case "optimistic":
    case "pessimistic":
    case "risk-averse":
      return undefined;
    case "power":
      return powerFamily(model.family, model.n);
    case "log":
      return model.family === 1 ? log1 : log2;
  }
}

function powerFamily(family: 1 | 2 | 3, n: number): BehindProbability {
  assert(Number.isInteger(n) && n >= 1 && n <= 8, `a power is a whole number 1…8, was ${n}`);
  switch (family) {
    case 1:
      return (front, back) => power(back, n) / (power(back, n) + power(front, n));
    case 2:
      return (front, back) => power(back, n) / power(back + front, n);
    case 3:
      return (front, back) => 1 - power(front / (front + back), n);
  }
}

/** x multiplied n times: the same on every engine, which the power operator is not. */
function power(x: number, n: number): number {
  let product = x;
  for (let i = 1; i < n; i += 1) product *= x;
  return product;
}

// The logarithms are the published family's own; they agree on every supported Node version.
function log1(front: number, back: number): number {
  const behind = Math.log(1 + back); // ambient-ok: the published formula, equal on Node 20, 22 and 24
  return behind / (behind + Math.log(1 + front)); // ambient-ok: as above
}

function log2(front: number, back: number): number {
  return Math.log(1 + back) / Math.log(1 + back + front); // ambient-ok: as above
}

/** The part of a resting order's state that a queue model moves. */
export type QueuePlace = {
  /** Lots believed ahead, ≥ 0. */
  ahead: number;
  /** Lots printed at the price since the level was last spoken of: that decrease is already counted. */
  printed: number;
};

/**
 * The level the order rests at went from `before` to `after` displayed lots. `ahead` never grows.
 * @param behind undefined: cancels are all behind us.
 */
export function levelChanged(
  place: QueuePlace,
  before: number,
  after: number,
  behind: BehindProbability | undefined,
): void {
  const decrease = before - after - place.printed;
  place.printed = 0;
  if (behind === undefined || decrease <= 0) {
    place.ahead = Math.min(place.ahead, after);
    return;
  }
  const front = place.ahead;
  const back = before - front;
  const probability = behind(front, back);
  // Neither anyone ahead nor anyone behind leaves 0/0: then the decrease cannot have been ahead.
  const p = Number.isFinite(probability) ? probability : 1;
  const estimate = front - (1 - p) * decrease + Math.min(back - p * decrease, 0);
  place.ahead = Math.max(0, Math.min(estimate, after));
}

/** A snapshot restates the level: whoever left is unknown, so the order only keeps what is still displayed. */
export function levelRestated(place: QueuePlace, after: number): void {
  place.printed = 0;
  place.ahead = Math.min(place.ahead, after);
}
