// True range: how far the price moved in a bar, the gap from the close before it included. It has no value on the first
// bar, which has no close before it. Source: Wilder (1978).

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator, PriceBar } from "./indicator.ts";
import { checkBar } from "./indicator.ts";
import { optionalNumberIn } from "./saved-state.ts";

export class TrueRange implements Indicator<PriceBar, number> {
  readonly warmupBars = 2;
  #bars = 0;
  #previousClose = 0;
  #range = 0;

  get value(): number | undefined {
    return this.#bars === this.warmupBars ? this.#range : undefined;
  }

  update(bar: PriceBar): number | undefined {
    checkBar(bar);
    const high = Math.max(bar.high, this.#previousClose);
    const low = Math.min(bar.low, this.#previousClose);
    this.#previousClose = bar.close + 0;
    if (this.#bars === 0) {
      this.#bars = 1;
      return undefined;
    }
    this.#bars = 2;
    this.#range = high - low;
    return this.#range;
  }

  save(): JsonValue {
    return {
      previousClose: this.#bars > 0 ? this.#previousClose : null,
      range: this.#bars > 1 ? this.#range : null,
    };
  }

  restore(saved: JsonValue): void {
    const previousClose = optionalNumberIn(saved, "previousClose");
    const range = optionalNumberIn(saved, "range");
    this.#bars = previousClose === undefined ? 0 : range === undefined ? 1 : 2;
    this.#previousClose = previousClose ?? 0;
    this.#range = range ?? 0;
  }
}
