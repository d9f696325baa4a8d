// Reads a whole tape and judges it by its own promises: both orders, message ends, kinds, sizes, header totals.
// What an importer guarantees while it writes, this finds out from the file alone; also for tapes made elsewhere.

import type { TapeBatch, TapeHeader } from "../../domain/tape.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_LOCAL_ONLY,
  META_VENUE_ONLY,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_GAP,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../domain/tape.ts";
import { DataError } from "../data-error.ts";
import { BookCheck } from "./book-check.ts";
import { openTape } from "./tape-reader.ts";

/** A tape that keeps its promises, in numbers. Counts are of our (received) view. */
export type TapeCheck = Readonly<{
  header: TapeHeader;
  messages: number;
  depthRows: number;
  trades: number;
  clears: number;
  gaps: number;
  lockedBooks: number;
  crossedBooks: number;
  /** Rows that stand once for each view. */
  venueOnlyRows: number;
  localOnlyRows: number;
  /** Rows whose venue time is after their received time: the clocks are not corrected. */
  rowsFromTheFuture: number;
}>;

const KIND_MAX = ROW_TRADE_UNKNOWN;
const ADVICE =
  "import the recording again; if it comes from an importer of this package, report it";

/**
 * Reads `path` from end to end.
 * @throws {DataError} at the first row that breaks a promise (its `line` is the row, from 1), or when totals differ.
 */
export function checkTape(path: string): TapeCheck {
  const tape = openTape(path);
  try {
    const pass = new CheckPass(path, tape.header);
    for (let index = 0; index < tape.batchCount; index += 1) pass.batch(tape.batch(index));
    return pass.finish();
  } finally {
    tape.close();
  }
}

class CheckPass {
  readonly #path: string;
  readonly #header: TapeHeader;
  readonly #book = new BookCheck();
  #rows = 0;
  #messages = 0;
  #depthRows = 0;
  #trades = 0;
  #clears = 0;
  #gaps = 0;
  #locked = 0;
  #crossed = 0;
  #venueOnly = 0;
  #localOnly = 0;
  #future = 0;
  #venueAt = Number.NEGATIVE_INFINITY;
  #receivedAt = Number.NEGATIVE_INFINITY;
  #bookChanged = false;
  /** Mark and times of the message that has begun and not ended; −1 when none has. */
  #openMark = -1;
  #openVenueAt = 0;
  #openReceivedAt = 0;

  constructor(path: string, header: TapeHeader) {
    this.#path = path;
    this.#header = header;
  }

  batch(batch: TapeBatch): void {
    for (let row = 0; row < batch.rows; row += 1) {
      this.#rows += 1;
      const meta = batch.meta[row] as number;
      const venueAt = batch.venueAt[row] as number;
      const receivedAt = batch.receivedAt[row] as number;
      this.#times(meta, venueAt, receivedAt);
      this.#message(meta, venueAt, receivedAt);
      this.#content(meta, batch.price[row] as number, batch.size[row] as number);
    }
  }

  finish(): TapeCheck {
    if (this.#openMark >= 0) throw this.#error("the last row to end its message", undefined);
    const { rows, lockedBooks, crossedBooks } = this.#header;
    this.#total("rows", rows, this.#rows);
    this.#total("locked books", lockedBooks, this.#locked);
    this.#total("crossed books", crossedBooks, this.#crossed);
    return {
      header: this.#header,
      messages: this.#messages,
      depthRows: this.#depthRows,
      trades: this.#trades,
      clears: this.#clears,
      gaps: this.#gaps,
      lockedBooks: this.#locked,
      crossedBooks: this.#crossed,
      venueOnlyRows: this.#venueOnly,
      localOnlyRows: this.#localOnly,
      rowsFromTheFuture: this.#future,
    };
  }

  #times(meta: number, venueAt: number, receivedAt: number): void {
    if ((meta & META_LOCAL_ONLY) === 0) {
      if (venueAt < this.#venueAt) {
        throw this.#error(`a venue time of at least ${this.#venueAt} µs`, String(venueAt));
      }
      this.#venueAt = venueAt;
    } else this.#localOnly += 1;
    if ((meta & META_VENUE_ONLY) === 0) {
      if (receivedAt < this.#receivedAt) {
        throw this.#error(`a received time of at least ${this.#receivedAt} µs`, String(receivedAt));
      }
      this.#receivedAt = receivedAt;
    } else this.#venueOnly += 1;
    if (venueAt > receivedAt) this.#future += 1;
  }

  /** A message is a run of rows with one mark and one pair of times, up to the row that says it is the last. */
  #message(meta: number, venueAt: number, receivedAt: number): void {
    const mark = meta & (META_VENUE_ONLY | META_LOCAL_ONLY);
    if (mark === (META_VENUE_ONLY | META_LOCAL_ONLY)) {
      throw this.#error("a row that some view sees", "one marked for neither");
    }
    if (this.#openMark >= 0) {
      const same = mark === this.#openMark;
      if (!same || venueAt !== this.#openVenueAt || receivedAt !== this.#openReceivedAt) {
        throw this.#error("the message before to end first", `a row at ${receivedAt} µs`);
      }
    }
    this.#openMark = (meta & META_LAST) === 0 ? mark : -1;
    this.#openVenueAt = venueAt;
    this.#openReceivedAt = receivedAt;
  }

  #content(meta: number, price: number, size: number): void {
    const kind = meta & META_KIND;
    if (kind > KIND_MAX) throw this.#error(`a kind of at most ${KIND_MAX}`, String(kind));
    const mine = (meta & META_VENUE_ONLY) === 0;
    if (kind === ROW_DEPTH) {
      if (size < 0) throw this.#error("a level size of at least 0", String(size));
      if (mine) {
        this.#depthRows += 1;
        this.#book.set((meta & META_ASK) === 0 ? 0 : 1, price, size);
        this.#bookChanged = true;
      }
    } else if (kind === ROW_TRADE || kind === ROW_TRADE_UNKNOWN) {
      if (size <= 0) throw this.#error("a print of more than 0 lots", String(size));
      if (mine) this.#trades += 1;
    } else if (mine && this.#book.note(kind)) {
      this.#bookChanged = true;
      if (kind === ROW_CLEAR) this.#clears += 1;
      if (kind === ROW_GAP) this.#gaps += 1;
    }
    if (mine && (meta & META_LAST) !== 0) this.#endMessage();
  }

  #endMessage(): void {
    this.#messages += 1;
    if (!this.#bookChanged) return;
    this.#bookChanged = false;
    const { bestBid, bestAsk } = this.#book;
    if (bestBid === bestAsk) this.#locked += 1;
    else if (bestBid > bestAsk) this.#crossed += 1;
  }

  #total(what: string, stated: number, found: number): void {
    if (stated === found) return;
    throw new DataError({
      file: this.#path,
      expected: `${stated} ${what}, as its header says`,
      was: String(found),
      advice: ADVICE,
    });
  }

  #error(expected: string, was: string | undefined): DataError {
    const value = was === undefined ? {} : { was };
    return new DataError({
      file: this.#path,
      line: this.#rows,
      expected,
      ...value,
      advice: ADVICE,
    });
  }
}
