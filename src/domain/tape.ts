// The rows of a recording in memory: typed columns, no object a row.
// A tape is a sequence of batches; each row is one level change, one print, or one mark of the feed.
// Two orders live in one file. LOCAL rows ascend by `receivedAt`, VENUE rows ascend by `venueAt`; a row that both
// orders agree on stands once, a message that arrived out of the venue's order stands twice, once for each view.

import type { InstrumentSpec } from "./instrument.ts";

/** Row kinds, in the low three bits of `meta`. */
export const ROW_DEPTH = 0; // a level's new absolute size; 0 removes it
export const ROW_TRADE = 1; // a print; the side bit is the aggressor (0 the buyer, 1 the seller)
export const ROW_CLEAR = 2; // forget the book (both sides): a snapshot follows, or the book is unknown
export const ROW_GAP = 3; // the recording is broken here: the book is stale until the next snapshot
export const ROW_MARK = 4; // the venue's mark price, in `price`
export const ROW_FUNDING = 5; // a funding rate that settles now: `price` is the mark, `size` the rate in 1e-8 (signed)
export const ROW_TRADE_UNKNOWN = 6; // a print whose aggressor the feed does not tell

/** Mask of the kind in `meta`. */
export const META_KIND = 0b0000_0111;
/** Side bit of `meta`: clear = bid (or buyer), set = ask (or seller). */
export const META_ASK = 0b0000_1000;
/** Last row of its message: a book is only consistent, and only judged, after such a row. */
export const META_LAST = 0b0001_0000;
/** Row of a snapshot: restates a level, says nothing about who left the queue. */
export const META_SNAPSHOT = 0b0010_0000;
/** Seen by the exchange's cursor only. */
export const META_VENUE_ONLY = 0b0100_0000;
/** Seen by our (received) cursor only. */
export const META_LOCAL_ONLY = 0b1000_0000;

/** A run of rows as columns of equal length; `rows` of them are valid. Read-only to everyone but its maker. */
export type TapeBatch = Readonly<{
  rows: number;
  meta: Uint8Array;
  price: Int32Array;
  size: Int32Array;
  /** When the venue says it happened, µs since the epoch, after clock correction. */
  venueAt: Float64Array;
  /** When the recorder received it, µs since the epoch. */
  receivedAt: Float64Array;
}>;

/** What a tape says of itself. */
export type TapeHeader = Readonly<{
  instrument: InstrumentSpec;
  rows: number;
  /** Times of the first and last row by each clock, µs. */
  firstVenueAt: number;
  lastVenueAt: number;
  firstReceivedAt: number;
  lastReceivedAt: number;
  /** Books whose best bid equalled the best ask, per message: such a feed rounds prices (see docs/FILLS.md). */
  lockedBooks: number;
  crossedBooks: number;
  /** Added to every venue time on import, µs; 0 when the two clocks agree. */
  clockCorrectionUs: number;
  importer: string;
  sources: readonly Readonly<{ file: string; sha256: string }>[];
}>;
