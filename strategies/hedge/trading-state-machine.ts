// The life of a hedge bot as a table: its phase and what was reached give the next phase.
// Source: Hedge Bot V2 Architecture, "State Machine Flow". No phase is ever skipped; EMERGENCY is left by hand only.

import { assert } from "../../src/domain/assert.ts";

export const PHASES = ["IDLE", "BUILDING", "HOLDING", "WINDING_DOWN", "EMERGENCY"] as const;
export type Phase = (typeof PHASES)[number];

/** What a phase can come to. `fail` is whatever the bot cannot put right by itself. */
export const PHASE_INPUTS = ["begin", "built", "hold-over", "flat", "fail"] as const;
export type PhaseInput = (typeof PHASE_INPUTS)[number];

const TRANSITIONS: Readonly<Record<Phase, Readonly<Partial<Record<PhaseInput, Phase>>>>> = {
  IDLE: { begin: "BUILDING", fail: "EMERGENCY" },
  BUILDING: { built: "HOLDING", fail: "EMERGENCY" },
  HOLDING: { "hold-over": "WINDING_DOWN", fail: "EMERGENCY" },
  WINDING_DOWN: { flat: "IDLE", fail: "EMERGENCY" },
  EMERGENCY: { fail: "EMERGENCY" },
};

/** The phase after `input`; undefined where the table has none. */
export function phaseAfter(phase: Phase, input: PhaseInput): Phase | undefined {
  return TRANSITIONS[phase][input];
}

/** Where the bot is, and since when. */
export class TradingStateMachine {
  #phase: Phase = "IDLE";
  #since = 0;

  get phase(): Phase {
    return this.#phase;
  }

  /** When the phase began, µs. */
  get since(): number {
    return this.#since;
  }

  /** @throws {BrokenPromise} when the table does not lead from here by `input`. */
  take(input: PhaseInput, now: number): void {
    const next = phaseAfter(this.#phase, input);
    assert(next !== undefined, `"${input}" leads somewhere from ${this.#phase}`);
    if (next === this.#phase) return;
    this.#phase = next;
    this.#since = now;
  }

  save(): Readonly<{ phase: Phase; since: number }> {
    return { phase: this.#phase, since: this.#since };
  }

  restore(saved: Readonly<{ phase: Phase; since: number }>): void {
    this.#phase = saved.phase;
    this.#since = saved.since;
  }
}
