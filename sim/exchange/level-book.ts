// A price-level book in flat typed arrays, the same for truth and for what we received.
// Asks are mirrored: within the window both sides keep their best at the highest slot, so one code path serves both.
// Levels outside the window wait in a map and come in when the window moves. Sizes are whole lots; 0 is "no level".
// BookCursor writes these arrays in its hot loop; everyone else goes through the methods.

import { assert } from "../../src/domain/assert.ts";

/** Ticks in the window, per side. 2^17 ticks are ±10 % around a price of 655,360 ticks; the book moves the rest. */
export const WINDOW_BITS = 17;
export const WINDOW = 1 << WINDOW_BITS;
const SLOTS = WINDOW * 2;

/** Side codes of columns and slots: 0 bid, 1 ask. */
export type SideCode = 0 | 1;

export class LevelBook {
  /** Lots per slot. Bid tick t is slot t − base; ask tick t is slot 2·WINDOW − 1 − (t − base). */
  readonly lots = new Int32Array(SLOTS);
  /** Attention marks per slot, set by whoever rests orders here; never read by the book itself. */
  readonly marks = new Uint16Array(SLOTS);
  /** Non-empty slots as a three-level bitmap of 32-bit words. */
  readonly bits0 = new Int32Array(SLOTS >>> 5);
  readonly bits1 = new Int32Array(SLOTS >>> 10);
  readonly bits2 = new Int32Array(SLOTS >>> 15);
  /** Best slot per side; `emptyTop(side)` when the window holds no level of that side. */
  readonly tops = new Int32Array([-1, WINDOW - 1]);
  /**
   * Tick of slot 0; moves with the window. At first so low that no tick is in the window, yet not so low that
   * tick − base leaves 32 bits: the hot loop would then be compiled for doubles.
   */
  base = -0x2000_0000;
  /** Counts moves of the window: slots computed under another epoch are void. */
  epoch = 0;
  /** Levels outside the window that are better than any inside it, per side. */
  readonly #beyond: [number, number] = [0, 0];
  readonly #far: readonly [Map<number, number>, Map<number, number>] = [new Map(), new Map()];

  /** Best tick of a side, undefined when it is empty. */
  best(side: SideCode): number | undefined {
    if (this.#beyond[side] > 0) return bestOf(this.#far[side].keys(), side, undefined);
    const top = this.tops[side] as number;
    if (top !== side * WINDOW - 1) return this.tickOf(top, side);
    return this.#far[side].size === 0 ? undefined : bestOf(this.#far[side].keys(), side, undefined);
  }

  slotOf(tick: number, side: SideCode): number {
    const offset = tick - this.base;
    return side === 0 ? offset : 2 * WINDOW - 1 - offset;
  }

  tickOf(slot: number, side: SideCode): number {
    return (side === 0 ? slot : 2 * WINDOW - 1 - slot) + this.base;
  }

  inWindow(tick: number): boolean {
    const offset = tick - this.base;
    return offset >= 0 && offset < WINDOW;
  }

  size(tick: number, side: SideCode): number {
    if (this.inWindow(tick)) return this.lots[this.slotOf(tick, side)] as number;
    return this.#far[side].get(tick) ?? 0;
  }

  /** Sets a level's absolute size; moves the window when the level is a new best outside it. */
  set(tick: number, side: SideCode, size: number): void {
    assert(size >= 0, `a level's size is not negative, was ${size}`);
    if (this.inWindow(tick)) {
      this.#setSlot(this.slotOf(tick, side), side, size);
      if (size === 0) this.#refill(side);
      return;
    }
    const best = this.best(side);
    this.#setFar(tick, side, size);
    const isBest = best === undefined || (side === 0 ? tick > best : tick < best);
    if (size > 0 && isBest) this.#move(tick);
  }

  /** Forgets every level; the window stays where it is. */
  clear(): void {
    // A book that holds nothing, as each does before its first snapshot, need not be wiped: that is a megabyte.
    if (this.bits2.some((word) => word !== 0)) {
      this.lots.fill(0);
      this.bits0.fill(0);
      this.bits1.fill(0);
      this.bits2.fill(0);
    }
    this.tops[0] = -1;
    this.tops[1] = WINDOW - 1;
    this.#far[0].clear();
    this.#far[1].clear();
    this.#beyond[0] = 0;
    this.#beyond[1] = 0;
  }

  /** The next worse non-empty tick of a side after `tick`, undefined when there is none. */
  nextWorse(tick: number, side: SideCode): number | undefined {
    if (this.inWindow(tick)) {
      const floor = side * WINDOW;
      const slot = this.highestBelow(this.slotOf(tick, side), floor);
      if (slot >= floor) return this.tickOf(slot, side);
    }
    const far = bestOf(this.#far[side].keys(), side, tick);
    const top = this.tops[side] as number;
    if (this.inWindow(tick) || !this.#isBeyond(tick, side) || top === side * WINDOW - 1) return far;
    const inside = this.tickOf(top, side);
    return far !== undefined && this.#isBeyond(far, side) ? far : inside;
  }

  /** The worst non-empty tick of a side: the far edge of what is displayed. */
  worst(side: SideCode): number | undefined {
    const far = bestOf(this.#far[side].keys(), side === 0 ? 1 : 0, undefined);
    if (far !== undefined && !this.#isBeyond(far, side)) return far;
    const slot = lowestBitOfHalf(this.bits0, this.bits1, this.bits2, side);
    if (slot >= 0) return this.tickOf(slot, side);
    return far;
  }

  /** Number of non-empty levels of a side. Slow: for checks and tests. */
  depth(side: SideCode): number {
    let count = 0;
    for (let tick = this.best(side); tick !== undefined; tick = this.nextWorse(tick, side))
      count += 1;
    return count;
  }

  /** Highest non-empty slot below `slot` and not below `floor`; floor − 1 when there is none. */
  highestBelow(slot: number, floor: number): number {
    const found = highestBitBelow(this.bits0, this.bits1, this.bits2, slot);
    return found < floor ? floor - 1 : found;
  }

  /** True while a side's window is empty though levels wait outside it. */
  needsRefill(side: SideCode): boolean {
    return this.tops[side] === side * WINDOW - 1 && this.#far[side].size > 0;
  }

  /** Brings the window to the best level outside it when the window of that side has run empty. */
  refill(side: SideCode): void {
    this.#refill(side);
  }

  /** Is a tick outside the window on the better side of it? Only a spread wider than the window makes that. */
  #isBeyond(tick: number, side: SideCode): boolean {
    return side === 0 ? tick - this.base >= WINDOW : tick < this.base;
  }

  #setFar(tick: number, side: SideCode, size: number): void {
    const far = this.#far[side];
    const had = far.has(tick);
    if (size === 0) far.delete(tick);
    else far.set(tick, size);
    if (!this.#isBeyond(tick, side) || had === size > 0) return;
    this.#beyond[side] += size > 0 ? 1 : -1;
  }

  #refill(side: SideCode): void {
    if (!this.needsRefill(side)) return;
    const tick = bestOf(this.#far[side].keys(), side, undefined);
    assert(tick !== undefined, "a level waits outside the window");
    this.#move(tick);
  }

  #setSlot(slot: number, side: SideCode, size: number): void {
    const before = this.lots[slot] as number;
    this.lots[slot] = size;
    if (size === 0) {
      if (before === 0) return;
      this.#clearBit(slot);
      if (slot === this.tops[side]) this.tops[side] = this.highestBelow(slot, side * WINDOW);
      return;
    }
    if (before === 0) this.#setBit(slot);
    if (slot > (this.tops[side] as number)) this.tops[side] = slot;
  }

  #setBit(slot: number): void {
    const word = slot >>> 5;
    this.bits0[word] = (this.bits0[word] as number) | (1 << (slot & 31));
    this.bits1[word >>> 5] = (this.bits1[word >>> 5] as number) | (1 << (word & 31));
    this.bits2[word >>> 10] = (this.bits2[word >>> 10] as number) | (1 << ((word >>> 5) & 31));
  }

  #clearBit(slot: number): void {
    const word = slot >>> 5;
    const bits = (this.bits0[word] as number) & ~(1 << (slot & 31));
    this.bits0[word] = bits;
    if (bits !== 0) return;
    const bits1 = (this.bits1[word >>> 5] as number) & ~(1 << (word & 31));
    this.bits1[word >>> 5] = bits1;
    if (bits1 !== 0) return;
    this.bits2[word >>> 10] = (this.bits2[word >>> 10] as number) & ~(1 << ((word >>> 5) & 31));
  }

  /** Centres the window on `tick`, carrying every level along. */
  #move(tick: number): void {
    const levels: [Map<number, number>, Map<number, number>] = [
      new Map(this.#far[0]),
      new Map(this.#far[1]),
    ];
    for (const side of [0, 1] as const) {
      const floor = side * WINDOW;
      for (let slot = this.tops[side] as number; slot >= floor; ) {
        levels[side].set(this.tickOf(slot, side), this.lots[slot] as number);
        slot = this.highestBelow(slot, floor);
      }
    }
    this.clear();
    this.base = tick - (WINDOW >>> 1);
    this.epoch += 1;
    for (const side of [0, 1] as const) {
      for (const [level, size] of levels[side]) {
        if (this.inWindow(level)) this.#setSlot(this.slotOf(level, side), side, size);
        else this.#setFar(level, side, size);
      }
    }
  }
}

/** Highest set bit strictly below `slot` in a three-level bitmap, −1 when none. */
export function highestBitBelow(
  bits0: Int32Array,
  bits1: Int32Array,
  bits2: Int32Array,
  slot: number,
): number {
  let word = slot >>> 5;
  let bits = (bits0[word] as number) & ((1 << (slot & 31)) - 1);
  if (bits !== 0) return (word << 5) + 31 - Math.clz32(bits);
  let group = word >>> 5;
  bits = (bits1[group] as number) & ((1 << (word & 31)) - 1);
  if (bits === 0) {
    let top = group >>> 5;
    bits = (bits2[top] as number) & ((1 << (group & 31)) - 1);
    while (bits === 0) {
      top -= 1;
      if (top < 0) return -1;
      bits = bits2[top] as number;
    }
    group = (top << 5) + 31 - Math.clz32(bits);
    bits = bits1[group] as number;
  }
  word = (group << 5) + 31 - Math.clz32(bits);
  return (word << 5) + 31 - Math.clz32(bits0[word] as number);
}

/** Lowest set bit of a side's half of the bitmap, −1 when none. */
function lowestBitOfHalf(
  bits0: Int32Array,
  bits1: Int32Array,
  bits2: Int32Array,
  side: SideCode,
): number {
  const tops = WINDOW >>> 15;
  for (let top = side * tops; top < (side + 1) * tops; top += 1) {
    if (bits2[top] === 0) continue;
    const group = (top << 5) + lowestBit(bits2[top] as number);
    const word = (group << 5) + lowestBit(bits1[group] as number);
    return (word << 5) + lowestBit(bits0[word] as number);
  }
  return -1;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** The best tick of a side among `ticks`, strictly worse than `after` when that is given. */
function bestOf(
  ticks: Iterable<number>,
  side: SideCode,
  after: number | undefined,
): number | undefined {
  let best: number | undefined;
  for (const tick of ticks) {
    if (after !== undefined && (side === 0 ? tick >= after : tick <= after)) continue;
    if (best === undefined || (side === 0 ? tick > best : tick < best)) best = tick;
  }
  return best;
}
