// One view's walk over a tape: rows run in bulk into a book, and rows somebody must look at are shown to a watcher.
// The exchange walks by venue time, a bot's feed by receive time; each skips the other's rows.
// What must be looked at is set through marks and watches, so that an unwatched row costs a handful of array reads.
// Source of the techniques: fill-models.md §7.4.

import type { TapeBatch } from "../../src/domain/tape.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_LOCAL_ONLY,
  META_VENUE_ONLY,
  ROW_DEPTH,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { SideCode } from "./level-book.ts";
import { highestBitBelow, LevelBook, WINDOW, WINDOW_BITS } from "./level-book.ts";

/** Below every price and above every price a tape can hold. */
export const WATCH_NO_BID = -0x8000_0000;
export const WATCH_NO_ASK = 0x7fff_ffff;
/** The mark of a level outside the window: whoever may stand there has to be looked up. */
export const MARK_OUTSIDE = -1;
/** Above every slot: no touch is watched. */
const TOUCH_NONE = 2 * WINDOW;

export type CursorView = "venue" | "local";

/** Whoever looks at rows. Each answer says whether the end of the message is to be told. */
export interface RowWatcher {
  /**
   * A level that is marked, within reach, or outside the window went from `before` to `after` lots. `mark` is the
   * slot's, MARK_OUTSIDE where there is no slot. Plain numbers: this is called for every other row of a busy run.
   */
  level(
    tick: number,
    side: SideCode,
    before: number,
    after: number,
    meta: number,
    mark: number,
  ): boolean;
  /** A row that is not about a level, and that is watched. */
  row(meta: number, tick: number, size: number, at: number): boolean;
  /** A message whose end was asked for has ended. True stops the run here. */
  messageEnd(at: number): boolean;
  /** The book's window moved: slots are new, marks and touch watches must be set again. */
  moved(): void;
}

export class BookCursor {
  readonly book = new LevelBook();
  /** A depth row of that side at this slot or better is looked at; set with `watchTouch`. */
  readonly #touch = new Int32Array([TOUCH_NONE, TOUCH_NONE]);
  /** A sale at or below this tick, or a purchase at or above that one, is looked at. */
  #saleWatch = WATCH_NO_BID;
  #purchaseWatch = WATCH_NO_ASK;
  /** A row of the message in progress was looked at. */
  #looked = false;
  /** The row at the cursor is one this view sees. */
  #settled = false;
  #epoch = 0;
  readonly #watcher: RowWatcher;
  readonly #source: TapeSource;
  readonly #skip: number;
  readonly #view: CursorView;
  #batchIndex = 0;
  #batch: TapeBatch | undefined;
  #time: Float64Array = new Float64Array(0);
  #row = 0;
  #rowsBefore = 0;
  #timeBefore = Number.NEGATIVE_INFINITY;

  constructor(source: TapeSource, view: CursorView, watcher: RowWatcher) {
    this.#source = source;
    this.#watcher = watcher;
    this.#view = view;
    this.#skip = view === "venue" ? META_LOCAL_ONLY : META_VENUE_ONLY;
    this.#load(0);
  }

  /** Rows passed so far, the other view's included. */
  get rows(): number {
    return this.#rowsBefore + this.#row;
  }

  /** Time of the next row of this view, Infinity at the end. */
  nextAt(): number {
    if (!this.#settled) this.#settle();
    return this.#batch === undefined ? Number.POSITIVE_INFINITY : (this.#time[this.#row] as number);
  }

  /** Watches prints: sales at or below `saleTick`, purchases at or above `purchaseTick`. */
  watchPrints(saleTick: number, purchaseTick: number): void {
    this.#saleWatch = saleTick;
    this.#purchaseWatch = purchaseTick;
  }

  /** Watches displayed asks at or below our best bid, and bids at or above our best ask; undefined: none. */
  watchTouch(bestBid: number | undefined, bestAsk: number | undefined): void {
    const book = this.book;
    this.#touch[1] = bestBid === undefined ? TOUCH_NONE : book.slotOf(bestBid, 1);
    this.#touch[0] = bestAsk === undefined ? TOUCH_NONE : book.slotOf(bestAsk, 0);
  }

  /** Venue time of the row being looked at. */
  get venueAt(): number {
    return (this.#batch as TapeBatch).venueAt[this.#row] as number;
  }

  /** Time of the row just passed. */
  get passedAt(): number {
    return this.#row === 0 ? this.#timeBefore : (this.#time[this.#row - 1] as number);
  }

  /**
   * Passes rows of this view with time ≤ limit, until the watcher stops it at a message's end.
   * Returns the time reached: `limit`, or that of the message.
   */
  run(limit: number): number {
    this.#settled = false;
    for (let batch = this.#batch; batch !== undefined; batch = this.#batch) {
      const stoppedAt = this.#runBatch(batch, limit);
      if (stoppedAt !== undefined) return stoppedAt;
      if (this.#epoch !== this.book.epoch) {
        this.#epoch = this.book.epoch;
        this.#watcher.moved();
      } else if (this.#row < batch.rows) return limit;
      else this.#load(this.#batchIndex + 1);
    }
    return limit;
  }

  /** Runs until the limit, the batch's end, a stop (its time is returned), or a move of the window. */
  #runBatch(batch: TapeBatch, limit: number): number | undefined {
    const { meta, price, size, rows } = batch;
    const { lots, marks, bits0, bits1, bits2, tops, base } = this.book;
    const time = this.#time;
    const touch = this.#touch;
    const skip = this.#skip;
    let looked = this.#looked;
    let row = this.#row;
    for (; row < rows; row += 1) {
      const flags = meta[row] as number;
      if ((flags & skip) !== 0) continue;
      if ((time[row] as number) > limit) break;
      if ((flags & META_KIND) !== ROW_DEPTH) {
        if (this.#mustLook(flags, price[row] as number) && this.#look(flags, batch, row)) {
          looked = true;
        }
      } else {
        const offset = (price[row] as number) - base;
        const side = (flags & META_ASK) >>> 3;
        const slot = (offset ^ -side) + (side << (WINDOW_BITS + 1));
        if (offset >>> WINDOW_BITS !== 0) {
          if (this.#outside(price[row] as number, side as SideCode, size[row] as number, flags)) {
            looked = true;
          }
        } else {
          const now = size[row] as number;
          const before = lots[slot] as number;
          lots[slot] = now;
          if (now === 0) {
            if (before !== 0) {
              const word = slot >>> 5;
              const bits = (bits0[word] as number) & ~(1 << (slot & 31));
              bits0[word] = bits;
              if (bits === 0) clearUpper(bits1, bits2, word);
              if (slot === tops[side]) {
                const found = highestBitBelow(bits0, bits1, bits2, slot);
                const floor = side << WINDOW_BITS;
                tops[side] = found < floor ? floor - 1 : found;
                if (found < floor) this.book.refill(side as SideCode);
              }
            }
          } else {
            if (before === 0) {
              const word = slot >>> 5;
              const bits = bits0[word] as number;
              bits0[word] = bits | (1 << (slot & 31));
              if (bits === 0) setUpper(bits1, bits2, word);
            }
            if (slot > (tops[side] as number)) tops[side] = slot;
          }
          const mark = marks[slot] as number;
          if (
            (mark !== 0 || slot >= (touch[side] as number)) &&
            this.#watcher.level(price[row] as number, side as SideCode, before, now, flags, mark)
          ) {
            looked = true;
          }
        }
      }
      if (looked && (flags & META_LAST) !== 0) {
        looked = false;
        // The next row is at the cursor before anyone is told: a stop may be followed by questions.
        this.#row = row + 1;
        if (this.#watcher.messageEnd(time[row] as number)) {
          this.#looked = false;
          return time[row] as number;
        }
      }
      if (this.book.base !== base) {
        row += 1;
        break;
      }
    }
    this.#row = row;
    this.#looked = looked;
    return undefined;
  }

  #look(flags: number, batch: TapeBatch, row: number): boolean {
    this.#row = row;
    const { price, size } = batch;
    const at = this.#time[row] as number;
    return this.#watcher.row(flags, price[row] as number, size[row] as number, at);
  }

  /** A level outside the window: applied the slow way, and always told. */
  #outside(tick: number, side: SideCode, size: number, flags: number): boolean {
    const before = this.book.size(tick, side);
    this.book.set(tick, side, size);
    return this.#watcher.level(tick, side, before, size, flags, MARK_OUTSIDE);
  }

  #mustLook(flags: number, tick: number): boolean {
    const kind = flags & META_KIND;
    if (kind === ROW_TRADE) {
      return (flags & META_ASK) !== 0 ? tick <= this.#saleWatch : tick >= this.#purchaseWatch;
    }
    if (kind === ROW_TRADE_UNKNOWN) return tick <= this.#saleWatch || tick >= this.#purchaseWatch;
    return true;
  }

  #load(index: number): void {
    const before = this.#batch;
    if (before !== undefined) {
      this.#rowsBefore += before.rows;
      this.#timeBefore = this.#time[before.rows - 1] as number;
    }
    this.#batchIndex = index;
    this.#row = 0;
    this.#batch = index < this.#source.batchCount ? this.#source.batch(index) : undefined;
    const batch = this.#batch;
    if (batch !== undefined) this.#time = this.#view === "venue" ? batch.venueAt : batch.receivedAt;
  }

  /** Moves to the next row this view sees. */
  #settle(): void {
    this.#settled = true;
    for (let batch = this.#batch; batch !== undefined; batch = this.#batch) {
      while (this.#row < batch.rows) {
        if (((batch.meta[this.#row] as number) & this.#skip) === 0) return;
        this.#row += 1;
      }
      this.#load(this.#batchIndex + 1);
    }
  }
}

function setUpper(bits1: Int32Array, bits2: Int32Array, word: number): void {
  const group = word >>> 5;
  const bits = bits1[group] as number;
  bits1[group] = bits | (1 << (word & 31));
  if (bits === 0) bits2[group >>> 5] = (bits2[group >>> 5] as number) | (1 << (group & 31));
}

function clearUpper(bits1: Int32Array, bits2: Int32Array, word: number): void {
  const group = word >>> 5;
  const bits = (bits1[group] as number) & ~(1 << (word & 31));
  bits1[group] = bits;
  if (bits === 0) bits2[group >>> 5] = (bits2[group >>> 5] as number) & ~(1 << (group & 31));
}
