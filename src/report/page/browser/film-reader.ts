// A film in the browser: columns unpacked once, and what was so at any step, looked up.

import type {
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

/** One instrument of a film. */
export class FilmInstrument {
  readonly told: PackedFilmInstrument;
  readonly #film: PackedFilm;
  readonly #tracks: Readonly<
    Record<"believed" | "true" | "believedOrders" | "trueOrders" | "book", Track>
  >;
  readonly #levels: Float64Array;

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
    this.#levels = ints(told.levels);
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
    const begins = this.#tracks.book.at(step);
    if (begins === undefined) return undefined;
    const bids = this.#side(begins);
    return { bids, asks: this.#side(begins + 1 + bids.length * 2) };
  }

  price(ticks: number): string {
    return (ticks * this.told.tick).toFixed(this.told.priceDecimals);
  }

  size(lots: number): string {
    return (lots * this.told.lot).toFixed(this.told.sizeDecimals);
  }

  #side(begins: number): (readonly [number, number])[] {
    const count = this.#levels[begins] as number;
    return Array.from({ length: count }, (_, level) => {
      const place = begins + 1 + level * 2;
      return [this.#levels[place] as number, this.#levels[place + 1] as number] as const;
    });
  }
}

/** A message as the page tells it. */
export type Message = Readonly<{
  kind: string;
  toBot: boolean;
  venue: number;
  sentAt: number;
  gotAt: number | undefined;
  instrument: FilmInstrument | undefined;
  order: number | undefined;
  side: number | undefined;
  price: number | undefined;
  size: number | undefined;
  filled: number | undefined;
  text: string;
  isCopy: boolean;
  faults: string;
}>;

type Columns<T> = { readonly [K in keyof T]: Float64Array };

function columnsOf<T extends object>(packed: T): Columns<T> {
  const entries = Object.entries(packed).map(([name, column]) => [name, ints(column)]);
  return Object.fromEntries(entries) as Columns<T>;
}

export class FilmReader {
  readonly told: PackedFilm;
  readonly instruments: readonly FilmInstrument[];
  readonly at: Float64Array;
  /** By message: the step at which it was sent, and the one at which it arrived; −1 outside the film. */
  readonly sentStep: Int32Array;
  readonly gotStep: Int32Array;
  readonly #steps: Columns<PackedFilm["steps"]>;
  readonly #messages: Columns<PackedFilm["messages"]>;

  constructor(told: PackedFilm) {
    this.told = told;
    this.instruments = told.instruments.map((each) => new FilmInstrument(each, told));
    this.#steps = columnsOf(told.steps);
    this.#messages = columnsOf(told.messages);
    this.at = this.#steps.at;
    const count = this.#messages.kind.length;
    this.sentStep = new Int32Array(count).fill(-1);
    this.gotStep = new Int32Array(count).fill(-1);
    for (let step = 0; step < this.at.length; step += 1) {
      const message = this.messageAt(step);
      if (message === undefined) continue;
      const actor = this.actor(step);
      const ends = actor === "bot sends" || actor === "venue says" ? this.sentStep : this.gotStep;
      ends[message] = step;
    }
  }

  get length(): number {
    return this.at.length;
  }

  actor(step: number): string {
    return this.told.actors[this.#steps.who[step] as number] ?? "";
  }

  kind(step: number): string {
    return this.told.kinds[this.#steps.kind[step] as number] ?? "";
  }

  text(step: number): string {
    return this.told.texts[this.#steps.text[step] as number] ?? "";
  }

  instrument(step: number): FilmInstrument | undefined {
    return this.instruments[this.#steps.instrument[step] as number];
  }

  messageAt(step: number): number | undefined {
    const message = this.#steps.message[step];
    return Number.isNaN(message) ? undefined : message;
  }

  message(index: number): Message {
    const columns = this.#messages;
    const of = (column: Float64Array): number | undefined => {
      const value = column[index];
      return Number.isNaN(value) ? undefined : value;
    };
    return {
      kind: this.told.kinds[of(columns.kind) ?? 0] ?? "",
      toBot: of(columns.toBot) === 1,
      venue: of(columns.venue) ?? 0,
      sentAt: of(columns.sentAt) ?? 0,
      gotAt: of(columns.gotAt),
      instrument: this.instruments[of(columns.instrument) ?? -1],
      order: of(columns.order),
      side: of(columns.side),
      price: of(columns.price),
      size: of(columns.size),
      filled: of(columns.filled),
      text: this.told.texts[of(columns.text) ?? -1] ?? "",
      isCopy: of(columns.copy) === 1,
      faults: this.told.texts[of(columns.faults) ?? -1] ?? "",
    };
  }
}
