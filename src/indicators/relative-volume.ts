// Volume against its simple average over the last n bars, the present one included, so the ratio is at most n.
// Without any volume in the window the average and the ratio are 0: nothing surged, and nothing was there to trade with.

import type { JsonValue } from "../ports/strategy.ts";
import type { Indicator } from "./indicator.ts";
import { checkedAmount } from "./indicator.ts";
import { RollingSum } from "./rolling-sum.ts";

/** `average` in the unit of the volume; `ratio` is 1 for a bar as busy as the average. */
export type VolumeReading = Readonly<{ average: number; ratio: number }>;

export class RelativeVolume implements Indicator<number, VolumeReading> {
  readonly warmupBars: number;
  readonly #sum: RollingSum;
  readonly #reading = { average: 0, ratio: 0 };

  constructor(period: number) {
    this.#sum = new RollingSum(period);
    this.warmupBars = period;
  }

  get value(): VolumeReading | undefined {
    return this.#sum.full ? this.#reading : undefined;
  }

  update(volume: number): VolumeReading | undefined {
    this.#sum.push(checkedAmount(volume));
    return this.#sum.full ? this.#read() : undefined;
  }

  save(): JsonValue {
    return this.#sum.save();
  }

  restore(saved: JsonValue): void {
    this.#sum.restore(saved);
    if (this.#sum.full) this.#read();
  }

  #read(): VolumeReading {
    const average = this.#sum.sum / this.warmupBars;
    this.#reading.average = average;
    this.#reading.ratio = average > 0 ? this.#sum.latest() / average : 0;
    return this.#reading;
  }
}
