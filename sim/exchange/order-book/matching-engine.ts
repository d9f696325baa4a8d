// A price-time priority matching engine for one instrument, in typed arrays: no object an order.
// Trades happen at the maker's price; a modify is a cancel and a new order at the back, which may trade first.
// Asks are mirrored (ask tick t stands at the slot opposite to bid tick t), so that on both sides the best price is
// the highest slot and one code path serves both. Prices and ids lie in ranges fixed beforehand: it is a core for
// feeds and benchmarks whose owner knows them, not a venue (rules, accounts and fees live in sim/exchange).

import { assert } from "../../../src/domain/assert.ts";
import {
  MatchReports,
  REPORT_ACCEPTED,
  REPORT_CANCEL_REFUSED,
  REPORT_CANCELLED,
  REPORT_FIELDS,
  REPORT_MODIFIED,
  REPORT_MODIFY_REFUSED,
  REPORT_TRADE,
} from "./match-reports.ts";
import { SlotBitmap } from "./slot-bitmap.ts";

/** Side of an order as the engine counts it: 0 buys, 1 sells. */
export type SideIndex = 0 | 1;

export type MatchingRange = Readonly<{
  /** Prices lie in priceMin … priceMax, at most 2^19 apart. */
  priceMin: number;
  priceMax: number;
  /** Order ids lie in 1 … idMax. Dense ids index the queues directly. */
  idMax: number;
}>;

/** An order, or the head of a price's queue: four neighbours in one array, so that touching one costs one cache line. */
const NODE_SHIFT = 2;
const NODE_FIELDS = 4;
const NEXT = 0;
const PREVIOUS = 1;
const LEFT = 2;
const SLOT = 3;
/** Resting orders a new engine has room for; it doubles when they are more. */
const ORDERS_EXPECTED = 4_096;
/** The bitmap's own limit, two sides together. */
const SLOTS_MAX = 1_048_576;

export class MatchingEngine {
  readonly reports: MatchReports;
  /**
   * A queue is a ring through its slot's head node: appending and removing have no branch, and a queue is empty when
   * the head follows itself. Node s < heads is the head of slot s; the nodes after them are resting orders or free.
   * Orders have nodes of their own, not one an id: a book of thousands stays in cache beside millions of ids.
   */
  #nodes: Int32Array;
  /** Id of the order in each node after the heads. */
  #owners: Int32Array;
  /** First field of a free node, whose NEXT leads to another; 0 when there is none. */
  #free = 0;
  readonly #heads: number;
  /** First field of an id's node, 0 while it does not rest. */
  readonly #nodeOf: Int32Array;
  readonly #occupied: SlotBitmap;
  /** Best slot by side; below the side's first slot when that side is empty. */
  readonly #best = new Int32Array(2);
  readonly #priceMin: number;
  readonly #priceMax: number;
  /** The opposite side's slot of the same price is mirror − slot. */
  readonly #mirror: number;
  readonly #half: number;
  #sequence = -1;

  constructor(range: MatchingRange, reports = new MatchReports()) {
    const prices = range.priceMax - range.priceMin + 1;
    const half = Math.ceil(prices / 32) * 32;
    assert(prices > 0 && half * 2 <= SLOTS_MAX, `prices span at most 2^19 ticks, was ${prices}`);
    assert(range.idMax > 0, `ids start at 1, the largest was ${range.idMax}`);
    this.reports = reports;
    this.#half = half;
    this.#mirror = 2 * half - 1;
    this.#priceMin = range.priceMin;
    this.#priceMax = range.priceMax;
    this.#heads = 2 * half;
    this.#occupied = new SlotBitmap(2 * half);
    this.#nodeOf = new Int32Array(range.idMax + 1);
    this.#nodes = new Int32Array((this.#heads + ORDERS_EXPECTED) << NODE_SHIFT);
    this.#owners = new Int32Array(ORDERS_EXPECTED);
    this.reset();
  }

  /** Empties the book and starts counting messages anew; reports are left alone. */
  reset(): void {
    const nodes = this.#nodes;
    for (let head = 0; head < this.#heads << NODE_SHIFT; head += NODE_FIELDS) {
      nodes[head + NEXT] = head;
      nodes[head + PREVIOUS] = head;
    }
    this.#free = 0;
    this.#setFree(this.#heads << NODE_SHIFT);
    this.#nodeOf.fill(0);
    this.#occupied.reset();
    this.#best[0] = -1;
    this.#best[1] = -1;
    this.#sequence = -1;
  }

  /** A new order: reports it accepted, then its trades; the remainder rests, or is cancelled if `immediate`. */
  place(side: SideIndex, id: number, price: number, quantity: number, immediate: boolean): void {
    this.#sequence += 1;
    const slot = this.#slotOf(side, price);
    assert(id > 0 && id < this.#nodeOf.length, "an order id lies in the engine's range");
    assert((this.#nodeOf[id] as number) === 0, "a new order's id does not rest");
    this.#report(REPORT_ACCEPTED, side, id, price, quantity);
    const left = this.#match(side, slot, id, quantity);
    if (left === 0) return;
    if (immediate) this.#report(REPORT_CANCELLED, side, id, price, 0);
    else this.#append(side, slot, id, left);
  }

  /** Takes an order out of its queue, or refuses if it does not rest. */
  cancel(id: number): void {
    this.#sequence += 1;
    const node = this.#nodeOf[id] ?? 0;
    if (node === 0) {
      this.#report(REPORT_CANCEL_REFUSED, id, 0, 0, 0);
      return;
    }
    const slot = this.#nodes[node + SLOT] as number;
    const side = slot < this.#half ? 0 : 1;
    this.#remove(side, slot, node, id);
    this.#report(REPORT_CANCELLED, side, id, this.#priceOf(side, slot), 0);
  }

  /** Gives a resting order a new price and quantity at the back of the queue, trading first if it now crosses. */
  modify(id: number, price: number, quantity: number): void {
    this.#sequence += 1;
    const node = this.#nodeOf[id] ?? 0;
    if (node === 0) {
      this.#report(REPORT_MODIFY_REFUSED, id, 0, 0, 0);
      return;
    }
    const before = this.#nodes[node + SLOT] as number;
    const side = before < this.#half ? 0 : 1;
    const slot = this.#slotOf(side, price);
    this.#remove(side, before, node, id);
    const left = this.#match(side, slot, id, quantity);
    this.#report(REPORT_MODIFIED, side, id, price, quantity);
    if (left > 0) this.#append(side, slot, id, left);
  }

  /** The best price of a side, undefined when it is empty. */
  best(side: SideIndex): number | undefined {
    const slot = this.#best[side] as number;
    return slot < side * this.#half ? undefined : this.#priceOf(side, slot);
  }

  /** The side's resting orders, best price first and oldest first within a price: for tests and displays. */
  resting(side: SideIndex): { id: number; price: number; quantity: number }[] {
    const found: { id: number; price: number; quantity: number }[] = [];
    let slot = this.#best[side] as number;
    while (slot >= side * this.#half) {
      const head = slot << NODE_SHIFT;
      const price = this.#priceOf(side, slot);
      let node = this.#nodes[head + NEXT] as number;
      while (node !== head) {
        const quantity = this.#nodes[node + LEFT] as number;
        found.push({ id: this.#ownerOf(node), price, quantity });
        node = this.#nodes[node + NEXT] as number;
      }
      slot = this.#occupied.highestAtOrBelow(slot - 1);
    }
    return found;
  }

  #slotOf(side: SideIndex, price: number): number {
    assert(
      price >= this.#priceMin && price <= this.#priceMax,
      "a price lies in the engine's range",
    );
    const slot = price - this.#priceMin;
    return side === 0 ? slot : this.#mirror - slot;
  }

  #priceOf(side: SideIndex, slot: number): number {
    return this.#priceMin + (side === 0 ? slot : this.#mirror - slot);
  }

  /** Trades against the other side from its best slot down to the order's own price; returns what is left. */
  #match(side: SideIndex, slot: number, taker: number, quantity: number): number {
    const limit = this.#mirror - slot;
    const other = (side ^ 1) as SideIndex;
    let left = quantity;
    let best = this.#best[other] as number;
    while (left > 0 && best >= limit) {
      left = this.#matchSlot(other, best, taker, left);
      best = this.#best[other] as number;
    }
    return left;
  }

  /** Trades against one price's queue, oldest first, until either is used up. */
  #matchSlot(side: SideIndex, slot: number, taker: number, quantity: number): number {
    const nodes = this.#nodes;
    const head = slot << NODE_SHIFT;
    const price = this.#priceOf(side, slot);
    let left = quantity;
    let maker = nodes[head + NEXT] as number;
    while (left > 0 && maker !== head) {
      const offered = nodes[maker + LEFT] as number;
      const traded = offered < left ? offered : left;
      const id = this.#ownerOf(maker);
      this.#report(REPORT_TRADE, price, traded, id, taker);
      left -= traded;
      const next = nodes[maker + NEXT] as number;
      if (traded === offered) this.#remove(side, slot, maker, id);
      else nodes[maker + LEFT] = offered - traded;
      maker = next;
    }
    return left;
  }

  #append(side: SideIndex, slot: number, id: number, left: number): void {
    const node = this.#free === 0 ? this.#grow() : this.#free;
    const nodes = this.#nodes;
    this.#free = nodes[node + NEXT] as number;
    this.#nodeOf[id] = node;
    this.#owners[(node >>> NODE_SHIFT) - this.#heads] = id;
    const head = slot << NODE_SHIFT;
    const tail = nodes[head + PREVIOUS] as number;
    nodes[node + NEXT] = head;
    nodes[node + PREVIOUS] = tail;
    nodes[node + LEFT] = left;
    nodes[node + SLOT] = slot;
    nodes[tail + NEXT] = node;
    nodes[head + PREVIOUS] = node;
    if (tail !== head) return;
    this.#occupied.set(slot);
    if (slot > (this.#best[side] as number)) this.#best[side] = slot;
  }

  #remove(side: SideIndex, slot: number, node: number, id: number): void {
    const nodes = this.#nodes;
    const next = nodes[node + NEXT] as number;
    const previous = nodes[node + PREVIOUS] as number;
    this.#nodeOf[id] = 0;
    nodes[node + NEXT] = this.#free;
    this.#free = node;
    nodes[previous + NEXT] = next;
    nodes[next + PREVIOUS] = previous;
    if (next !== previous) return; // only an emptied ring's head has one neighbour on both sides
    this.#occupied.clear(slot);
    if (slot === (this.#best[side] as number)) {
      this.#best[side] = this.#occupied.highestAtOrBelow(slot - 1);
    }
  }

  #ownerOf(node: number): number {
    return this.#owners[(node >>> NODE_SHIFT) - this.#heads] as number;
  }

  /** Doubles the room for orders; returns the first free node. */
  #grow(): number {
    const room = this.#owners.length;
    const first = this.#nodes.length;
    const nodes = new Int32Array((this.#heads + 2 * room) << NODE_SHIFT);
    nodes.set(this.#nodes);
    this.#nodes = nodes;
    const owners = new Int32Array(2 * room);
    owners.set(this.#owners);
    this.#owners = owners;
    this.#setFree(first);
    return this.#free;
  }

  /** Chains the nodes from `first` to the end as free ones. */
  #setFree(first: number): void {
    const nodes = this.#nodes;
    for (let node = nodes.length - NODE_FIELDS; node >= first; node -= NODE_FIELDS) {
      nodes[node + NEXT] = this.#free;
      this.#free = node;
    }
  }

  #report(kind: number, first: number, second: number, third: number, fourth: number): void {
    const reports = this.reports;
    const at = reports.used;
    const fields = at < reports.fields.length ? reports.fields : reports.grow();
    fields[at] = kind;
    fields[at + 1] = this.#sequence;
    fields[at + 2] = first;
    fields[at + 3] = second;
    fields[at + 4] = third;
    fields[at + 5] = fourth;
    reports.used = at + REPORT_FIELDS;
  }
}
