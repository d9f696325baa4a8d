// One view's walk over a tape: rows run in bulk into a book until a row somebody must look at.
// The exchange walks by venue time, a bot's feed by receive time; each skips the other's rows.
// What counts as "somebody must look" is set by the owner through marks, watches and stops, so that an
// unwatched row costs a handful of array reads. Source of the techniques: fill-models.md §7.4.

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

/** Why a run stopped. Before: the row at the cursor is not applied yet. After: it is, and the cursor is past it. */
export const STOP_LIMIT = 0;
export const STOP_BEFORE = 1;
export const STOP_AFTER = 2;
/** The window moved under the row just applied: slots are new, marks must be set again. */
export const STOP_MOVED = 3;
export type Stop = typeof STOP_LIMIT | typeof STOP_BEFORE | typeof STOP_AFTER | typeof STOP_MOVED;

/** Below every price and above every price a tape can hold. */
export const WATCH_NO_BID = -0x8000_0000;
export const WATCH_NO_ASK = 0x7fff_ffff;
/** Above every slot: no touch is watched. */
const TOUCH_NONE = 2 * WINDOW;

export type CursorView = "venue" | "local";

export class BookCursor {
  readonly book = new LevelBook();
  /** A depth row of that side at this slot or better stops before; set with `watchTouch`. */
  readonly #touch = new Int32Array([TOUCH_NONE, TOUCH_NONE]);
  /** A sale at or below this tick, or a purchase at or above that one, stops before. */
  #saleWatch = WATCH_NO_BID;
  #purchaseWatch = WATCH_NO_ASK;
  /** META_LAST to stop after the next message end, else 0. */
  #stopMask = 0;
  readonly #source: TapeSource;
  readonly #skip: number;
  readonly #view: CursorView;
  #batchIndex = 0;
  #batch: TapeBatch | undefined;
  #time: Float64Array = new Float64Array(0);
  #row = 0;
  #rowsBefore = 0;
  #timeBefore = Number.NEGATIVE_INFINITY;

  constructor(source: TapeSource, view: CursorView) {
    this.#source = source;
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
    this.#settle();
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

  /** Stops after the message end that comes next, or no longer does. */
  stopAtMessageEnd(stop: boolean): void {
    this.#stopMask = stop ? META_LAST : 0;
  }

  /** Meta, tick, size of the row at the cursor; only after STOP_BEFORE. */
  get meta(): number {
    return (this.#batch as TapeBatch).meta[this.#row] as number;
  }
  get tick(): number {
    return (this.#batch as TapeBatch).price[this.#row] as number;
  }
  get size(): number {
    return (this.#batch as TapeBatch).size[this.#row] as number;
  }
  get at(): number {
    return this.#time[this.#row] as number;
  }
  get venueAt(): number {
    return (this.#batch as TapeBatch).venueAt[this.#row] as number;
  }

  /** Time of the row just passed. */
  get passedAt(): number {
    return this.#row === 0 ? this.#timeBefore : (this.#time[this.#row - 1] as number);
  }

  /** True when the row just passed was the last of its message. */
  get atMessageEnd(): boolean {
    const batch = this.#batch;
    if (batch === undefined || this.#row === 0) return true;
    return ((batch.meta[this.#row - 1] as number) & META_LAST) !== 0;
  }

  /** Applies the depth row at the cursor the slow, general way, and moves on. */
  applyRow(): void {
    this.book.set(this.tick, ((this.meta & META_ASK) >>> 3) as SideCode, this.size);
    this.#row += 1;
  }

  /** Moves past the row at the cursor without applying it. */
  skipRow(): void {
    this.#row += 1;
  }

  /** Applies rows of this view with time ≤ limit until the limit or a row to look at. */
  run(limit: number): Stop {
    for (;;) {
      const batch = this.#batch;
      if (batch === undefined) return STOP_LIMIT;
      const stop = this.#runBatch(batch, limit);
      if (stop !== STOP_LIMIT) return stop;
      if (this.#row < batch.rows) return STOP_LIMIT;
      this.#load(this.#batchIndex + 1);
    }
  }

  #runBatch(batch: TapeBatch, limit: number): Stop {
    const { meta, price, size, rows } = batch;
    const { lots, marks, bits0, bits1, bits2, tops } = this.book;
    const time = this.#time;
    const touch = this.#touch;
    const skip = this.#skip;
    const stopMask = this.#stopMask;
    const base = this.book.base;
    let row = this.#row;
    for (; row < rows; row += 1) {
      const flags = meta[row] as number;
      if ((flags & skip) !== 0) continue;
      if ((time[row] as number) > limit) break;
      if ((flags & META_KIND) !== ROW_DEPTH) {
        if (this.#mustLook(flags, price[row] as number)) {
          this.#row = row;
          return STOP_BEFORE;
        }
      } else {
        const offset = (price[row] as number) - base;
        const side = (flags & META_ASK) >>> 3;
        const slot = (offset ^ -side) + (side << (WINDOW_BITS + 1));
        if (offset >>> WINDOW_BITS !== 0 || marks[slot] !== 0 || slot >= (touch[side] as number)) {
          this.#row = row;
          return STOP_BEFORE;
        }
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
              if (found < floor && this.book.needsRefill(side as SideCode)) {
                this.book.refill(side as SideCode);
                this.#row = row + 1;
                return STOP_MOVED;
              }
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
      }
      if ((flags & stopMask) !== 0) {
        this.#row = row + 1;
        return STOP_AFTER;
      }
    }
    this.#row = row;
    return STOP_LIMIT;
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
