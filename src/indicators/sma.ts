// Simple moving average: the mean of the last n values. Of prices in ticks it is exact to the last bit.

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator } from "./indicator.ts";
import { checkedInput } from "./indicator.ts";
import { RollingSum } from "./rolling-sum.ts";

export class Sma implements Indicator<number, number> {
  readonly warmupBars: number;
  readonly #sum: RollingSum;

  constructor(period: number) {
    this.#sum = new RollingSum(period);
    this.warmupBars = period;
  }

  get value(): number | undefined {
    return this.#sum.full ? this.#sum.sum / this.warmupBars : undefined;
  }

  update(input: number): number | undefined {
    this.#sum.push(checkedInput(input));
    return this.value;
  }

  save(): JsonValue {
    return this.#sum.save();
  }

  restore(saved: JsonValue): void {
    this.#sum.restore(saved);
  }
}
