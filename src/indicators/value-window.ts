// The last n values in two blocks: the one being filled, and what is left of the one before. A statistic of the window is
// the running statistic of the first merged with a precomputed one of the second, so nothing is ever subtracted, and
// nothing can drift. Work is constant a value, averaged over a block: every n values the full block is summed up backwards.

import { assert } from "../domain/assert.ts";
import type { JsonValue } from "../ports/strategy.ts";
import { checkedPeriod } from "./indicator.ts";
import { checkParameter, countIn, numbersIn } from "./saved-state.ts";

/** A window of `period` values. Slots below `next` belong to the newer block, the others to the older. */
export class ValueWindow {
  readonly period: number;
  readonly #values: Float64Array;
  #next = 0;
  #full = false;

  constructor(period: number) {
    this.period = checkedPeriod(period);
    this.#values = new Float64Array(period);
  }

  /** How many values the newer block holds: 0 to period − 1. */
  get next(): number {
    return this.#next;
  }

  /** Whether the window has held `period` values. */
  get full(): boolean {
    return this.#full;
  }

  /** Takes a value; true when it filled the newer block, which is the older from now on. */
  push(value: number): boolean {
    this.#values[this.#next] = value;
    this.#next += 1;
    if (this.#next < this.period) return false;
    this.#next = 0;
    this.#full = true;
    return true;
  }

  /** The value in a slot. */
  at(slot: number): number {
    return this.#values[slot] as number;
  }

  /** The latest value; the window must hold one. */
  latest(): number {
    return this.at(this.#next === 0 ? this.period - 1 : this.#next - 1);
  }

  save(): JsonValue {
    const held = this.#full ? this.period : this.#next;
    return {
      period: this.period,
      next: this.#next,
      values: Array.from(this.#values.subarray(0, held)),
    };
  }

  restore(saved: JsonValue): void {
    checkParameter(saved, "period", this.period);
    const next = countIn(saved, "next", this.period - 1);
    const values = numbersIn(saved, "values");
    assert(
      values.length === this.period || values.length === next,
      `a saved window holds ${next} or ${this.period} values, was ${values.length}`,
    );
    this.#full = values.length === this.period;
    this.#next = next;
    this.#values.set(values);
  }
}
