// Bollinger bands: the mean of the last n closes, and bands k standard deviations (ddof 0) above and below it.
// A market that stands still has all three at its price, width 0, and %b 0.5: the price is where the middle is.

import { assert } from "../domain/assert.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator } from "./indicator.ts";
import { checkedAmount } from "./indicator.ts";
import { RollingMoments } from "./rolling-moments.ts";
import { checkParameter, partIn } from "./saved-state.ts";

/** Period in bars and half width in standard deviations; 20 and 2 are the usual ones. */
export type BollingerConfig = Readonly<{ period: number; deviations: number }>;

export type BollingerReading = Readonly<{
  /** In the unit of the price. */
  mean: number;
  upper: number;
  lower: number;
  /** BandWidth: (upper − lower) / mean. */
  width: number;
  /** Where the close is: 0 at the lower band, 1 at the upper, beyond them when it is. */
  percentB: number;
}>;

/** Takes closes, which are not negative: the width is measured in them. */
export class BollingerBands implements Indicator<number, BollingerReading> {
  readonly warmupBars: number;
  readonly #deviations: number;
  readonly #moments: RollingMoments;
  readonly #reading = { mean: 0, upper: 0, lower: 0, width: 0, percentB: 0 };

  constructor(config: BollingerConfig) {
    assert(
      config.deviations > 0 && config.deviations <= 100,
      `bands lie above 0 and up to 100 deviations apart from the mean, was ${config.deviations}`,
    );
    this.#deviations = config.deviations;
    this.#moments = new RollingMoments(config.period);
    this.warmupBars = config.period;
  }

  get value(): BollingerReading | undefined {
    return this.#moments.full ? this.#reading : undefined;
  }

  update(close: number): BollingerReading | undefined {
    this.#moments.push(checkedAmount(close));
    return this.#moments.full ? this.#read() : undefined;
  }

  save(): JsonValue {
    return { deviations: this.#deviations, window: this.#moments.save() };
  }

  restore(saved: JsonValue): void {
    checkParameter(saved, "deviations", this.#deviations);
    this.#moments.restore(partIn(saved, "window"));
    if (this.#moments.full) this.#read();
  }

  #read(): BollingerReading {
    const { mean } = this.#moments;
    const half = this.#deviations * Math.sqrt(this.#moments.variance);
    const reading = this.#reading;
    reading.mean = mean;
    reading.upper = mean + half;
    reading.lower = mean - half;
    // Closes are not negative, so a mean of 0 has bands of width 0.
    reading.width = half > 0 ? (2 * half) / mean : 0;
    reading.percentB = half > 0 ? 0.5 + (this.#moments.latest() - mean) / (2 * half) : 0.5;
    return reading;
  }
}
