// Donchian channel: the highest high and the lowest low of the last n bars, the present one included. A breakout is a
// close beyond the channel as of the bar before: read `value` first, then `update`.

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator, PriceBar } from "./indicator.ts";
import { checkBar } from "./indicator.ts";
import { RollingExtreme } from "./rolling-extreme.ts";
import { partIn } from "./saved-state.ts";

/** In the unit of the price; `middle` is halfway between the other two. */
export type DonchianReading = Readonly<{ upper: number; lower: number; middle: number }>;

export class Donchian implements Indicator<PriceBar, DonchianReading> {
  readonly warmupBars: number;
  readonly #highest: RollingExtreme;
  readonly #lowest: RollingExtreme;
  readonly #reading = { upper: 0, lower: 0, middle: 0 };

  constructor(period: number) {
    this.#highest = new RollingExtreme(period, "max");
    this.#lowest = new RollingExtreme(period, "min");
    this.warmupBars = period;
  }

  get value(): DonchianReading | undefined {
    return this.#highest.value === undefined ? undefined : this.#reading;
  }

  update(bar: PriceBar): DonchianReading | undefined {
    checkBar(bar);
    this.#highest.update(bar.high);
    this.#lowest.update(bar.low);
    return this.#read();
  }

  save(): JsonValue {
    return { highest: this.#highest.save(), lowest: this.#lowest.save() };
  }

  restore(saved: JsonValue): void {
    this.#highest.restore(partIn(saved, "highest"));
    this.#lowest.restore(partIn(saved, "lowest"));
    this.#read();
  }

  #read(): DonchianReading | undefined {
    const upper = this.#highest.value;
    const lower = this.#lowest.value;
    if (upper === undefined || lower === undefined) return undefined;
    this.#reading.upper = upper;
    this.#reading.lower = lower;
    this.#reading.middle = (upper + lower) / 2;
    return this.#reading;
  }
}
