// Wilder's directional movement: +DI and −DI, the share of the averaged range that new highs and new lows made (0 to 100),
// and DX, how one-sided the two are. Averages are seeded with the mean of the first n, as in Wilder (1978); TA-Lib seeds
// with n − 1 of them and smooths the n-th in; what that changes fades by (n − 1) / n a bar.
// A market without any range has +DI = −DI = DX = 0; so has DX while neither side made a new extreme.

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator, PriceBar } from "./indicator.ts";
import { optionalNumberIn, partIn } from "./saved-state.ts";
import { TrueRange } from "./true-range.ts";
import { NO_MOVEMENT, WilderAverage } from "./wilder-average.ts";

export type DirectionalReading = Readonly<{ plusDi: number; minusDi: number; dx: number }>;

export class DirectionalMovement implements Indicator<PriceBar, DirectionalReading> {
  readonly warmupBars: number;
  readonly #trueRange = new TrueRange();
  readonly #range: WilderAverage;
  readonly #plus: WilderAverage;
  readonly #minus: WilderAverage;
  #previousHigh = 0;
  #previousLow = 0;
  #started = false;
  readonly #reading = { plusDi: 0, minusDi: 0, dx: 0 };

  constructor(period: number) {
    this.#range = new WilderAverage(period);
    this.#plus = new WilderAverage(period);
    this.#minus = new WilderAverage(period);
    this.warmupBars = period + 1;
  }

  get value(): DirectionalReading | undefined {
    return this.#range.value === undefined ? undefined : this.#reading;
  }

  update(bar: PriceBar): DirectionalReading | undefined {
    const range = this.#trueRange.update(bar);
    const up = bar.high - this.#previousHigh;
    const down = this.#previousLow - bar.low;
    this.#previousHigh = bar.high + 0;
    this.#previousLow = bar.low + 0;
    this.#started = true;
    if (range === undefined) return undefined;
    this.#range.update(range);
    this.#plus.update(up > down && up > 0 ? up : 0);
    this.#minus.update(down > up && down > 0 ? down : 0);
    return this.#read();
  }

  save(): JsonValue {
    return {
      trueRange: this.#trueRange.save(),
      previousHigh: this.#started ? this.#previousHigh : null,
      previousLow: this.#started ? this.#previousLow : null,
      range: this.#range.save(),
      plus: this.#plus.save(),
      minus: this.#minus.save(),
    };
  }

  restore(saved: JsonValue): void {
    this.#trueRange.restore(partIn(saved, "trueRange"));
    const previousHigh = optionalNumberIn(saved, "previousHigh");
    this.#started = previousHigh !== undefined;
    this.#previousHigh = previousHigh ?? 0;
    this.#previousLow = optionalNumberIn(saved, "previousLow") ?? 0;
    this.#range.restore(partIn(saved, "range"));
    this.#plus.restore(partIn(saved, "plus"));
    this.#minus.restore(partIn(saved, "minus"));
    this.#read();
  }

  #read(): DirectionalReading | undefined {
    const range = this.#range.value;
    const plus = this.#plus.value;
    const minus = this.#minus.value;
    if (range === undefined || plus === undefined || minus === undefined) return undefined;
    const moved = range > NO_MOVEMENT;
    const plusDi = moved ? 100 * (plus / range) : 0;
    const minusDi = moved ? 100 * (minus / range) : 0;
    const both = plusDi + minusDi;
    this.#reading.plusDi = plusDi;
    this.#reading.minusDi = minusDi;
    this.#reading.dx = both > NO_MOVEMENT ? 100 * (Math.abs(plusDi - minusDi) / both) : 0;
    return this.#reading;
  }
}
