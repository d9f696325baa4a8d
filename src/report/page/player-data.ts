// What the player's script is given: a film in columns. Columns of whole numbers are differences in as few bytes as they
// need, base64, and may have holes. The server writes this shape, the browser reads it.

/** Whole numbers, each less the one before it, zigzag, seven bits a byte, base64; a zero byte is a hole. */
export type PackedInts = string;

/** Where an order is in the page's lists: id, side (0 buys), price, size, filled, state, ahead. */
export type PackedOrder = readonly [
  orderId: number,
  side: number,
  price: number | null,
  size: number,
  filled: number,
  state: number,
  ahead: number | null,
];

/** Values that hold from a step on; −1 is before the first. */
export type PackedTrack = Readonly<{ step: PackedInts; value: PackedInts }>;

/**
 * Books one after another: how many levels each changes of the one before it, and which: side (0 bids), price, size, −1
 * where the level is gone. One in `wholeEvery` begins from nothing.
 */
export type PackedBooks = Readonly<{
  wholeEvery: number;
  changes: PackedInts;
  side: PackedInts;
  price: PackedInts;
  size: PackedInts;
}>;

export type PackedFilmInstrument = Readonly<{
  name: string;
  venue: number;
  tick: number;
  lot: number;
  priceDecimals: number;
  sizeDecimals: number;
  believed: PackedTrack;
  true: PackedTrack;
  /** Values are indices of `orderSets`. */
  believedOrders: PackedTrack;
  trueOrders: PackedTrack;
  /** Values are places among `levels`. */
  book: PackedTrack;
  levels: PackedBooks;
}>;

export type PackedParting = Readonly<{
  instrument: number;
  from: number;
  until: number | null;
  believed: number;
  true: number;
  message: number | null;
}>;

export type PackedFilm = Readonly<{
  startedAt: number;
  endedAt: number;
  isStated: boolean;
  venues: readonly string[];
  actors: readonly string[];
  kinds: readonly string[];
  states: readonly string[];
  texts: readonly string[];
  instruments: readonly PackedFilmInstrument[];
  orderSets: readonly (readonly PackedOrder[])[];
  steps: Readonly<{
    at: PackedInts;
    who: PackedInts;
    kind: PackedInts;
    message: PackedInts;
    instrument: PackedInts;
    text: PackedInts;
  }>;
  messages: Readonly<{
    kind: PackedInts;
    toBot: PackedInts;
    venue: PackedInts;
    sentAt: PackedInts;
    gotAt: PackedInts;
    instrument: PackedInts;
    order: PackedInts;
    side: PackedInts;
    price: PackedInts;
    size: PackedInts;
    filled: PackedInts;
    text: PackedInts;
    copy: PackedInts;
    faults: PackedInts;
  }>;
  partings: readonly PackedParting[];
  /** The step at which belief left truth, of the parting that is shown first. */
  first: number | null;
  violations: readonly Readonly<{
    id: string;
    at: number;
    step: number;
    sentence: string;
    detail: string;
  }>[];
}>;
