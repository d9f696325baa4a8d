// How long something has been so without a break, of a few numbered things.

export class HotSince {
  readonly #since: Float64Array;

  constructor(things: number) {
    this.#since = new Float64Array(things).fill(Number.NaN);
  }

  /** µs for which thing `index` has been hot, 0 when it just became so, −1 when it is not. */
  lasts(index: number, isHot: boolean, now: number): number {
    if (!isHot) {
      this.#since[index] = Number.NaN;
      return -1;
    }
    const since = this.#since[index] as number;
    if (!Number.isNaN(since)) return now - since;
    this.#since[index] = now;
    return 0;
  }
}
