// Average directional index: Wilder's average of DX, how strongly the market trends in either direction (0 to 100).
// The first value, the mean of n values of DX, comes on bar 2n. A market without any range has ADX 0.

import type { JsonValue } from "../ports/strategy.ts";
import { DirectionalMovement } from "./directional-movement.ts";
import type { Indicator, PriceBar } from "./indicator.ts";
import { partIn } from "./saved-state.ts";
import { WilderAverage } from "./wilder-average.ts";

export type AdxReading = Readonly<{ adx: number; plusDi: number; minusDi: number }>;

export class Adx implements Indicator<PriceBar, AdxReading> {
  readonly warmupBars: number;
  readonly #movement: DirectionalMovement;
  readonly #average: WilderAverage;
  readonly #reading = { adx: 0, plusDi: 0, minusDi: 0 };

  constructor(period: number) {
    this.#movement = new DirectionalMovement(period);
    this.#average = new WilderAverage(period);
    this.warmupBars = 2 * period;
  }

  get value(): AdxReading | undefined {
    return this.#average.value === undefined ? undefined : this.#reading;
  }

  update(bar: PriceBar): AdxReading | undefined {
    const movement = this.#movement.update(bar);
    if (movement === undefined) return undefined;
    this.#average.update(movement.dx);
    return this.#read();
  }

  save(): JsonValue {
    return { movement: this.#movement.save(), average: this.#average.save() };
  }

  restore(saved: JsonValue): void {
    this.#movement.restore(partIn(saved, "movement"));
    this.#average.restore(partIn(saved, "average"));
    this.#read();
  }

  #read(): AdxReading | undefined {
    const movement = this.#movement.value;
    const adx = this.#average.value;
    if (movement === undefined || adx === undefined) return undefined;
    this.#reading.adx = adx;
    this.#reading.plusDi = movement.plusDi;
    this.#reading.minusDi = movement.minusDi;
    return this.#reading;
  }
}
