// How much was held and for how long: largest and time-weighted position, and the share of time with one.
// Changes only at fills; between them a position is a constant times the time that passes.

export class Inventory {
  readonly lots: Float64Array;
  readonly maxLots: Float64Array;
  /** ∫ |lots| dt, lots × µs. */
  readonly #held: Float64Array;
  readonly #since: Float64Array;
  #open = 0;
  #openSince = 0;
  /** µs with a position in any instrument. */
  #inMarketUs = 0;

  constructor(instruments: number) {
    this.lots = new Float64Array(instruments);
    this.maxLots = new Float64Array(instruments);
    this.#held = new Float64Array(instruments);
    this.#since = new Float64Array(instruments);
  }

  /** The position changes by `signedLots` at `at`, which never goes back. */
  move(instrument: number, signedLots: number, at: number): void {
    const before = this.lots[instrument] as number;
    const after = before + signedLots;
    this.#accrue(instrument, at);
    this.lots[instrument] = after;
    if (Math.abs(after) > (this.maxLots[instrument] as number)) {
      this.maxLots[instrument] = Math.abs(after);
    }
    if (before === 0 && after !== 0) {
      if (this.#open === 0) this.#openSince = at;
      this.#open += 1;
    } else if (before !== 0 && after === 0) {
      this.#open -= 1;
      if (this.#open === 0) this.#inMarketUs += at - this.#openSince;
    }
  }

  /** Mean |lots| over the span from `from` to `to`. */
  meanLots(instrument: number, from: number, to: number): number {
    this.#accrue(instrument, to);
    return to > from ? (this.#held[instrument] as number) / (to - from) : 0;
  }

  /** µs with any position, until `to`. */
  inMarketUs(to: number): number {
    return this.#inMarketUs + (this.#open > 0 ? to - this.#openSince : 0);
  }

  #accrue(instrument: number, at: number): void {
    const waited = at - (this.#since[instrument] as number);
    this.#held[instrument] =
      (this.#held[instrument] as number) + Math.abs(this.lots[instrument] as number) * waited;
    this.#since[instrument] = at;
  }
}
