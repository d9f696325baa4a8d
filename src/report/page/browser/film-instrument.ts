// An instrument of a film in the browser: what each side had of it at any step, and the book.

import type {
  PackedBooks,
  PackedFilm,
  PackedFilmInstrument,
  PackedInts,
  PackedOrder,
  PackedTrack,
} from "../player-data.ts";
import { bytes } from "./columns.ts";

const GROUP = 128;

/** The numbers of a column, as `packInts` wrote them; NaN where it has a hole. */
export function ints(column: PackedInts): Float64Array {
  const packed = bytes(column);
  let count = 0;
  for (const byte of packed) if (byte < GROUP) count += 1;
  const out = new Float64Array(count);
  let value = 0;
  let rest = 0;
  let scale = 1;
  let index = 0;
  for (const byte of packed) {
    rest += (byte % GROUP) * scale;
    if (byte >= GROUP) {
      scale *= GROUP;
      continue;
    }
    value += rest % 2 === 0 ? -rest / 2 : (rest - 1) / 2;
    out[index] = rest === 0 ? Number.NaN : value;
    index += 1;
    rest = 0;
    scale = 1;
  }
  return out;
}

/** A value by step. */
export class Track {
  readonly steps: Float64Array;
  readonly #values: Float64Array;

  constructor(track: PackedTrack) {
    this.steps = ints(track.step);
    this.#values = ints(track.value);
  }

  /** As of a step; undefined before there is any. */
  at(step: number): number | undefined {
    const value = this.#values[lastAtOrBefore(this.steps, step)];
    return Number.isNaN(value) ? undefined : value;
  }
}

/** The index of the last number at `value` or below, −1 without one; numbers ascend. */
export function lastAtOrBefore(numbers: Float64Array, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export type Book = Readonly<{
  bids: readonly (readonly [price: number, size: number])[];
  asks: readonly (readonly [price: number, size: number])[];
}>;

class BooksReader {
  readonly #told: PackedBooks;
  readonly #begins: Float64Array;
  readonly #side: Float64Array;
  readonly #price: Float64Array;
  readonly #size: Float64Array;

  constructor(told: PackedBooks) {
    this.#told = told;
    const changes = ints(told.changes);
    this.#begins = new Float64Array(changes.length + 1);
    for (const [index, count] of changes.entries()) {
      this.#begins[index + 1] = (this.#begins[index] as number) + count;
    }
    this.#side = ints(told.side);
    this.#price = ints(told.price);
    this.#size = ints(told.size);
  }

  at(place: number): Book {
    const { wholeEvery } = this.#told;
    const whole = place - (place % wholeEvery);
    const sides = [new Map<number, number>(), new Map<number, number>()] as const;
    const until = this.#begins[place + 1] as number;
    for (let level = this.#begins[whole] as number; level < until; level += 1) {
      const side = sides[this.#side[level] === 0 ? 0 : 1];
      const [price, size] = [this.#price[level] as number, this.#size[level] as number];
      if (size < 0) side.delete(price);
      else side.set(price, size);
    }
    const [bids, asks] = sides;
    return {
      bids: [...bids].sort(([one], [other]) => other - one),
      asks: [...asks].sort(([one], [other]) => one - other),
    };
  }
}

/** One instrument of a film. */
export class FilmInstrument {
  readonly told: PackedFilmInstrument;
  readonly #film: PackedFilm;
  readonly #tracks: Readonly<
    Record<"believed" | "true" | "believedOrders" | "trueOrders" | "book", Track>
  >;
  readonly #books: BooksReader;

  constructor(told: PackedFilmInstrument, film: PackedFilm) {
    this.told = told;
    this.#film = film;
    this.#tracks = {
      believed: new Track(told.believed),
      true: new Track(told.true),
      believedOrders: new Track(told.believedOrders),
      trueOrders: new Track(told.trueOrders),
      book: new Track(told.book),
    };
    this.#books = new BooksReader(told.levels);
  }

  /** Signed lots; undefined where nobody knows. */
  lots(side: "believed" | "true", step: number): number | undefined {
    return this.#tracks[side].at(step);
  }

  orders(side: "believedOrders" | "trueOrders", step: number): readonly PackedOrder[] | undefined {
    const value = this.#tracks[side].at(step);
    return value === undefined ? undefined : this.#film.orderSets[value];
  }

  book(step: number): Book | undefined {
    const place = this.#tracks.book.at(step);
    return place === undefined ? undefined : this.#books.at(place);
  }

  price(ticks: number): string {
    return (ticks * this.told.tick).toFixed(this.told.priceDecimals);
  }

  size(lots: number): string {
    return (lots * this.told.lot).toFixed(this.told.sizeDecimals);
  }
}
