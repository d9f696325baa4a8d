// A stretch of trouble: on until a moment, and remembered to have mattered once anything met it.

import type { FaultCounters } from "./fault-counters.ts";

export class Spell {
  readonly #counters: FaultCounters;
  #kind = "";
  #until = Number.NEGATIVE_INFINITY;
  #met = true;

  constructor(counters: FaultCounters) {
    this.#counters = counters;
  }

  get until(): number {
    return this.#until;
  }

  /** Begins, or goes on longer. */
  begin(kind: string, until: number): void {
    if (until <= this.#until) return;
    this.#kind = kind;
    this.#until = until;
    this.#met = false;
  }

  /** Does it last at `at`? Looking on meets nothing. */
  isOn(at: number): boolean {
    return at < this.#until;
  }

  end(): void {
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** Does it last at `at`? Whoever asks has met it. */
  meets(at: number): boolean {
    if (at >= this.#until) return false;
    if (!this.#met) {
      this.#met = true;
      this.#counters.effective(this.#kind);
    }
    return true;
  }
}
