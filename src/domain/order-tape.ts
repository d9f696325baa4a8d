// The rows of an order-level (L3) recording in memory: typed columns, no object a row.
// Each row is one thing that happened to one resting order. Rows ascend by `venueAt`; those of one message stand
// together and the last carries META_LAST (see tape.ts), after which the book is consistent.

import type { InstrumentSpec } from "./instrument.ts";

/** Row kinds, in the low three bits of `meta` (META_KIND of tape.ts). The side bit META_ASK is the resting order's. */
export const ORDER_ADD = 0; // a new order at the back of its price's queue
export const ORDER_REDUCE = 1; // `size` lots of it were cancelled; it keeps its place
export const ORDER_DELETE = 2; // it was cancelled whole; `size` lots were left
export const ORDER_EXECUTE = 3; // `size` lots of it were executed, visibly, at its price
export const ORDER_HIDDEN = 4; // a print against an order never displayed; `orderRef` is 0, the book stays as it is
export const ORDER_HALT = 5; // the venue's trading state: `price` is one of the HALT codes below
export const ORDER_CLEAR = 6; // forget the book: what follows restates it, or it is unknown

/** An ADD that restates an order which rested already: it stands ahead of everything that is not restated. */
export const ORDER_SNAPSHOT = 0b0010_0000;
/** Not in the feed: written by the importer to keep the book true where the feed says less than all. */
export const ORDER_INFERRED = 0b0100_0000;

/** `price` of a HALT row. */
export const HALT_STOPPED = -1;
export const HALT_QUOTING = 0;
export const HALT_TRADING = 1;

/** A run of rows as columns of equal length; `rows` of them are valid. Read-only to everyone but its maker. */
export type OrderTapeBatch = Readonly<{
  rows: number;
  meta: Uint8Array;
  /** The venue's number of the order, a safe integer; negative for an order inferred by the importer. */
  orderRef: Float64Array;
  price: Int32Array;
  size: Int32Array;
  /** When the venue says it happened, µs since the epoch. */
  venueAt: Float64Array;
  /** When the recorder received it, µs since the epoch; equal to `venueAt` where there is one clock. */
  receivedAt: Float64Array;
}>;

/** What an order tape says of itself. */
export type OrderTapeHeader = Readonly<{
  instrument: InstrumentSpec;
  rows: number;
  /** Times of the first and last row, µs; all 0 when there is no row. */
  firstVenueAt: number;
  lastVenueAt: number;
  firstReceivedAt: number;
  lastReceivedAt: number;
  importer: string;
  sources: readonly Readonly<{ file: string; sha256: string }>[];
}>;
