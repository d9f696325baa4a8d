// Rows of an order tape, gathered one by one into batches: in memory, or handed on as each batch is full.
// A message's last row is known only when the message is over, so that one row is always held back.

import { assert } from "../domain/assert.ts";
import type { OrderTapeBatch, OrderTapeHeader } from "../domain/order-tape.ts";
import { META_LAST } from "../domain/tape.ts";
import type { OrderTapeSource } from "../ports/order-tape-source.ts";

/** Rows a batch: 1.9 MB of columns, small beside a cache miss a batch. */
const BATCH_ROWS = 65_536;

export type OrderRow = {
  meta: number;
  orderRef: number;
  price: number;
  size: number;
  venueAt: number;
  receivedAt: number;
};

/** Takes full batches in order; the columns are the taker's to keep. */
export type OnOrderBatch = (batch: OrderTapeBatch) => void;

/** The times an order tape spans, µs; all 0 while it has no row. */
export type OrderTapeSpan = Pick<
  OrderTapeHeader,
  "rows" | "firstVenueAt" | "lastVenueAt" | "firstReceivedAt" | "lastReceivedAt"
>;

type Columns = { -readonly [Key in keyof OrderTapeBatch]: OrderTapeBatch[Key] };

function newColumns(rows: number): Columns {
  return {
    rows: 0,
    meta: new Uint8Array(rows),
    orderRef: new Float64Array(rows),
    price: new Int32Array(rows),
    size: new Int32Array(rows),
    venueAt: new Float64Array(rows),
    receivedAt: new Float64Array(rows),
  };
}

export class OrderTapeBuilder {
  readonly #onBatch: OnOrderBatch;
  readonly #batchRows: number;
  #columns: Columns;
  #held: OrderRow | undefined;
  #rows = 0;
  #first: OrderRow | undefined;
  #lastVenueAt = 0;
  #lastReceivedAt = 0;

  constructor(onBatch: OnOrderBatch, batchRows = BATCH_ROWS) {
    this.#onBatch = onBatch;
    this.#batchRows = batchRows;
    this.#columns = newColumns(batchRows);
  }

  /** Adds a row to the message under way. */
  push(row: OrderRow): void {
    assert(Number.isSafeInteger(row.orderRef), `an order's number is exact, was ${row.orderRef}`);
    if (this.#held !== undefined) this.#write(this.#held);
    this.#held = row;
  }

  /** Marks the row pushed last as the end of its message. */
  endMessage(): void {
    if (this.#held === undefined) return;
    this.#held.meta |= META_LAST;
    this.#write(this.#held);
    this.#held = undefined;
  }

  /** Hands on what is left; returns the span of everything written. */
  finish(): OrderTapeSpan {
    this.endMessage();
    if (this.#columns.rows > 0) this.#handOn();
    return {
      rows: this.#rows,
      firstVenueAt: this.#first?.venueAt ?? 0,
      lastVenueAt: this.#lastVenueAt,
      firstReceivedAt: this.#first?.receivedAt ?? 0,
      lastReceivedAt: this.#lastReceivedAt,
    };
  }

  #write(row: OrderRow): void {
    assert(row.venueAt >= this.#lastVenueAt || this.#rows === 0, "rows ascend by venue time");
    this.#first ??= row;
    this.#lastVenueAt = row.venueAt;
    this.#lastReceivedAt = row.receivedAt;
    const columns = this.#columns;
    const at = columns.rows;
    columns.meta[at] = row.meta;
    columns.orderRef[at] = row.orderRef;
    columns.price[at] = row.price;
    columns.size[at] = row.size;
    columns.venueAt[at] = row.venueAt;
    columns.receivedAt[at] = row.receivedAt;
    columns.rows = at + 1;
    this.#rows += 1;
    if (columns.rows === this.#batchRows) this.#handOn();
  }

  #handOn(): void {
    this.#onBatch(this.#columns);
    this.#columns = newColumns(this.#batchRows);
  }
}

/** A tape whose batches are all in memory. */
export function orderTapeInMemory(
  header: OrderTapeHeader,
  batches: readonly OrderTapeBatch[],
): OrderTapeSource {
  return {
    header,
    batchCount: batches.length,
    batch(index) {
      const batch = batches[index];
      assert(batch !== undefined, `a batch of this tape, was ${index} of ${batches.length}`);
      return batch;
    },
  };
}
