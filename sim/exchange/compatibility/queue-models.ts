// How much of a level stands ahead of a resting order, guessed from sizes and prints alone (L2).
// RiskAverse believes that only trades move us up; the others split each unexplained decrease into
// a part ahead and a part behind. The estimate is a double, in lots; ignores own orders elsewhere.
// Source: hftbacktest order fill documentation; 1.4.

import { assert, unreachable } from "../../../src/domain/assert.ts";
import type { QueueEstimate } from "./order.ts";

/** Which model; `exponent` is the n of the power family, a whole number. */
export type QueueModelSpec =
  | Readonly<{ kind: "risk-averse" }>
  | Readonly<{ kind: "power-1" | "power-2" | "power-3"; exponent: number }>
  | Readonly<{ kind: "log-1" | "log-2"; lotSize: number }>;

/** Moves an estimate along with what happens at its level. */
export interface QueueModel {
  /** A print of `lots` at the order's price, against the order's side. */
  trade(queue: QueueEstimate, lots: number): void;
  /** The level at the order's price, on its side, went from `previous` to `next` lots. */
  depth(queue: QueueEstimate, previous: number, next: number): void;
}

/** Probability that a decrease happened behind the order; may be NaN or infinite, see below. */
type BehindProbability = (front: number, back: number) => number;

export function queueModelOf(spec: QueueModelSpec): QueueModel {
  return spec.kind === "risk-averse" ? riskAverse : probabilistic(behindOf(spec));
}

/**
 * Lots of a print that reach past the queue to the order: e = round(−front), half away from zero.
 * When there are any the order stands first from now on. Source: 1.4, first paragraph.
 */
export function takeExecutable(queue: QueueEstimate): number {
  // For the only values that matter, −front ≥ 0.5, Math.round agrees with rounding half away.
  const executable = Math.round(-queue.front);
  if (executable <= 0) return 0;
  queue.front = 0;
  return executable;
}

const riskAverse: QueueModel = {
  trade(queue, lots) {
    queue.front -= lots;
  },
  depth(queue, _previous, next) {
    queue.front = minNumber(queue.front, next);
  },
};

function probabilistic(behind: BehindProbability): QueueModel {
  return {
    trade(queue, lots) {
      queue.front -= lots;
      queue.traded += lots;
    },
    depth(queue, previous, next) {
      // Trades already moved the estimate: what they explain of the decrease is not counted twice.
      const decrease = previous - next - queue.traded;
      queue.traded = 0;
      const front = queue.front;
      if (decrease < 0) {
        queue.front = minNumber(front, next);
        return;
      }
      const back = previous - front;
      let share = behind(front, back);
      if (share === Number.POSITIVE_INFINITY || share === Number.NEGATIVE_INFINITY) share = 1;
      const overrun = minNumber(back - share * decrease, 0);
      queue.front = minNumber(front - (1 - share) * decrease + overrun, next);
    },
  };
}

type ProbabilisticSpec = Exclude<QueueModelSpec, { kind: "risk-averse" }>;

function behindOf(spec: ProbabilisticSpec): BehindProbability {
  switch (spec.kind) {
    case "power-1": {
      const power = powerOf(spec.exponent);
      return (front, back) => power(back) / (power(back) + power(front));
    }
    case "power-2": {
      const power = powerOf(spec.exponent);
      return (front, back) => power(back) / power(back + front);
    }
    case "power-3": {
      const power = powerOf(spec.exponent);
      return (front, back) => 1 - power(front / (front + back));
    }
    case "log-1":
    case "log-2":
      return logarithmic(spec.kind, spec.lotSize);
    default:
      return unreachable(spec);
  }
}

/** The logarithms are of quantities, not lots, so they need the size of a lot. */
function logarithmic(kind: "log-1" | "log-2", lotSize: number): BehindProbability {
  const log = (x: number) => Math.log(x); // ambient-ok: the published formula; proof only
  if (kind === "log-1") {
    return (front, back) => {
      const behind = log(1 + back * lotSize);
      return behind / (behind + log(1 + front * lotSize));
    };
  }
  return (front, back) => log(1 + back * lotSize) / log(1 + back * lotSize + front * lotSize);
}

/** x to a whole power by repeated multiplication: the same bits on every machine. */
function powerOf(exponent: number): (x: number) => number {
  assert(Number.isInteger(exponent) && exponent >= 1, `exponent is whole and ≥ 1, was ${exponent}`);
  return (x) => {
    let result = x;
    for (let factor = 1; factor < exponent; factor++) result *= x;
    return result;
  };
}

/**
 * The lesser of two numbers, where NaN loses to a number. Source: 1.4, NaN trap: 0/0 as probability
 * makes front the new size there, while Math.min would keep NaN for ever.
 */
function minNumber(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return b < a ? b : a;
}
