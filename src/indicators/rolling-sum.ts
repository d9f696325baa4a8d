// The sum of the last n values. Exact while the values are integers and the sum is a safe one (ticks, lots); otherwise as
// good as adding the n values anew, however many bars went before and however large a value has left the window.

import type { JsonValue } from "../ports/strategy.ts";
import { ValueWindow } from "./value-window.ts";

export class RollingSum {
  readonly #window: ValueWindow;
  /** Sum of the newer block. */
  #newer = 0;
  /** Slot i: sum of the older block from slot i on. */
  readonly #older: Float64Array;

  constructor(period: number) {
    this.#window = new ValueWindow(period);
    this.#older = new Float64Array(period);
  }

  get full(): boolean {
    return this.#window.full;
  }

  /** The sum; that of what there is while the window fills. */
  get sum(): number {
    return this.#window.full
      ? (this.#older[this.#window.next] as number) + this.#newer
      : this.#newer;
  }

  /** The latest value pushed. */
  latest(): number {
    return this.#window.latest();
  }

  push(value: number): void {
    this.#newer += value;
    if (this.#window.push(value)) this.#turn();
  }

  save(): JsonValue {
    return this.#window.save();
  }

  /** All sums follow from the window; slots the newer block has overwritten are no longer read. */
  restore(saved: JsonValue): void {
    this.#window.restore(saved);
    this.#turn();
    for (let slot = 0; slot < this.#window.next; slot += 1) this.#newer += this.#window.at(slot);
  }

  #turn(): void {
    let sum = 0;
    for (let slot = this.#window.period - 1; slot >= 0; slot -= 1) {
      sum += this.#window.at(slot);
      this.#older[slot] = sum;
    }
    this.#newer = 0;
  }
}
