// The books of an instrument in columns: each as what became otherwise since the one before it, and every so often whole, so
// that a reader need not begin at the beginning.

import type { FilmSide } from "../player/film.ts";
import { packInts } from "./pack-ints.ts";
import type { PackedBooks } from "./player-data.ts";

/** One book in so many is whole. */
const WHOLE_EVERY = 64;

export class Books {
  readonly #changes: number[] = [];
  readonly #side: number[] = [];
  readonly #price: number[] = [];
  readonly #size: number[] = [];
  readonly #last = [new Map<number, number>(), new Map<number, number>()];

  /** Adds a book; its place among them. */
  place(bids: FilmSide, asks: FilmSide): number {
    const begins = this.#price.length;
    const isWhole = this.#changes.length % WHOLE_EVERY === 0;
    [bids, asks].forEach((side, code) => {
      const before = isWhole ? new Map<number, number>() : (this.#last[code] ?? new Map());
      const now = levelsOf(side);
      for (const [price, size] of now) {
        if (before.get(price) !== size) this.#level(code, price, size);
      }
      for (const price of before.keys()) if (!now.has(price)) this.#level(code, price, undefined);
      this.#last[code] = now;
    });
    this.#changes.push(this.#price.length - begins);
    return this.#changes.length - 1;
  }

  get packed(): PackedBooks {
    return {
      wholeEvery: WHOLE_EVERY,
      changes: packInts(this.#changes),
      side: packInts(this.#side),
      price: packInts(this.#price),
      size: packInts(this.#size),
    };
  }

  /** `size` undefined: the level is gone. */
  #level(code: number, price: number, size: number | undefined): void {
    this.#side.push(code);
    this.#price.push(price);
    this.#size.push(size ?? GONE);
  }
}

/** No level has less than nothing. */
const GONE = -1;

function levelsOf(side: FilmSide): Map<number, number> {
  const levels = new Map<number, number>();
  for (let index = 0; index < side.length; index += 2) {
    levels.set(side[index] as number, side[index + 1] as number);
  }
  return levels;
}
