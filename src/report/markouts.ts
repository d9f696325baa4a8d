// Markouts: how the mid moved after each fill, measured without keeping the past.
// Every fill waits in a ring until 1, 10 and 60 s have passed; three heads walk one ring per instrument.
// Both times are on the bot's own clock: when it learned of the fill, and the last touch it had received by then.

import type { Measured } from "./summary.ts";

/** Horizons, seconds. */
export const MARKOUT_SECONDS = [1, 10, 60] as const;
const HORIZONS_US = MARKOUT_SECONDS.map((seconds) => seconds * 1_000_000);
const HORIZONS = HORIZONS_US.length;
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
  readonly done = new Float64Array(HORIZONS);

  add(at: number, price: number, signedLots: number, maker: boolean): void {
    if (this.added - (this.done[HORIZONS - 1] as number) === this.at.length) this.#grow();
    const slot = this.added & (this.at.length - 1);
    this.at[slot] = at;
    this.price[slot] = price;
    this.lots[slot] = signedLots;
    this.maker[slot] = maker ? 1 : 0;
    this.added += 1;
  }

  #grow(): void {
    const size = this.at.length;
    const first = this.done[HORIZONS - 1] as number;
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
  readonly #gain = new Float64Array(HORIZONS * 2);
  readonly #notional = new Float64Array(HORIZONS * 2);
  readonly #count = new Float64Array(HORIZONS * 2);

  constructor(weights: readonly number[]) {
    this.#weights = Float64Array.from(weights);
    this.#pending = weights.map(() => new Pending());
    this.#due = new Float64Array(weights.length).fill(Number.POSITIVE_INFINITY);
  }

  /** A fill learned at `at`; `signedLots` is negative for a sale. */
  fill(instrument: number, at: number, price: number, signedLots: number, maker: boolean): void {
    (this.#pending[instrument] as Pending).add(at, price, signedLots, maker);
    const first = at + (HORIZONS_US[0] as number);
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

  #settle(instrument: number, at: number, mid2: number): void {
    const pending = this.#pending[instrument] as Pending;
    const weight = this.#weights[instrument] as number;
    const mask = pending.at.length - 1;
    let due = Number.POSITIVE_INFINITY;
    for (let horizon = 0; horizon < HORIZONS; horizon += 1) {
      const wait = HORIZONS_US[horizon] as number;
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
