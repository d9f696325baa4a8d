// The rows of a tape of levels on their way into its file: a batch of columns is filled, written out, filled again.
// Counts its rows and knows the times they span by each clock.

import type { TapeHeader } from "../../domain/tape.ts";
import { META_ASK, META_KIND, META_LOCAL_ONLY, META_VENUE_ONLY } from "../../domain/tape.ts";
import { highWord, lowWord } from "../arrow/arrow-int64.ts";
import { ArrowWriter } from "../arrow/arrow-writer.ts";
import type { TapeOpening } from "./tape-layout.ts";
import { ROWS_PER_BATCH, tapeLayout, tapeMetadata, VENUE_AT_COLUMN } from "./tape-layout.ts";
import { FLAGS_MASK } from "./tape-meta.ts";
import type { OrderedRows, TapeOrder } from "./tape-order.ts";

/** What the rows so far span; all 0 while there is none. */
export type TapeSpan = Pick<
  TapeHeader,
  "rows" | "firstVenueAt" | "lastVenueAt" | "firstReceivedAt" | "lastReceivedAt"
>;

/** Takes ordered messages; only `finish` makes the file appear. */
export class TapeFile implements OrderedRows {
  readonly #file: ArrowWriter;
  readonly #batch = new Batch();
  #rows = 0;
  #firstVenueAt: number | undefined;
  #lastVenueAt = 0;
  #firstReceivedAt: number | undefined;
  #lastReceivedAt = 0;

  /** @throws {DataError} when no file can be made at `path`. */
  constructor(path: string, opening: TapeOpening) {
    this.#file = new ArrowWriter(path, tapeLayout, tapeMetadata(opening));
  }

  get rows(): number {
    return this.#rows;
  }

  get span(): TapeSpan {
    return {
      rows: this.#rows,
      firstVenueAt: this.#firstVenueAt ?? 0,
      lastVenueAt: this.#lastVenueAt,
      firstReceivedAt: this.#firstReceivedAt ?? 0,
      lastReceivedAt: this.#lastReceivedAt,
    };
  }

  take(window: TapeOrder, message: number, mark: number): void {
    const venueAt = window.venueAt[message] as number;
    const receivedAt = window.receivedAt[message] as number;
    const from = window.firstRow[message] as number;
    const to = window.firstRow[message + 1] as number;
    if (mark !== META_LOCAL_ONLY) {
      this.#firstVenueAt ??= venueAt;
      this.#lastVenueAt = venueAt;
    }
    if (mark !== META_VENUE_ONLY) {
      this.#firstReceivedAt ??= receivedAt;
      this.#lastReceivedAt = receivedAt;
    }
    this.#rows += to - from;
    const batch = this.#batch;
    for (let next = from; next < to; ) {
      const rows = Math.min(to - next, ROWS_PER_BATCH - batch.rows);
      batch.stamp(venueAt, receivedAt, rows);
      batch.copy(window, next, rows, mark);
      next += rows;
      if (batch.rows === ROWS_PER_BATCH) this.#flush();
    }
  }

  /** Adds a constant to every venue time taken so far: the clocks' offset is known only at the end. */
  shiftVenueTimes(us: number): void {
    if (us === 0 || this.#firstVenueAt === undefined) return;
    this.#flush();
    this.#file.shift(VENUE_AT_COLUMN, us);
    this.#firstVenueAt += us;
    this.#lastVenueAt += us;
  }

  /** Closes the file with its header and gives it its name. */
  finish(header: TapeHeader): void {
    this.#flush();
    this.#file.finish(tapeMetadata(header));
  }

  /** Leaves nothing behind; harmless after `finish` and when called twice. */
  abort(): void {
    this.#file.abort();
  }

  #flush(): void {
    const batch = this.#batch;
    if (batch.rows === 0) return;
    this.#file.writeBatch(batch.rows, batch.columns);
    batch.rows = 0;
  }
}

/** The columns being filled. Times are pairs of words, low then high. */
class Batch {
  rows = 0;
  readonly #receivedAt = new Uint32Array(ROWS_PER_BATCH * 2);
  readonly #venueAt = new Uint32Array(ROWS_PER_BATCH * 2);
  readonly #kind = new Uint8Array(ROWS_PER_BATCH);
  readonly #side = new Uint8Array(ROWS_PER_BATCH);
  readonly #price = new Int32Array(ROWS_PER_BATCH);
  readonly #size = new Int32Array(ROWS_PER_BATCH);
  readonly #flags = new Uint8Array(ROWS_PER_BATCH);
  /** In the layout's order. */
  readonly columns: readonly ArrayBufferView[] = [
    this.#receivedAt,
    this.#venueAt,
    this.#kind,
    this.#side,
    this.#price,
    this.#size,
    this.#flags,
  ];

  /** Times of the next `rows` rows, which `copy` adds. */
  stamp(venueAt: number, receivedAt: number, rows: number): void {
    const venueLow = lowWord(venueAt);
    const venueHigh = highWord(venueAt);
    const receivedLow = lowWord(receivedAt);
    const receivedHigh = highWord(receivedAt);
    const end = (this.rows + rows) * 2;
    for (let at = this.rows * 2; at < end; at += 2) {
      this.#receivedAt[at] = receivedLow;
      this.#receivedAt[at + 1] = receivedHigh;
      this.#venueAt[at] = venueLow;
      this.#venueAt[at + 1] = venueHigh;
    }
  }

  /** Adds `rows` rows of the window, from row `from`, with `mark` set on each. */
  copy(window: TapeOrder, from: number, rows: number, mark: number): void {
    const { meta, price, size } = window;
    let at = this.rows;
    for (let source = from; source < from + rows; source += 1) {
      const bits = meta[source] as number;
      this.#kind[at] = bits & META_KIND;
      this.#side[at] = (bits & META_ASK) === 0 ? 0 : 1;
      this.#price[at] = price[source] as number;
      this.#size[at] = size[source] as number;
      this.#flags[at] = (bits & FLAGS_MASK) | mark;
      at += 1;
    }
    this.rows = at;
  }
}
