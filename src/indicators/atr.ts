// Average true range: Wilder's average of the true range, in the unit of the price. The first bar has no true range, so
// the first value, the mean of n of them, comes on bar n + 1. A market that stands still has ATR 0.

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator, PriceBar } from "./indicator.ts";
import { partIn } from "./saved-state.ts";
import { TrueRange } from "./true-range.ts";
import { WilderAverage } from "./wilder-average.ts";

export class Atr implements Indicator<PriceBar, number> {
  readonly warmupBars: number;
  readonly #trueRange = new TrueRange();
  readonly #average: WilderAverage;

  constructor(period: number) {
    this.#average = new WilderAverage(period);
    this.warmupBars = period + 1;
  }

  get value(): number | undefined {
    return this.#average.value;
  }

  update(bar: PriceBar): number | undefined {
    const range = this.#trueRange.update(bar);
    return range === undefined ? undefined : this.#average.update(range);
  }

  save(): JsonValue {
    return { trueRange: this.#trueRange.save(), average: this.#average.save() };
  }

  restore(saved: JsonValue): void {
    this.#trueRange.restore(partIn(saved, "trueRange"));
    this.#average.restore(partIn(saved, "average"));
  }
}
