// Moving average convergence/divergence: line = fast EMA − slow EMA, signal = EMA of the line, histogram = line − signal.
// Each EMA is seeded with the mean of its own first values. TA-Lib starts the fast one later, on the bars just before the
// slow one's first value; the two disagree at first and forget it by (fast − 1) / (fast + 1) a bar: at 12/26/9 the
// difference is below a billionth of itself some 130 bars later.

import { assert } from "../domain/assert.ts";
import type { JsonValue } from "../ports/strategy.ts";
import { Ema } from "./ema.ts";
import type { Indicator } from "./indicator.ts";
import { partIn } from "./saved-state.ts";

/** Periods in bars; 12, 26 and 9 are the usual ones. */
export type MacdConfig = Readonly<{ fast: number; slow: number; signal: number }>;

/** In the unit of the price. On a market that stands still all three are 0. */
export type MacdReading = Readonly<{ line: number; signal: number; histogram: number }>;

export class Macd implements Indicator<number, MacdReading> {
  readonly warmupBars: number;
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #signal: Ema;
  readonly #reading = { line: 0, signal: 0, histogram: 0 };

  constructor(config: MacdConfig) {
    assert(
      config.fast < config.slow,
      `the fast period is below the slow one of ${config.slow}, was ${config.fast}`,
    );
    this.#fast = new Ema(config.fast);
    this.#slow = new Ema(config.slow);
    this.#signal = new Ema(config.signal);
    this.warmupBars = config.slow + config.signal - 1;
  }

  get value(): MacdReading | undefined {
    return this.#signal.value === undefined ? undefined : this.#reading;
  }

  update(close: number): MacdReading | undefined {
    const fast = this.#fast.update(close);
    const slow = this.#slow.update(close);
    if (fast === undefined || slow === undefined) return undefined;
    this.#signal.update(fast - slow);
    return this.#read();
  }

  save(): JsonValue {
    return { fast: this.#fast.save(), slow: this.#slow.save(), signal: this.#signal.save() };
  }

  restore(saved: JsonValue): void {
    this.#fast.restore(partIn(saved, "fast"));
    this.#slow.restore(partIn(saved, "slow"));
    this.#signal.restore(partIn(saved, "signal"));
    this.#read();
  }

  #read(): MacdReading | undefined {
    const fast = this.#fast.value;
    const slow = this.#slow.value;
    const signal = this.#signal.value;
    if (fast === undefined || slow === undefined || signal === undefined) return undefined;
    this.#reading.line = fast - slow;
    this.#reading.signal = signal;
    this.#reading.histogram = this.#reading.line - signal;
    return this.#reading;
  }
}
