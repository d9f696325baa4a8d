// What is still to happen, in the one order there is: (at, rank, seq). A binary heap over typed
// columns, so that a push and a pop make no object; `seq` is the order of pushing, which makes the
// order total: no two entries are ever equal, and no container decides anything.

import { assert } from "../../src/domain/assert.ts";
import type { TimeUs } from "../../src/domain/units.ts";

/** Entries there is room for at first; the columns double when it is reached. */
const CAPACITY_FIRST = 64;

/** Entries a run may hold at once: reaching it means something books without end. */
const CAPACITY_MAX = 1 << 24;

/**
 * A queue of payloads due at a time; equal times go by rank, equal ranks by the order of pushing.
 */
export class EventQueue<T> {
  #capacity = CAPACITY_FIRST;
  #size = 0;
  #nextSeq = 0;
  // The heap, position by position: the key of an entry, and the slot its payload stands in.
  #at = new Float64Array(CAPACITY_FIRST);
  #rank = new Int32Array(CAPACITY_FIRST);
  #seq = new Float64Array(CAPACITY_FIRST);
  #slot = new Int32Array(CAPACITY_FIRST);
  // Payloads by slot; `#slot` beyond `#size` holds the free slots.
  readonly #payloads: (T | undefined)[] = [];
  #poppedAt = Number.NEGATIVE_INFINITY;
  #poppedRank = 0;

  constructor() {
    this.#nameSlots(0);
  }

  /** Entries waiting. */
  get size(): number {
    return this.#size;
  }

  /** When the last popped entry was due; −Infinity before the first pop. */
  get poppedAt(): TimeUs {
    return this.#poppedAt as TimeUs;
  }

  /** Rank of the last popped entry; 0 before the first pop. */
  get poppedRank(): number {
    return this.#poppedRank;
  }

  /** When the least entry is due; Infinity when nothing waits. */
  peekAt(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#at[0] as number);
  }

  /** Rank of the least entry; 0 when nothing waits. */
  peekRank(): number {
    return this.#size === 0 ? 0 : (this.#rank[0] as number);
  }

  /**
   * Books `payload` for `at`; `rank`, a 32-bit integer, orders what falls on the same time (least
   * first).
   */
  push(at: TimeUs, rank: number, payload: T): void {
    if (!Number.isFinite(at)) assert(false, `an entry is due at a finite time, was ${at}`);
    if ((rank | 0) !== rank) assert(false, `a rank is a 32-bit integer, was ${rank}`);
    if (this.#size === this.#capacity) this.#grow();
    const position = this.#size;
    const slot = this.#slot[position] as number;
    this.#size = position + 1;
    this.#payloads[slot] = payload;
    this.#rise(position, at, rank, this.#nextSeq, slot);
    this.#nextSeq += 1;
  }

  /**
   * Takes the least entry out and returns its payload; its key stays readable as poppedAt and
   * poppedRank.
   */
  pop(): T {
    if (this.#size === 0) assert(false, "a queue that is popped holds something");
    const slot = this.#slot[0] as number;
    this.#poppedAt = this.#at[0] as number;
    this.#poppedRank = this.#rank[0] as number;
    const payload = this.#payloads[slot] as T;
    this.#payloads[slot] = undefined;
    const last = this.#size - 1;
    this.#size = last;
    if (last > 0) this.#sink(last);
    this.#slot[last] = slot;
    return payload;
  }

  /** Moves the entry up from the hole at `position` until its parent is less. */
  #rise(position: number, at: number, rank: number, seq: number, slot: number): void {
    const ats = this.#at;
    const ranks = this.#rank;
    const seqs = this.#seq;
    const slots = this.#slot;
    let hole = position;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentAt = ats[parent] as number;
      // A newcomer has the greatest seq of all: on an equal (at, rank) its parent is less.
      if (parentAt < at || (parentAt === at && (ranks[parent] as number) <= rank)) break;
      ats[hole] = parentAt;
      ranks[hole] = ranks[parent] as number;
      seqs[hole] = seqs[parent] as number;
      slots[hole] = slots[parent] as number;
      hole = parent;
    }
    ats[hole] = at;
    ranks[hole] = rank;
    seqs[hole] = seq;
    slots[hole] = slot;
  }

  /**
   * Fills the hole at the root with the entry at `last`, moving it down until both children are
   * greater.
   */
  #sink(last: number): void {
    const ats = this.#at;
    const ranks = this.#rank;
    const seqs = this.#seq;
    const slots = this.#slot;
    const at = ats[last] as number;
    const rank = ranks[last] as number;
    const seq = seqs[last] as number;
    const slot = slots[last] as number;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#less(child + 1, child)) child += 1;
      const childAt = ats[child] as number;
      if (at < childAt) break;
      if (at === childAt) {
        const childRank = ranks[child] as number;
        if (rank < childRank || (rank === childRank && seq < (seqs[child] as number))) break;
      }
      ats[hole] = childAt;
      ranks[hole] = ranks[child] as number;
      seqs[hole] = seqs[child] as number;
      slots[hole] = slots[child] as number;
      hole = child;
    }
    ats[hole] = at;
    ranks[hole] = rank;
    seqs[hole] = seq;
    slots[hole] = slot;
  }

  #less(left: number, right: number): boolean {
    const leftAt = this.#at[left] as number;
    const rightAt = this.#at[right] as number;
    if (leftAt !== rightAt) return leftAt < rightAt;
    const leftRank = this.#rank[left] as number;
    const rightRank = this.#rank[right] as number;
    if (leftRank !== rightRank) return leftRank < rightRank;
    return (this.#seq[left] as number) < (this.#seq[right] as number);
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    assert(capacity <= CAPACITY_MAX, `no more than ${CAPACITY_MAX} entries wait at once`);
    this.#at = widened(this.#at, new Float64Array(capacity));
    this.#rank = widened(this.#rank, new Int32Array(capacity));
    this.#seq = widened(this.#seq, new Float64Array(capacity));
    this.#slot = widened(this.#slot, new Int32Array(capacity));
    const from = this.#capacity;
    this.#capacity = capacity;
    this.#nameSlots(from);
  }

  /** Declares the slots from `from` on free. */
  #nameSlots(from: number): void {
    for (let slot = from; slot < this.#capacity; slot += 1) {
      this.#slot[slot] = slot;
      this.#payloads.push(undefined);
    }
  }
}

function widened<Column extends Float64Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
