// Markouts: how the mid moved after each fill, measured without keeping the past.
// Every fill waits in a ring until each horizon has passed; one head a horizon walks one ring per instrument.
// Both times are on the bot's own clock: when it learned of the fill, and the last touch it had received by then.

import type { Measured } from "./summary.ts";

/** Horizons, seconds. */
export const MARKOUT_SECONDS = [1, 10, 60] as const;
/** Fewer fills than this give no figure: one lucky fill is not a statistic. */
const MARKOUT_FILLS_MIN = 10;
const RING_START = 64;

/** Fills of one instrument that still wait for a horizon. */
class Pending {
  at = new Float64Array(RING_START);
  price = new Float64Array(RING_START);
  /** Lots, negative for a sale. */
  lots = new Float64Array(RING_START);
  maker = new Uint8Array(RING_START);
  /** Count of fills ever added, and per horizon how many of them are done. */
  added = 0;
  readonly done: Float64Array;

  constructor(horizons: number) {
    this.done = new Float64Array(horizons);
  }

  add(at: number, price: number, signedLots: number, maker: boolean): void {
    if (this.added - (this.done[this.done.length - 1] as number) === this.at.length) this.#grow();
    const slot = this.added & (this.at.length - 1);
    this.at[slot] = at;
    this.price[slot] = price;
    this.lots[slot] = signedLots;
    this.maker[slot] = maker ? 1 : 0;
    this.added += 1;
  }

  #grow(): void {
    const size = this.at.length;
    const first = this.done[this.done.length - 1] as number;
    const move = <Column extends Float64Array | Uint8Array>(from: Column, to: Column): Column => {
      for (let index = first; index < this.added; index += 1) {
        to[index & (2 * size - 1)] = from[index & (size - 1)] as number;
      }
      return to;
    };
    this.at = move(this.at, new Float64Array(2 * size));
    this.price = move(this.price, new Float64Array(2 * size));
    this.lots = move(this.lots, new Float64Array(2 * size));
    this.maker = move(this.maker, new Uint8Array(2 * size));
  }
}

export class Markouts {
  readonly #pending: readonly Pending[];
  /** Earliest horizon waited for, per instrument, µs. */
  readonly #due: Float64Array;
  /** Value of a tick × lot, per instrument, in one common unit: weighs instruments against each other. */
  readonly #weights: Float64Array;
  /** Σ side·(mid − fill)·value, Σ fill·value and counts; index = horizon × 2 + maker. */
  readonly #gain: Float64Array;
  readonly #notional: Float64Array;
  readonly #count: Float64Array;
  readonly #horizonsUs: Float64Array;

  /** `seconds` are the horizons, ascending. */
  constructor(weights: readonly number[], seconds: readonly number[] = MARKOUT_SECONDS) {
    const horizons = seconds.length;
    this.#horizonsUs = Float64Array.from(seconds, (each) => each * 1_000_000);
    this.#gain = new Float64Array(horizons * 2);
    this.#notional = new Float64Array(horizons * 2);
    this.#count = new Float64Array(horizons * 2);
    this.#weights = Float64Array.from(weights);
    this.#pending = weights.map(() => new Pending(horizons));
    this.#due = new Float64Array(weights.length).fill(Number.POSITIVE_INFINITY);
  }

  /** A fill learned at `at`; `signedLots` is negative for a sale. */
  fill(instrument: number, at: number, price: number, signedLots: number, maker: boolean): void {
    (this.#pending[instrument] as Pending).add(at, price, signedLots, maker);
    const first = at + (this.#horizonsUs[0] as number);
    if (first < (this.#due[instrument] as number)) this.#due[instrument] = first;
  }

  /** Time has come to `at` with `mid2` (bid + ask, ticks; 0: none) still the last touch: settles what was due before. */
  passed(instrument: number, at: number, mid2: number): void {
    if ((this.#due[instrument] as number) < at) this.#settle(instrument, at, mid2);
  }

  /** Mean of side·(mid(t+h) − fill)/fill in basis points, weighted by notional. */
  result(horizon: number, liquidity: "maker" | "taker"): Measured {
    const index = horizon * 2 + (liquidity === "maker" ? 1 : 0);
    const samples = this.#count[index] as number;
    if (samples < MARKOUT_FILLS_MIN) {
      const why = `${samples} ${liquidity} fills, ${MARKOUT_FILLS_MIN} are needed`;
      return { value: null, samples, why };
    }
    const gain = this.#gain[index] as number;
    return { value: (10_000 * gain) / (this.#notional[index] as number), samples };
  }

  /** Σ side·(mid(t+h) − fill) × lots of every settled fill, in tick-lots of the first instrument's worth. */
  gain(horizon: number): number {
    const maker = this.#gain[horizon * 2 + 1] as number;
    return (this.#gain[horizon * 2] as number) + maker;
  }

  #settle(instrument: number, at: number, mid2: number): void {
    const pending = this.#pending[instrument] as Pending;
    const weight = this.#weights[instrument] as number;
    const mask = pending.at.length - 1;
    let due = Number.POSITIVE_INFINITY;
    const horizonsUs = this.#horizonsUs;
    for (let horizon = 0; horizon < horizonsUs.length; horizon += 1) {
      const wait = horizonsUs[horizon] as number;
      let next = pending.done[horizon] as number;
      for (; next < pending.added; next += 1) {
        const slot = next & mask;
        const when = (pending.at[slot] as number) + wait;
        if (when >= at) {
          if (when < due) due = when;
          break;
        }
        if (mid2 !== 0) this.#book(horizon, pending, slot, mid2, weight);
      }
      pending.done[horizon] = next;
    }
    this.#due[instrument] = due;
  }

  #book(horizon: number, pending: Pending, slot: number, mid2: number, weight: number): void {
    const index = horizon * 2 + (pending.maker[slot] as number);
    const price = pending.price[slot] as number;
    const lots = pending.lots[slot] as number;
    this.#gain[index] = (this.#gain[index] as number) + (mid2 / 2 - price) * lots * weight;
    this.#notional[index] = (this.#notional[index] as number) + price * Math.abs(lots) * weight;
    this.#count[index] = (this.#count[index] as number) + 1;
  }
}
