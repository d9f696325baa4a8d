// What an importer believes rests in a LOBSTER book: per side and price, orders in their order of arrival.
// A LOBSTER file shows a window of levels and a day without its beginning. Lots whose owner was never seen stand here
// as lumps with negative numbers, and a message about an unknown order takes its lots out of them. Level sizes are
// exact wherever the recorded book confirmed them; who owns the lots of a lump is not known to anybody.

import {
  ORDER_ADD,
  ORDER_DELETE,
  ORDER_EXECUTE,
  ORDER_INFERRED,
  ORDER_REDUCE,
  ORDER_SNAPSHOT,
} from "../../domain/order-tape.ts";
import { META_ASK } from "../../domain/tape.ts";

/** Receives the tape's rows for what happened; times are the caller's. */
export type OnOrderRow = (meta: number, orderRef: number, price: number, size: number) => void;

/** A row that takes lots away. */
export type Removal = typeof ORDER_REDUCE | typeof ORDER_DELETE | typeof ORDER_EXECUTE;

type Level = { total: number; readonly orders: Map<number, number> };

export type LobsterQueueCounts = {
  /** Messages about orders never seen, by kind. */
  unknownReduces: number;
  unknownDeletes: number;
  unknownExecutions: number;
  /** Messages about known orders whose size had changed unseen. */
  staleOrders: number;
  /** Rows that are not in the feed. */
  inferredRows: number;
};

export class LobsterQueue {
  readonly counts: LobsterQueueCounts = {
    unknownReduces: 0,
    unknownDeletes: 0,
    unknownExecutions: 0,
    staleOrders: 0,
    inferredRows: 0,
  };
  readonly #onRow: OnOrderRow;
  /** True when the recorded book is at hand: then a level's size is the truth and somebody must own each lot. */
  readonly #complete: boolean;
  /** Bids, asks. */
  readonly #levels: readonly [Map<number, Level>, Map<number, Level>] = [new Map(), new Map()];
  #lumps = 0;

  constructor(onRow: OnOrderRow, kind: "complete" | "messages-only") {
    this.#onRow = onRow;
    this.#complete = kind === "complete";
  }

  /** Lots believed to rest at a price. */
  total(side: 0 | 1, price: number): number {
    return this.#levels[side].get(price)?.total ?? 0;
  }

  /** Every price believed to hold lots. */
  prices(side: 0 | 1): IterableIterator<number> {
    return this.#levels[side].keys();
  }

  add(side: 0 | 1, price: number, orderRef: number, size: number): void {
    this.#put(side, price, orderRef, size);
    this.#onRow(ORDER_ADD | sideBit(side), orderRef, price, size);
  }

  /** A message took `size` lots off an order, known or not. */
  remove(kind: Removal, side: 0 | 1, price: number, orderRef: number, size: number): void {
    const known = this.#levels[side].get(price)?.orders.get(orderRef);
    if (known === undefined) {
      this.#countUnknown(kind);
      this.#removeUnknown(kind, side, price, orderRef, size);
      return;
    }
    const taken = kind === ORDER_DELETE ? known : Math.min(known, size);
    if (taken !== size) this.counts.staleOrders += 1;
    this.#cut(side, price, orderRef, taken);
    this.#onRow(kind | sideBit(side), orderRef, price, taken);
    if (taken < size) this.#removeUnknown(kind, side, price, orderRef, size - taken);
    else if (taken > size && this.#complete) this.#lump(side, price, taken - size);
  }

  /** The book shows `size` lots at a price that was out of sight: what is not accounted for is inferred. */
  restate(side: 0 | 1, price: number, size: number): void {
    const believed = this.total(side, price);
    if (believed < size) this.#lump(side, price, size - believed);
    else this.#shed(side, price, believed - size);
  }

  #lump(side: 0 | 1, price: number, size: number): void {
    this.#lumps += 1;
    this.counts.inferredRows += 1;
    this.#put(side, price, -this.#lumps, size);
    const meta = ORDER_ADD | ORDER_INFERRED | ORDER_SNAPSHOT | sideBit(side);
    this.#onRow(meta, -this.#lumps, price, size);
  }

  /** Lots went while out of sight. Whose is unknown: the youngest go first, so that no queue ahead is too short. */
  #shed(side: 0 | 1, price: number, size: number): void {
    let left = size;
    const level = this.#levels[side].get(price);
    for (const [orderRef, lots] of [...(level?.orders ?? [])].reverse()) {
      if (left === 0) return;
      left -= this.#infer(ORDER_REDUCE, side, price, orderRef, Math.min(lots, left));
    }
  }

  /** Takes lots nobody is known to own out of the lumps, then out of the oldest known orders. */
  #removeUnknown(kind: Removal, side: 0 | 1, price: number, orderRef: number, size: number): void {
    let left = size;
    if (this.#complete) {
      const orders = [...(this.#levels[side].get(price)?.orders ?? [])];
      const lumps = orders.filter(([owner]) => owner < 0);
      const known = orders.filter(([owner]) => owner >= 0);
      for (const [owner, lots] of [...lumps, ...known]) {
        if (left > 0) left -= this.#infer(kind, side, price, owner, Math.min(lots, left));
      }
    }
    // Nobody to take them from: told as it was, for whoever counts prints.
    if (left > 0) this.#onRow(kind | sideBit(side), orderRef, price, left);
  }

  /** Takes lots off an order that stands for another: a deletion of part of it is a reduction. */
  #infer(kind: Removal, side: 0 | 1, price: number, orderRef: number, size: number): number {
    const left = this.#cut(side, price, orderRef, size);
    const told = kind === ORDER_EXECUTE ? kind : left === 0 ? ORDER_DELETE : ORDER_REDUCE;
    this.counts.inferredRows += 1;
    this.#onRow(told | ORDER_INFERRED | sideBit(side), orderRef, price, size);
    return size;
  }

  #put(side: 0 | 1, price: number, orderRef: number, size: number): void {
    let level = this.#levels[side].get(price);
    if (level === undefined) {
      level = { total: 0, orders: new Map() };
      this.#levels[side].set(price, level);
    }
    level.total += size;
    level.orders.set(orderRef, (level.orders.get(orderRef) ?? 0) + size);
  }

  /** Returns what is left of the order. */
  #cut(side: 0 | 1, price: number, orderRef: number, size: number): number {
    const level = this.#levels[side].get(price);
    if (level === undefined) return 0;
    const left = (level.orders.get(orderRef) ?? 0) - size;
    if (left > 0) level.orders.set(orderRef, left);
    else level.orders.delete(orderRef);
    level.total -= size;
    if (level.total === 0) this.#levels[side].delete(price);
    return left;
  }

  #countUnknown(kind: Removal): void {
    if (kind === ORDER_REDUCE) this.counts.unknownReduces += 1;
    else if (kind === ORDER_DELETE) this.counts.unknownDeletes += 1;
    else this.counts.unknownExecutions += 1;
  }
}

function sideBit(side: 0 | 1): number {
  return side === 0 ? 0 : META_ASK;
}
