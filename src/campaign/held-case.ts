// Runs a case that something was taken from as if nothing else had moved. Faults on messages and on acts are counted, and
// whatever is left out moves the counts behind it; so they are held to the moments they struck at before. What comes of it
// is told by the counts of that run, and has to fail again by them: a case is only ever what a plan says.

import type { Fault } from "../../sim/faults/fault.ts";
import type { Moment, MomentLog, Moments } from "../../sim/faults/moments.ts";
import { isCounted } from "../../sim/faults/moments.ts";
import { sortedPlan } from "../../sim/faults/plan-order.ts";
import type { CaseOutcome } from "./case-outcome.ts";
import type { FuzzCase } from "./fuzz-case.ts";

const SECOND_US = 1_000_000;

/** Runs a case; the log is told of its counted faults, and may hold them. */
export type RunCase = (told: FuzzCase, log: MomentLog) => CaseOutcome;

/** A case as it is said by its counts, what it comes to, and when the faults it was made of struck. */
export type HeldRun = Readonly<{ told: FuzzCase; outcome: CaseOutcome; moments: Moments }>;

/** When a fault of a run strikes, µs; `startUs` is the run's beginning. */
export function strikesAt(fault: Fault, moments: Moments, startUs: number): number {
  return moments.get(fault)?.at ?? startUs + fault.ordinal * SECOND_US;
}

/** Runs a case with its counted faults at those moments, by their ordinals when absent; what strikes nothing is left out. */
export function runHeld(told: FuzzCase, held: Moments | undefined, run: RunCase): HeldRun {
  const moments = new Map<Fault, Moment>();
  const outcome = run(told, { held, met: (fault, moment) => moments.set(fault, moment) });
  const plan = told.plan.flatMap((fault) => {
    if (!isCounted(fault)) return [fault];
    const moment = moments.get(fault);
    return moment === undefined ? [] : [{ ...fault, ordinal: moment.ordinal }];
  });
  return { told: { ...told, plan: sortedPlan(plan) }, outcome, moments };
}
