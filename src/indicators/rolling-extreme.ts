// The highest or the lowest of the last n values, the newest included. A monotonic deque: a value that a newer one beats
// can never be the extreme again and is dropped, so each is put in once and taken out once.

import { assert } from "../domain/assert.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator } from "./indicator.ts";
import { checkedInput, checkedPeriod } from "./indicator.ts";
import { checkParameter, countIn, numbersIn } from "./saved-state.ts";

export class RollingExtreme implements Indicator<number, number> {
  readonly warmupBars: number;
  readonly #of: "max" | "min";
  /** A ring: from the extreme at `#head` to the latest value, each beaten by the one before it. */
  readonly #values: Float64Array;
  /** The update that brought the value. */
  readonly #updates: Float64Array;
  #head = 0;
  #length = 0;
  /** Number of the latest update. */
  #now = 0;
  /** Updates so far, up to the period. */
  #seen = 0;

  constructor(period: number, of: "max" | "min") {
    this.warmupBars = checkedPeriod(period);
    this.#of = of;
    this.#values = new Float64Array(period);
    this.#updates = new Float64Array(period);
  }

  get value(): number | undefined {
    return this.#seen === this.warmupBars ? this.#values[this.#head] : undefined;
  }

  update(input: number): number | undefined {
    const value = checkedInput(input);
    const period = this.warmupBars;
    this.#now += 1;
    if (this.#length > 0 && (this.#updates[this.#head] as number) <= this.#now - period) {
      this.#head = this.#head + 1 === period ? 0 : this.#head + 1;
      this.#length -= 1;
    }
    while (this.#length > 0 && this.#beats(value, this.#slot(this.#length - 1))) this.#length -= 1;
    const slot = this.#slot(this.#length);
    this.#values[slot] = value;
    this.#updates[slot] = this.#now;
    this.#length += 1;
    if (this.#seen < period) this.#seen += 1;
    return this.value;
  }

  save(): JsonValue {
    const slots = Array.from({ length: this.#length }, (_, place) => this.#slot(place));
    return {
      period: this.warmupBars,
      of: this.#of,
      seen: this.#seen,
      values: slots.map((slot) => this.#values[slot] as number),
      ages: slots.map((slot) => this.#now - (this.#updates[slot] as number)),
    };
  }

  restore(saved: JsonValue): void {
    checkParameter(saved, "period", this.warmupBars);
    checkParameter(saved, "of", this.#of);
    const values = numbersIn(saved, "values");
    const ages = numbersIn(saved, "ages");
    this.#seen = countIn(saved, "seen", this.warmupBars);
    assert(
      values.length === ages.length && values.length <= this.#seen,
      `a saved extreme has an age a value and at most ${this.#seen}, was ${values.length}`,
    );
    assert(
      ages.every((age, place) => age < (ages[place - 1] ?? this.#seen)) &&
        (this.#seen === 0 || ages.at(-1) === 0),
      "a saved extreme's ages fall to 0 from below the number of updates",
    );
    this.#head = 0;
    this.#length = values.length;
    this.#now = 0;
    this.#values.set(values);
    this.#updates.set(ages.map((age) => -age));
  }

  #slot(place: number): number {
    const slot = this.#head + place;
    return slot < this.warmupBars ? slot : slot - this.warmupBars;
  }

  #beats(value: number, slot: number): boolean {
    const held = this.#values[slot] as number;
    return this.#of === "max" ? value >= held : value <= held;
  }
}
