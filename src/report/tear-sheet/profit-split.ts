// Where the profit came from. Each fill earns the distance to the mid at that moment (the spread captured); then the mid
// moves: what it does in the first ten seconds is the price of having been filled (adverse selection), the rest belongs to
// holding (inventory). The three are the whole gain by price; fees and funding come on top.

import { Markouts } from "../markouts.ts";

/** How long a move of the mid still counts as the fill's own doing. */
export const ADVERSE_SECONDS = 10;

/** In units of one tick × one lot of the first instrument. */
export type SplitTickLots = Readonly<{ spread: number; adverse: number }>;

export class ProfitSplit {
  readonly #weights: readonly number[];
  readonly #after: Markouts;
  #spread = 0;

  /** `weights`: what a tick × lot is worth, in one common unit. */
  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.#after = new Markouts(weights, [ADVERSE_SECONDS]);
  }

  /** A fill while bid + ask was `mid2`; 0: no book yet, and the fill's price stands for the mid. */
  fill(
    fill: Readonly<{ instrument: number; at: number; price: number; signedLots: number }>,
    mid2: number,
  ): void {
    const { instrument, at, price, signedLots } = fill;
    const mid = mid2 === 0 ? price : mid2 / 2;
    this.#spread += (mid - price) * signedLots * (this.#weights[instrument] as number);
    this.#after.fill(instrument, at, mid, signedLots, true);
  }

  /** Time has come to `at`, see Markouts.passed. */
  passed(instrument: number, at: number, mid2: number): void {
    this.#after.passed(instrument, at, mid2);
  }

  get tickLots(): SplitTickLots {
    return { spread: this.#spread, adverse: this.#after.gain(0) };
  }
}
