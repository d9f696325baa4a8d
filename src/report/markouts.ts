// Markouts: how the mid moved after each fill, measured without keeping the past.
// Every fill waits in a ring until each horizon has passed; one head a horizon walks one ring per instrument.
// Both times are on the bot's own clock: when it learned of the fill, and the last touch it had received by then.

import type { Mean } from "./summary.ts";

/** Fills of one kind of liquidity, or of one side. */
export type MarkoutGroup = "maker" | "taker" | "bought" | "sold";

/** Horizons, seconds. */
export const MARKOUT_SECONDS = [1, 10, 60] as const;
/** Fewer fills than this give no figure: one lucky fill is not a statistic. */
const MARKOUT_FILLS_MIN = 10;
const RING_START = 64;
/** Bits of a kind of fill. */
const MAKER = 1;
const BOUGHT = 2;

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
  /** Σ g, Σ w, Σ g², Σ w², Σ g·w and counts, g = side·(mid − fill)·value and w = fill·value; see slotOf. */
  readonly #gain: Float64Array;
  readonly #notional: Float64Array;
  readonly #gain2: Float64Array;
  readonly #notional2: Float64Array;
  readonly #cross: Float64Array;
  readonly #count: Float64Array;
  readonly #horizonsUs: Float64Array;

  /** `seconds` are the horizons, ascending. */
  constructor(weights: readonly number[], seconds: readonly number[] = MARKOUT_SECONDS) {
    const horizons = seconds.length;
    this.#horizonsUs = Float64Array.from(seconds, (each) => each * 1_000_000);
    const sums = (): Float64Array => new Float64Array(horizons * 4);
    this.#gain = sums();
    this.#notional = sums();
    this.#gain2 = sums();
    this.#notional2 = sums();
    this.#cross = sums();
    this.#count = sums();
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
  result(horizon: number, group: MarkoutGroup): Mean {
    const sums = { g: 0, w: 0, g2: 0, w2: 0, gw: 0, n: 0 };
    for (let kind = 0; kind < 4; kind += 1) {
      if (!isIn(group, kind)) continue;
      const slot = horizon * 4 + kind;
      sums.g += this.#gain[slot] as number;
      sums.w += this.#notional[slot] as number;
      sums.g2 += this.#gain2[slot] as number;
      sums.w2 += this.#notional2[slot] as number;
      sums.gw += this.#cross[slot] as number;
      sums.n += this.#count[slot] as number;
    }
    return meanOf(sums, group);
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
    const price = pending.price[slot] as number;
    const lots = pending.lots[slot] as number;
    const kind = (pending.maker[slot] === 1 ? MAKER : 0) | (lots > 0 ? BOUGHT : 0);
    const index = horizon * 4 + kind;
    const gain = (mid2 / 2 - price) * lots * weight;
    const notional = Math.abs(price * lots * weight);
    this.#gain[index] = (this.#gain[index] as number) + gain;
    this.#notional[index] = (this.#notional[index] as number) + notional;
    this.#gain2[index] = (this.#gain2[index] as number) + gain * gain;
    this.#notional2[index] = (this.#notional2[index] as number) + notional * notional;
    this.#cross[index] = (this.#cross[index] as number) + gain * notional;
    this.#count[index] = (this.#count[index] as number) + 1;
  }
}

function isIn(group: MarkoutGroup, kind: number): boolean {
  switch (group) {
    case "maker":
      return (kind & MAKER) !== 0;
    case "taker":
      return (kind & MAKER) === 0;
    case "bought":
      return (kind & BOUGHT) !== 0;
    case "sold":
      return (kind & BOUGHT) === 0;
  }
}

type Sums = Readonly<{ g: number; w: number; g2: number; w2: number; gw: number; n: number }>;

/**
 * A mean weighted by w of x = g/w, and its standard error as that of a ratio of two sums:
 * s² = n/(n − 1) · Σ w²(x − m)² / (Σ w)². Source: Cochran, "Sampling Techniques" (3rd ed.), 2.11.
 */
function meanOf({ g, w, g2, w2, gw, n }: Sums, group: MarkoutGroup): Mean {
  if (n < MARKOUT_FILLS_MIN) {
    return { value: null, samples: n, why: `${n} ${group} fills, ${MARKOUT_FILLS_MIN} are needed` };
  }
  const mean = g / w;
  const spread = Math.max(0, g2 - 2 * mean * gw + mean * mean * w2);
  const error = Math.sqrt((n / (n - 1)) * spread) / w;
  return { value: 10_000 * mean, samples: n, error: 10_000 * error };
}
