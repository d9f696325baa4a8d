// Relative strength index: what share of the averaged movement was upwards, 0 to 100. Wilder's averages, seeded with the
// mean of the first n changes, so the first value comes on bar n + 1.
// Only rises: 100. Only falls: 0. No movement at all: 50, since neither side was stronger (TA-Lib says 0 there, others 100).

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator } from "./indicator.ts";
import { checkedInput } from "./indicator.ts";
import { optionalNumberIn, partIn } from "./saved-state.ts";
import { NO_MOVEMENT, WilderAverage } from "./wilder-average.ts";

export class Rsi implements Indicator<number, number> {
  readonly warmupBars: number;
  readonly #gain: WilderAverage;
  readonly #loss: WilderAverage;
  #started = false;
  #previous = 0;

  constructor(period: number) {
    this.#gain = new WilderAverage(period);
    this.#loss = new WilderAverage(period);
    this.warmupBars = period + 1;
  }

  get value(): number | undefined {
    const gain = this.#gain.value;
    const loss = this.#loss.value;
    if (gain === undefined || loss === undefined) return undefined;
    const movement = gain + loss;
    return movement > NO_MOVEMENT ? 100 * (gain / movement) : 50;
  }

  update(close: number): number | undefined {
    const value = checkedInput(close);
    const change = value - this.#previous;
    this.#previous = value;
    if (!this.#started) {
      this.#started = true;
      return undefined;
    }
    this.#gain.update(change > 0 ? change : 0);
    this.#loss.update(change < 0 ? -change : 0);
    return this.value;
  }

  save(): JsonValue {
    return {
      previous: this.#started ? this.#previous : null,
      gain: this.#gain.save(),
      loss: this.#loss.save(),
    };
  }

  restore(saved: JsonValue): void {
    const previous = optionalNumberIn(saved, "previous");
    this.#started = previous !== undefined;
    this.#previous = previous ?? 0;
    this.#gain.restore(partIn(saved, "gain"));
    this.#loss.restore(partIn(saved, "loss"));
  }
}
