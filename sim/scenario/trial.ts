// A trial: one world, one plan of faults, the checkers that watch. First trouble, then everything heals but what stays
// broken for ever, then the bot must come to rest, is stopped, and the end is looked at. Same trial, same verdict.

import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import type { CheckerMaker, Violation } from "../checkers/checker.ts";
import type { FaultPlan } from "../faults/fault.ts";
import type { Scenario } from "./scenario.ts";

export type Trial = Readonly<{
  /** Its recordings reach to the end of the last phase; its bot keeps house and writes ahead. */
  scenario: Scenario;
  plan: FaultPlan;
  checkers: readonly CheckerMaker[];
  /** From the start of the run, µs: no fault lasts beyond; from `stopAt` on the bot is halted; the run ends at `endAt`. */
  healAt: number;
  stopAt: number;
  endAt: number;
  /** Their links go down for good when all else heals. */
  brokenForEver?: readonly VenueId[];
  /** How long the bot has to look before belief is held against truth, µs; 30 s unless told otherwise. */
  quietUs?: number;
}>;

/** How often each kind of fault fired, by the state an order of ours was in then ("none" without one). */
export type FaultCount = Readonly<{ kind: string; fired: number; effective: number }>;

export type Verdict = Readonly<{
  /** The first of each checker, in the order they came. */
  violations: readonly Violation[];
  /** Of every byte the bot put on record, over all its lives. */
  digest: string;
  faults: readonly FaultCount[];
  /** `kind/state` → times it fired while an order of ours was in that state. */
  cells: ReadonlyMap<string, number>;
  events: number;
  /** Things the bot did to the outside: writes, syncs, commands. A process fault names one of them. */
  acts: number;
  lives: number;
  haltReason: string | undefined;
  endedAt: TimeUs;
}>;

/** Runs a trial to its end. */
export function runTrial(_trial: Trial): Verdict {
  throw new Error("not here yet");
}
