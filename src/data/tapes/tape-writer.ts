// Writes a tape: messages in, in the order they were received; an Arrow file out, whole or not at all.
// Streaming and synchronous, in memory bounded by the reorder window; no object a row.
// It keeps the tape's promises (both orders, integer range, message ends) and counts what the header states.

import { assert } from "../../domain/assert.ts";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { TapeHeader } from "../../domain/tape.ts";
import { META_ASK, META_LAST, ROW_DEPTH } from "../../domain/tape.ts";
import { DataError } from "../data-error.ts";
import { BookCheck } from "./book-check.ts";
import { ClockSkew } from "./clock-skew.ts";
import { TapeFile } from "./tape-file.ts";
import { TapeOrder } from "./tape-order.ts";

/** A file a tape was made from. */
export type SourceFile = Readonly<{ file: string; sha256: string }>;

/** What a writer is told at its start. */
export type TapeWriterOptions = Readonly<{
  instrument: InstrumentSpec;
  /** Name and version of the importer: "binance-raw 1". */
  importer: string;
  /** May be given at `finish` instead, by an importer that hashes while it reads. */
  sources?: readonly SourceFile[];
  /** Added to every venue time, µs; see clock-skew.ts. */
  clockCorrectionUs?: number;
  /** How long a message waits for one that is earlier by the venue's clock. */
  reorderWindowUs?: number;
  /** Rows that may wait; beyond it the oldest leave early. */
  reorderRowsMax?: number;
  /** Where the importer is reading, for errors; without it they name the tape. */
  where?: () => Readonly<{ file: string; line: number }>;
}>;

/** What an importer may know only at the end; `clockCorrectionUs` as `ClockSkew` finds it. */
export type TapeEnding = Readonly<{ sources?: readonly SourceFile[]; clockCorrectionUs?: number }>;

/** What happened to the messages so far. */
export type TapeCounts = Readonly<{
  messages: number;
  rows: number;
  lateMessages: number;
  lateUsMax: number;
  reorderedMessages: number;
  lockedBooks: number;
  crossedBooks: number;
}>;

/** Ten seconds: streams of one venue lie well under a second apart, a reconnect replays up to a minute (dropped before). */
const REORDER_WINDOW_US = 10_000_000;
/** 2^21 rows: 19 MB. Ten seconds of the busiest feed recorded here are 30,000. */
const REORDER_ROWS_MAX = 2_097_152;

/** One instrument, one file. Use: begin, row…, end, for each message; then finish, or abort. */
export class TapeWriter {
  /** The book as we received it, after the last message that ended; for importers that compare it. */
  readonly book = new BookCheck();
  /** How the clocks of the messages so far differ, before any correction. */
  readonly skew = new ClockSkew();
  readonly #path: string;
  readonly #options: TapeWriterOptions;
  readonly #file: TapeFile;
  readonly #order: TapeOrder;
  readonly #correctionUs: number;
  #venueAt = 0;
  #receivedAt = Number.NEGATIVE_INFINITY;
  #open = false;
  #bookChanged = false;
  #messages = 0;
  #lockedBooks = 0;
  #crossedBooks = 0;

  constructor(path: string, options: TapeWriterOptions) {
    this.#path = path;
    this.#options = options;
    this.#correctionUs = options.clockCorrectionUs ?? 0;
    this.#file = new TapeFile(path, options);
    const windowUs = options.reorderWindowUs ?? REORDER_WINDOW_US;
    const rowsMax = options.reorderRowsMax ?? REORDER_ROWS_MAX;
    this.#order = new TapeOrder({ windowUs, rowsMax }, this.#file);
  }

  /**
   * Opens a message. Times are whole µs since the epoch; the venue's as the venue wrote it, before correction.
   * @throws {DataError} when a time is not one, or `receivedAt` is before that of the last message.
   */
  begin(venueAt: number, receivedAt: number): void {
    assert(!this.#open, "the last message has ended before the next begins");
    if (!Number.isSafeInteger(venueAt) || venueAt < 0) {
      throw this.#error("a venue time in µs since the epoch", String(venueAt), ADVICE_TIME);
    }
    if (!Number.isSafeInteger(receivedAt) || receivedAt < 0) {
      throw this.#error("a received time in µs since the epoch", String(receivedAt), ADVICE_TIME);
    }
    if (receivedAt < this.#receivedAt) {
      const expected = `a received time of at least ${this.#receivedAt} µs (the line before)`;
      throw this.#error(expected, String(receivedAt), ADVICE_BACKWARDS);
    }
    this.#venueAt = venueAt + this.#correctionUs;
    this.#receivedAt = receivedAt;
    this.#open = true;
  }

  /**
   * Adds a row to the open message. `ask` is the side bit: 1 for an ask, or for a seller's print. `extraMeta` is
   * `META_SNAPSHOT` or 0.
   * @throws {DataError} when price or size does not fit 32 bits, or a level's size is negative.
   */
  row(kind: number, ask: 0 | 1, price: number, size: number, extraMeta = 0): void {
    if ((price | 0) !== price || (size | 0) !== size) {
      const value = `price ${price} ticks, size ${size} lots`;
      throw this.#error("ticks and lots that are whole and fit 32 bits", value, ADVICE_RANGE);
    }
    if (kind === ROW_DEPTH) {
      if (size < 0) throw this.#error("a level size of at least 0", String(size), ADVICE_RANGE);
      this.book.set(ask, price, size);
      this.#bookChanged = true;
    } else if (this.book.note(kind)) this.#bookChanged = true;
    this.#order.push(kind | (ask === 1 ? META_ASK : 0) | extraMeta, price, size);
  }

  /** Closes the message; one without rows is forgotten. */
  end(): void {
    assert(this.#open, "a message has begun before it ends");
    this.#open = false;
    const { openRows, openFrom, meta } = this.#order;
    if (openRows === 0) return;
    const last = openFrom + openRows - 1;
    meta[last] = (meta[last] as number) | META_LAST;
    this.#messages += 1;
    if (this.#bookChanged) this.#judgeBook();
    this.skew.see(this.#venueAt - this.#correctionUs, this.#receivedAt);
    this.#order.end(this.#venueAt, this.#receivedAt);
  }

  get counts(): TapeCounts {
    const { lateMessages, lateUsMax, reorderedMessages } = this.#order;
    return {
      messages: this.#messages,
      rows: this.#file.rows,
      lateMessages,
      lateUsMax,
      reorderedMessages,
      lockedBooks: this.#lockedBooks,
      crossedBooks: this.#crossedBooks,
    };
  }

  /**
   * Writes what waits and the footer, and gives the file its name. The writer is spent afterwards.
   * A correction given here is added to every venue time already written; it moves no message past another.
   */
  finish(late: TapeEnding = {}): TapeHeader {
    assert(!this.#open, "the last message has ended before the tape is finished");
    this.#order.flush();
    const shiftUs = late.clockCorrectionUs ?? 0;
    this.#file.shiftVenueTimes(shiftUs);
    const header: TapeHeader = {
      instrument: this.#options.instrument,
      ...this.#file.span,
      lockedBooks: this.#lockedBooks,
      crossedBooks: this.#crossedBooks,
      clockCorrectionUs: this.#correctionUs + shiftUs,
      importer: this.#options.importer,
      sources: late.sources ?? this.#options.sources ?? [],
    };
    this.#file.finish(header);
    return header;
  }

  /** Gives up and leaves nothing behind; harmless after `finish`. */
  abort(): void {
    this.#file.abort();
  }

  #judgeBook(): void {
    this.#bookChanged = false;
    const { bestBid, bestAsk } = this.book;
    if (bestBid < bestAsk) return;
    if (bestBid === bestAsk) this.#lockedBooks += 1;
    else this.#crossedBooks += 1;
  }

  #error(expected: string, was: string, advice: string): DataError {
    const place = this.#options.where?.() ?? { file: this.#path };
    return new DataError({ ...place, expected, was, advice });
  }
}

const ADVICE_TIME = "check the unit of the file's times (s, ms, µs, ns)";
const ADVICE_BACKWARDS = "sort the file by received time, or give the files in order";
const ADVICE_RANGE = "check tick and lot size: a coarser grid makes smaller numbers";
