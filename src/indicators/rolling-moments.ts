// Mean and variance (ddof 0) of the last n values, as sound on bar one million as on bar one: squares of deviations are only
// ever added, never taken off. A window of equal values has variance exactly 0 and its value as the mean.
// Sources: Welford, Technometrics 4 (1962), one value at a time; Chan, Golub, LeVeque (1983), merging two samples.

import type { JsonValue } from "../ports/strategy.ts";
import { ValueWindow } from "./value-window.ts";

export class RollingMoments {
  readonly #window: ValueWindow;
  /** Mean, and sum of squared deviations from it, of the newer block. */
  #newerMean = 0;
  #newerSquares = 0;
  /** Slot i: the same of the older block from slot i on. */
  readonly #olderMean: Float64Array;
  readonly #olderSquares: Float64Array;
  #mean = 0;
  #variance = 0;

  constructor(period: number) {
    this.#window = new ValueWindow(period);
    this.#olderMean = new Float64Array(period);
    this.#olderSquares = new Float64Array(period);
  }

  get full(): boolean {
    return this.#window.full;
  }

  /** The mean; meaningful once the window is full. */
  get mean(): number {
    return this.#mean;
  }

  /** The variance, divided by n and not n − 1; meaningful once the window is full. */
  get variance(): number {
    return this.#variance;
  }

  /** The latest value pushed. */
  latest(): number {
    return this.#window.latest();
  }

  push(value: number): void {
    this.#add(value, this.#window.next + 1);
    if (this.#window.push(value)) this.#turn();
    if (this.#window.full) this.#merge();
  }

  save(): JsonValue {
    return this.#window.save();
  }

  /** All moments follow from the window; slots the newer block has overwritten are no longer read. */
  restore(saved: JsonValue): void {
    this.#window.restore(saved);
    this.#turn();
    for (let slot = 0; slot < this.#window.next; slot += 1) {
      this.#add(this.#window.at(slot), slot + 1);
    }
    if (this.#window.full) this.#merge();
  }

  #add(value: number, count: number): void {
    const deviation = value - this.#newerMean;
    this.#newerMean += deviation / count;
    this.#newerSquares += deviation * (value - this.#newerMean);
  }

  #turn(): void {
    const { period } = this.#window;
    let mean = 0;
    let squares = 0;
    for (let slot = period - 1; slot >= 0; slot -= 1) {
      const value = this.#window.at(slot);
      const deviation = value - mean;
      mean += deviation / (period - slot);
      squares += deviation * (value - mean);
      this.#olderMean[slot] = mean;
      this.#olderSquares[slot] = squares;
    }
    this.#newerMean = 0;
    this.#newerSquares = 0;
  }

  #merge(): void {
    const { period, next } = this.#window;
    const olderMean = this.#olderMean[next] as number;
    const olderSquares = this.#olderSquares[next] as number;
    const share = next / period;
    const apart = this.#newerMean - olderMean;
    const between = apart * apart * share * (period - next);
    this.#mean = olderMean + apart * share;
    this.#variance = (olderSquares + this.#newerSquares + between) / period;
  }
}
