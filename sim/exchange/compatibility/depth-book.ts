// A book of levels as the published engine keeps it: absolute sizes, and a pointer to each best.
// A new best that reaches the other side moves that side's pointer behind it; the levels in between
// stay stored, but hidden. Sizes stand in a dense window of ticks that grows with the feed.
// Source: hftbacktest order fill documentation; 1.1 (removal, crossing feed).

import { assert } from "../../../src/domain/assert.ts";

/** Best bid of an empty side: below every tick. */
export const NO_BID = -0x8000_0000;
/** Best ask of an empty side: above every tick. */
export const NO_ASK = 0x7fff_ffff;

const FIRST_WINDOW_TICKS = 2_048;
/** 2^24 ticks are 64 MiB a side; a feed that spans more has prices off its grid. */
const WINDOW_TICKS_MAX = 0x100_0000;

export class DepthBook {
  /** Tick of the best visible bid, or NO_BID. */
  bestBid = NO_BID;
  /** Tick of the best visible ask, or NO_ASK. */
  bestAsk = NO_ASK;
  #base = 0;
  #bids = new Int32Array(0);
  #asks = new Int32Array(0);

  /** Lots bid at a tick. */
  bidLots(tick: number): number {
    return this.#bids[tick - this.#base] ?? 0;
  }

  /** Lots offered at a tick. */
  askLots(tick: number): number {
    return this.#asks[tick - this.#base] ?? 0;
  }

  /** Sets a bid level's size; 0 removes it. Returns the size before. */
  setBid(tick: number, lots: number): number {
    const slot = this.#slotOf(tick);
    const previous = this.#bids[slot] as number;
    this.#bids[slot] = lots;
    if (lots === 0) {
      if (tick === this.bestBid) this.bestBid = this.#bidBelow(tick);
    } else if (tick > this.bestBid) {
      this.bestBid = tick;
      if (tick >= this.bestAsk) this.bestAsk = this.#askAbove(tick);
    }
    return previous;
  }

  /** Sets an ask level's size; 0 removes it. Returns the size before. */
  setAsk(tick: number, lots: number): number {
    const slot = this.#slotOf(tick);
    const previous = this.#asks[slot] as number;
    this.#asks[slot] = lots;
    if (lots === 0) {
      if (tick === this.bestAsk) this.bestAsk = this.#askAbove(tick);
    } else if (tick < this.bestAsk) {
      this.bestAsk = tick;
      if (tick <= this.bestBid) this.bestBid = this.#bidBelow(tick);
    }
    return previous;
  }

  #bidBelow(tick: number): number {
    for (let slot = tick - this.#base - 1; slot >= 0; slot--) {
      if (this.#bids[slot] !== 0) return slot + this.#base;
    }
    return NO_BID;
  }

  #askAbove(tick: number): number {
    for (let slot = tick - this.#base + 1; slot < this.#asks.length; slot++) {
      if (this.#asks[slot] !== 0) return slot + this.#base;
    }
    return NO_ASK;
  }

  #slotOf(tick: number): number {
    const slot = tick - this.#base;
    if (slot >= 0 && slot < this.#bids.length) return slot;
    this.#cover(tick);
    return tick - this.#base;
  }

  /** Moves both sides into a window, at least twice as wide, that holds `tick` near its middle. */
  #cover(tick: number): void {
    const held = this.#bids.length;
    const low = held === 0 ? tick : Math.min(this.#base, tick);
    const high = held === 0 ? tick : Math.max(this.#base + held - 1, tick);
    const span = high - low + 1;
    assert(span <= WINDOW_TICKS_MAX, `the feed spans ≤ ${WINDOW_TICKS_MAX} ticks, was ${span}`);
    const width = Math.max(FIRST_WINDOW_TICKS, span * 2);
    const base = low - ((width - span) >> 1);
    const bids = new Int32Array(width);
    const asks = new Int32Array(width);
    if (held > 0) {
      bids.set(this.#bids, this.#base - base);
      asks.set(this.#asks, this.#base - base);
    }
    this.#base = base;
    this.#bids = bids;
    this.#asks = asks;
  }
}
