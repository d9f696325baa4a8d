// One side of a sparse market's own book: a few levels, best first, in two small arrays that are kept between worlds.

import { assert } from "../../src/domain/assert.ts";
import type { Side } from "../../src/domain/units.ts";

/** Few enough to search one by one. */
export const SPARSE_LEVELS_MAX = 12;

export class SparseBookSide {
  readonly side: Side;
  /** +1 where a higher price is the better one. */
  readonly sign: 1 | -1;
  readonly prices = new Int32Array(SPARSE_LEVELS_MAX);
  readonly lots = new Int32Array(SPARSE_LEVELS_MAX);
  count = 0;

  constructor(side: Side) {
    this.side = side;
    this.sign = side === "bid" ? 1 : -1;
  }

  /** The best price; the side must not be empty. */
  get best(): number {
    return this.prices[0] as number;
  }

  /** The worst price; the side must not be empty. */
  get worst(): number {
    return this.prices[this.count - 1] as number;
  }

  get full(): boolean {
    return this.count === SPARSE_LEVELS_MAX;
  }

  /** Sets a level to `lots`, which are not 0; a full side takes no new level. */
  set(price: number, lots: number): void {
    const index = this.#find(price);
    if (index === this.count || this.prices[index] !== price) {
      assert(!this.full, "a side that is full takes no new level");
      for (let at = this.count; at > index; at -= 1) this.#move(at - 1, at);
      this.prices[index] = price;
      this.count += 1;
    }
    this.lots[index] = lots;
  }

  lotsAt(price: number): number {
    const index = this.#find(price);
    return index < this.count && this.prices[index] === price ? (this.lots[index] as number) : 0;
  }

  removeAt(index: number): void {
    for (let at = index + 1; at < this.count; at += 1) this.#move(at, at - 1);
    this.count -= 1;
  }

  /** One by one: copying a dozen numbers as a block costs more. */
  #move(from: number, to: number): void {
    this.prices[to] = this.prices[from] as number;
    this.lots[to] = this.lots[from] as number;
  }

  /** First level that is not better than `price`. */
  #find(price: number): number {
    let index = 0;
    while (index < this.count && this.sign * ((this.prices[index] as number) - price) > 0)
      index += 1;
    return index;
  }
}
