// When the MACD crosses its signal line, and which way the trend of longer bars points. Closed bars only.

import type { BarClosed } from "../../src/domain/event.ts";
import { Macd } from "../../src/indicators/macd.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { IndicatorPeriods } from "./macd-config.ts";

/** +1 buys, −1 sells. */
export type Direction = 1 | -1;

/**
 * Watches the sign of the histogram. A histogram that comes back from 0 to the side it was on has not crossed; one that
 * leaves 0 after a warm-up that ended there has.
 */
export class CrossSignal {
  #sign: -1 | 0 | 1 | undefined;

  /** Takes the histogram of the next closed bar; the direction it has just crossed to, if it has. */
  update(histogramMilliTicks: number): Direction | undefined {
    const before = this.#sign;
    const sign = Math.sign(histogramMilliTicks);
    if (sign === 0) {
      this.#sign ??= 0;
      return undefined;
    }
    const direction: Direction = sign > 0 ? 1 : -1;
    this.#sign = direction;
    return before === undefined || before === direction ? undefined : direction;
  }

  save(): JsonValue {
    return this.#sign ?? null;
  }

  restore(saved: JsonValue): void {
    this.#sign = (saved as -1 | 0 | 1 | null) ?? undefined;
  }
}

/** The side of its signal line the MACD of longer bars is on. */
export class HigherTrend {
  readonly periodUs: number;
  readonly #macd: Macd;

  constructor(periodUs: number, { fast, slow, signal }: IndicatorPeriods) {
    this.periodUs = periodUs;
    this.#macd = new Macd({ fast, slow, signal });
  }

  update(bar: BarClosed): void {
    this.#macd.update(bar.close);
  }

  /** 0 for neither side, undefined while warming up. */
  sign(): number | undefined {
    const reading = this.#macd.value;
    return reading === undefined ? undefined : Math.sign(reading.histogram);
  }

  save(): JsonValue {
    return this.#macd.save();
  }

  restore(saved: JsonValue): void {
    this.#macd.restore(saved);
  }
}
