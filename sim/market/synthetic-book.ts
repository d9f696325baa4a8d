// One side of the synthetic market's own book: levels in a sorted array, best first. Small, plain and slow is enough.

import { assert } from "../../src/domain/assert.ts";
import type { Side } from "../../src/domain/units.ts";

export class SyntheticBookSide {
  readonly side: Side;
  readonly #sign: 1 | -1;
  readonly #prices: number[] = [];
  readonly #lots: number[] = [];

  constructor(side: Side) {
    this.side = side;
    this.#sign = side === "bid" ? 1 : -1;
  }

  get levels(): number {
    return this.#prices.length;
  }

  /** Price of a level, counted from the best; there must be such a level. */
  price(index: number): number {
    const price = this.#prices[index];
    assert(price !== undefined, `level ${index} exists`);
    return price;
  }

  /** Lots of a level, counted from the best; there must be such a level. */
  lots(index: number): number {
    const lots = this.#lots[index];
    assert(lots !== undefined, `level ${index} exists`);
    return lots;
  }

  lotsAt(price: number): number {
    const index = this.#find(price);
    return this.#prices[index] === price ? this.lots(index) : 0;
  }

  add(price: number, lots: number): void {
    assert(lots > 0 && price > 0, "an order has a size and a price");
    const index = this.#find(price);
    if (this.#prices[index] === price) {
      this.#lots[index] = this.lots(index) + lots;
      return;
    }
    this.#prices.splice(index, 0, price);
    this.#lots.splice(index, 0, lots);
  }

  /** Takes lots out of a level, which disappears when none are left. */
  remove(index: number, lots: number): void {
    const left = this.lots(index) - lots;
    assert(left >= 0, "no more leaves a level than is in it");
    if (left > 0) {
      this.#lots[index] = left;
      return;
    }
    this.#prices.splice(index, 1);
    this.#lots.splice(index, 1);
  }

  /** How many ticks `price` is behind the best; negative when it is better. */
  behind(price: number): number {
    return this.#sign * (this.price(0) - price);
  }

  /** First level that is not better than `price`. */
  #find(price: number): number {
    let index = 0;
    while (index < this.#prices.length && this.#sign * (this.price(index) - price) > 0) index += 1;
    return index;
  }
}
