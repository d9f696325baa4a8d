// An exponential average that begins as the simple mean of its first n values, the seeding of TA-Lib and of Wilder.
// Each later value moves it by `weight` of the distance, so a value equal to the average leaves it as it is.

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator } from "./indicator.ts";
import { checkedInput, checkedPeriod } from "./indicator.ts";
import { checkParameter, countIn, numberIn } from "./saved-state.ts";

export class SeededAverage implements Indicator<number, number> {
  readonly warmupBars: number;
  readonly #weight: number;
  /** Values taken for the seed, up to `warmupBars`. */
  #seen = 0;
  /** The average; while the seed is gathered, its sum. */
  #average = 0;

  constructor(config: Readonly<{ period: number; weight: number }>) {
    this.warmupBars = checkedPeriod(config.period);
    this.#weight = config.weight;
  }

  get value(): number | undefined {
    return this.#seen === this.warmupBars ? this.#average : undefined;
  }

  update(input: number): number | undefined {
    const value = checkedInput(input);
    if (this.#seen === this.warmupBars) {
      this.#average += this.#weight * (value - this.#average);
      return this.#average;
    }
    this.#seen += 1;
    this.#average += value;
    if (this.#seen < this.warmupBars) return undefined;
    this.#average /= this.warmupBars;
    return this.#average;
  }

  save(): JsonValue {
    return {
      period: this.warmupBars,
      weight: this.#weight,
      seen: this.#seen,
      average: this.#average,
    };
  }

  restore(saved: JsonValue): void {
    checkParameter(saved, "period", this.warmupBars);
    checkParameter(saved, "weight", this.#weight);
    this.#seen = countIn(saved, "seen", this.warmupBars);
    this.#average = numberIn(saved, "average");
  }
}
