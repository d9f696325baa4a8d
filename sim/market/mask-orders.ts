// An order-level recording with the orders hidden: what a price-level feed of the same market would have shown.
// For judging queue models: a model sees these rows, while the recording knows every order's true place.
// Source of the method: fill-models.md §9.2. Each order row becomes the print it was, if any, and then its level's new
// size. Halts are dropped: a level feed falls silent. Held in memory: about twice the recording's rows.

import { assert } from "../../src/domain/assert.ts";
import type { OrderTapeBatch } from "../../src/domain/order-tape.ts";
import {
  ORDER_ADD,
  ORDER_CLEAR,
  ORDER_EXECUTE,
  ORDER_HALT,
  ORDER_HIDDEN,
  ORDER_SNAPSHOT,
} from "../../src/domain/order-tape.ts";
import type { TapeBatch } from "../../src/domain/tape.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
} from "../../src/domain/tape.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";

/** The level feed of an order-level recording; times, messages and header are the recording's. */
export function maskOrders(source: OrderTapeSource): TapeSource {
  const mask = new Mask();
  const batches: TapeBatch[] = [];
  let rows = 0;
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch = mask.batch(source.batch(index));
    rows += batch.rows;
    if (batch.rows > 0) batches.push(batch);
  }
  const { lockedBooks, crossedBooks } = mask;
  const times = { ...source.header, rows, lockedBooks, crossedBooks, clockCorrectionUs: 0 };
  const importer = `${source.header.importer}, orders masked`;
  return {
    header: { ...times, importer },
    batchCount: batches.length,
    batch(index) {
      const batch = batches[index];
      assert(batch !== undefined, `a batch of this tape, was ${index} of ${batches.length}`);
      return batch;
    },
  };
}

type Order = { readonly side: 0 | 1; readonly price: number; left: number };

class Mask {
  lockedBooks = 0;
  crossedBooks = 0;
  readonly #orders = new Map<number, Order>();
  /** Lots by price: bids, asks. */
  readonly #levels = [new Map<number, number>(), new Map<number, number>()] as const;
  #best: [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  #out = new Rows(0);
  /** Where the message's last row so far stands; it may be in the batch before. */
  #lastRow: Readonly<{ meta: Uint8Array; row: number }> | undefined;

  batch(source: OrderTapeBatch): TapeBatch {
    this.#out = new Rows(2 * source.rows);
    for (let row = 0; row < source.rows; row += 1) {
      this.#row(source, row);
      if (((source.meta[row] as number) & META_LAST) !== 0) this.#endMessage();
    }
    return this.#out.batch();
  }

  #row(source: OrderTapeBatch, row: number): void {
    const meta = source.meta[row] as number;
    const kind = meta & META_KIND;
    const side = (meta & META_ASK) === 0 ? 0 : 1;
    const price = source.price[row] as number;
    const size = source.size[row] as number;
    const at = {
      venueAt: source.venueAt[row] as number,
      receivedAt: source.receivedAt[row] as number,
    };
    if (kind === ORDER_HALT) return;
    if (kind === ORDER_CLEAR) {
      this.#clear();
      this.#push(ROW_CLEAR, 0, 0, at);
      return;
    }
    const print = kind === ORDER_EXECUTE || kind === ORDER_HIDDEN;
    // The resting side is known; who took it is the other one.
    if (print) this.#push(ROW_TRADE | (side === 0 ? META_ASK : 0), price, size, at);
    if (kind === ORDER_HIDDEN) return;
    const level = this.#change(
      kind === ORDER_ADD,
      side,
      source.orderRef[row] as number,
      price,
      size,
    );
    if (level === undefined) return;
    const snapshot = (meta & ORDER_SNAPSHOT) === 0 ? 0 : META_SNAPSHOT;
    const lots = this.#levels[level.side].get(level.price) ?? 0;
    this.#push(ROW_DEPTH | (level.side === 0 ? 0 : META_ASK) | snapshot, level.price, lots, at);
  }

  /** Applies an order's change; returns where, undefined when the order is unknown and nothing shows. */
  #change(
    added: boolean,
    side: 0 | 1,
    orderRef: number,
    price: number,
    size: number,
  ): Order | undefined {
    if (added) {
      const order: Order = { side, price, left: size };
      this.#orders.set(orderRef, order);
      this.#resize(order, size);
      return order;
    }
    const order = this.#orders.get(orderRef);
    if (order === undefined) return undefined;
    const taken = Math.min(size, order.left);
    order.left -= taken;
    if (order.left === 0) this.#orders.delete(orderRef);
    this.#resize(order, -taken);
    return order;
  }

  #resize({ side, price }: Order, change: number): void {
    const levels = this.#levels[side];
    const lots = (levels.get(price) ?? 0) + change;
    assert(lots >= 0 && lots <= 2_147_483_647, `a level's lots fit the tape, was ${lots}`);
    if (lots > 0) {
      levels.set(price, lots);
      const pick = side === 0 ? Math.max : Math.min;
      this.#best[side] = pick(this.#best[side], price);
      return;
    }
    levels.delete(price);
    if (price !== this.#best[side]) return;
    let best = side === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    for (const other of levels.keys()) if (side === 0 ? other > best : other < best) best = other;
    this.#best[side] = best;
  }

  #clear(): void {
    this.#orders.clear();
    for (const levels of this.#levels) levels.clear();
    this.#best = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  }

  #push(meta: number, price: number, size: number, at: Times): void {
    const row = this.#out.push(meta, price, size, at);
    this.#lastRow = { meta: this.#out.meta, row };
  }

  /** Marks the message's last row; a message that showed nothing is none. */
  #endMessage(): void {
    const last = this.#lastRow;
    if (last === undefined) return;
    last.meta[last.row] = (last.meta[last.row] as number) | META_LAST;
    this.#lastRow = undefined;
    const [bid, ask] = this.#best;
    if (bid === ask) this.lockedBooks += 1;
    else if (bid > ask) this.crossedBooks += 1;
  }
}

type Times = Readonly<{ venueAt: number; receivedAt: number }>;

/** Rows being filled. */
class Rows {
  readonly meta: Uint8Array;
  readonly #price: Int32Array;
  readonly #size: Int32Array;
  readonly #venueAt: Float64Array;
  readonly #receivedAt: Float64Array;
  #rows = 0;

  constructor(capacity: number) {
    this.meta = new Uint8Array(capacity);
    this.#price = new Int32Array(capacity);
    this.#size = new Int32Array(capacity);
    this.#venueAt = new Float64Array(capacity);
    this.#receivedAt = new Float64Array(capacity);
  }

  /** Returns the row's index. */
  push(meta: number, price: number, size: number, { venueAt, receivedAt }: Times): number {
    const row = this.#rows;
    this.meta[row] = meta;
    this.#price[row] = price;
    this.#size[row] = size;
    this.#venueAt[row] = venueAt;
    this.#receivedAt[row] = receivedAt;
    this.#rows = row + 1;
    return row;
  }

  batch(): TapeBatch {
    return {
      rows: this.#rows,
      meta: this.meta,
      price: this.#price,
      size: this.#size,
      venueAt: this.#venueAt,
      receivedAt: this.#receivedAt,
    };
  }
}
