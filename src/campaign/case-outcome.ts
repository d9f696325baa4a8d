// What a case came to, as plain data that crosses threads: whether a promise was broken, and what happened in numbers.

import type { Violation } from "../../sim/checkers/checker.ts";
import type { PlanMix } from "../../sim/faults/draw-plan.ts";
import type { Verdict } from "../../sim/scenario/trial.ts";

export type CaseOutcome = Readonly<{
  seed: string;
  mix: PlanMix;
  /** Hex SHA-256 of the verdict: of all the bot put on record, and of every violation. */
  digest: string;
  /** The first of each checker, in the order they came. */
  violations: readonly Violation[];
  /** How a run ended that could not go on: a promise of our own was broken. */
  crash: string | undefined;
  /** When that was, as far as anybody watching saw, µs; a run that could go on has no such time. */
  crashedAt?: number | undefined;
  /** A second run of the same case gave this other digest. */
  differs: string | undefined;
  planned: number;
  fired: number;
  effective: number;
  /** kind → [fired, effective]. */
  kinds: Readonly<Record<string, readonly [number, number]>>;
  /** `kind/state` → times. */
  cells: Readonly<Record<string, number>>;
  events: number;
  acts: number;
  lives: number;
  halted: boolean;
  /** Simulated time, µs. */
  simulatedUs: number;
}>;

/** A failure is a broken promise, a run that could not go on, or two runs that differ. */
export function isFailure({ violations, crash, differs }: CaseOutcome): boolean {
  return violations.length > 0 || crash !== undefined || differs !== undefined;
}

/** Everything of a verdict that two runs must agree on, as text. */
export function verdictText(verdict: Verdict): string {
  const { violations, digest, faults, cells, events, acts, lives, haltReason, endedAt } = verdict;
  const told = { violations, digest, faults, cells: [...cells], events, acts, lives, endedAt };
  return JSON.stringify({ ...told, haltReason: haltReason ?? null });
}
