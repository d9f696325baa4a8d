// A book for checking, not for trading: sizes by price, and the best of each side at any moment.
// Importers feed it every level to count locked and crossed books and to compare with a feed's own best bid and ask.
// Exact for any price: a window of ticks near the best is an array under a bitmap, the far rest is a map.

import { ROW_CLEAR, ROW_GAP } from "../../domain/tape.ts";

/** The recorded book of one instrument. */
export class BookCheck {
  readonly #bids = new CheckSide();
  readonly #asks = new CheckSide();

  /** Sets a level's absolute size; 0 removes it. */
  set(ask: 0 | 1, tick: number, lots: number): void {
    if (ask === 1) this.#asks.set(-tick, lots);
    else this.#bids.set(tick, lots);
  }

  /** Takes note of a row that is not a level; true when it changed the book. After a gap nothing is known. */
  note(kind: number): boolean {
    if (kind !== ROW_CLEAR && kind !== ROW_GAP) return false;
    this.clear();
    return true;
  }

  clear(): void {
    this.#bids.clear();
    this.#asks.clear();
  }

  /** Best bid in ticks, −∞ when there is none. */
  get bestBid(): number {
    return this.#bids.best;
  }

  /** Best ask in ticks, +∞ when there is none. */
  get bestAsk(): number {
    return -this.#asks.best;
  }

  /** Lots at the best bid, 0 when there is none. */
  get bestBidLots(): number {
    return this.#bids.bestLots;
  }

  /** Lots at the best ask, 0 when there is none. */
  get bestAskLots(): number {
    return this.#asks.bestLots;
  }

  /** Lots at a price. */
  lotsAt(ask: 0 | 1, tick: number): number {
    return ask === 1 ? this.#asks.lotsAt(-tick) : this.#bids.lotsAt(tick);
  }
}

/** 2^18 ticks: 1 MB a side; more than ±10 % of the price on the finest grid recorded here. */
const WINDOW_BITS = 18;
const WINDOW = 1 << WINDOW_BITS;
/** Room for the best to improve before the window must move. */
const HEADROOM = WINDOW >> 2;

/** One side with prices as keys that grow towards the better: ticks of bids, negated ticks of asks. */
class CheckSide {
  readonly #lots = new Int32Array(WINDOW);
  /** Three levels of bitmap over the window: a bit a slot, a bit a word, a bit a word of words. */
  readonly #bits0 = new Int32Array(WINDOW >> 5);
  readonly #bits1 = new Int32Array(WINDOW >> 10);
  readonly #bits2 = new Int32Array(WINDOW >> 15);
  /** Levels worse than the window. */
  readonly #far = new Map<number, number>();
  #base = 0;
  /** Highest used slot, −1 when the side is empty. */
  #top = -1;

  get best(): number {
    return this.#top < 0 ? Number.NEGATIVE_INFINITY : this.#base + this.#top;
  }

  get bestLots(): number {
    return this.#top < 0 ? 0 : (this.#lots[this.#top] as number);
  }

  lotsAt(key: number): number {
    const slot = key - this.#base;
    if (slot >= 0 && slot < WINDOW) return this.#lots[slot] as number;
    return this.#far.get(key) ?? 0;
  }

  set(key: number, lots: number): void {
    const slot = key - this.#base;
    if (slot >>> WINDOW_BITS !== 0) {
      this.#setFar(key, lots);
    } else if (lots !== 0) {
      this.#fill(slot, lots);
    } else if (this.#lots[slot] !== 0) {
      this.#empty(slot);
    }
  }

  clear(): void {
    this.#far.clear();
    this.#lots.fill(0);
    this.#bits0.fill(0);
    this.#bits1.fill(0);
    this.#bits2.fill(0);
    this.#top = -1;
  }

  #fill(slot: number, lots: number): void {
    this.#lots[slot] = lots;
    this.#bits0[slot >>> 5] = (this.#bits0[slot >>> 5] as number) | (1 << (slot & 31));
    this.#bits1[slot >>> 10] = (this.#bits1[slot >>> 10] as number) | (1 << ((slot >>> 5) & 31));
    this.#bits2[slot >>> 15] = (this.#bits2[slot >>> 15] as number) | (1 << ((slot >>> 10) & 31));
    if (slot > this.#top) this.#top = slot;
  }

  #empty(slot: number): void {
    this.#lots[slot] = 0;
    const word0 = (this.#bits0[slot >>> 5] as number) & ~(1 << (slot & 31));
    this.#bits0[slot >>> 5] = word0;
    if (word0 === 0) {
      const word1 = (this.#bits1[slot >>> 10] as number) & ~(1 << ((slot >>> 5) & 31));
      this.#bits1[slot >>> 10] = word1;
      if (word1 === 0) {
        const word2 = (this.#bits2[slot >>> 15] as number) & ~(1 << ((slot >>> 10) & 31));
        this.#bits2[slot >>> 15] = word2;
      }
    }
    if (slot === this.#top) {
      this.#top = this.#highest();
      if (this.#top < 0 && this.#far.size > 0) this.#moveWindow(bestOf(this.#far));
    }
  }

  /** Highest used slot of the window: four steps down the bitmap. */
  #highest(): number {
    for (let index2 = this.#bits2.length - 1; index2 >= 0; index2 -= 1) {
      const word2 = this.#bits2[index2] as number;
      if (word2 === 0) continue;
      const index1 = (index2 << 5) + 31 - Math.clz32(word2);
      const index0 = (index1 << 5) + 31 - Math.clz32(this.#bits1[index1] as number);
      return (index0 << 5) + 31 - Math.clz32(this.#bits0[index0] as number);
    }
    return -1;
  }

  #setFar(key: number, lots: number): void {
    if (lots === 0) {
      this.#far.delete(key);
    } else if (this.#top < 0 || key > this.#base) {
      this.#moveWindow(key);
      this.#fill(key - this.#base, lots);
    } else {
      this.#far.set(key, lots);
    }
  }

  /** Lays the window around a new best; what no longer fits goes far, what fits comes near. */
  #moveWindow(best: number): void {
    const levels = new Map(this.#far);
    for (let slot = 0; slot < WINDOW && slot <= this.#top; slot += 1) {
      const lots = this.#lots[slot] as number;
      if (lots !== 0) levels.set(this.#base + slot, lots);
    }
    this.clear();
    this.#base = best - WINDOW + HEADROOM;
    for (const [key, lots] of levels) {
      const slot = key - this.#base;
      if (slot >= 0 && slot < WINDOW) this.#fill(slot, lots);
      else this.#far.set(key, lots);
    }
  }
}

function bestOf(levels: ReadonlyMap<number, number>): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const key of levels.keys()) best = Math.max(best, key);
  return best;
}
