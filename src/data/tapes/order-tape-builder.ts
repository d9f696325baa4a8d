// Rows of an order tape, gathered one by one into batches: in memory, or handed on as each batch is full.
// A message's last row is known only when the message is over: a full batch waits for the row after it.

import { assert } from "../../domain/assert.ts";
import type { OrderTapeBatch, OrderTapeHeader } from "../../domain/order-tape.ts";
import { META_LAST } from "../../domain/tape.ts";
import type { OrderTapeSource } from "../../ports/order-tape-source.ts";

/** Rows a batch: 1.9 MB of columns, small beside a cache miss a batch. */
const BATCH_ROWS = 65_536;

export type OrderRow = Readonly<{
  meta: number;
  orderRef: number;
  price: number;
  size: number;
  venueAt: number;
  receivedAt: number;
}>;

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
  #open = false;
  #rows = 0;
  #firstVenueAt = 0;
  #firstReceivedAt = 0;
  #lastVenueAt = Number.NEGATIVE_INFINITY;
  #lastReceivedAt = 0;

  constructor(onBatch: OnOrderBatch, batchRows = BATCH_ROWS) {
    this.#onBatch = onBatch;
    this.#batchRows = batchRows;
    this.#columns = newColumns(batchRows);
  }

  /** Adds a row to the message under way. */
  push({ meta, orderRef, price, size, venueAt, receivedAt }: OrderRow): void {
    assert(Number.isSafeInteger(orderRef), "an order's number is a safe integer");
    assert(venueAt >= this.#lastVenueAt, "rows ascend by venue time");
    if (this.#columns.rows === this.#batchRows) this.#handOn();
    if (this.#rows === 0) {
      this.#firstVenueAt = venueAt;
      this.#firstReceivedAt = receivedAt;
    }
    this.#lastVenueAt = venueAt;
    this.#lastReceivedAt = receivedAt;
    const columns = this.#columns;
    const at = columns.rows;
    columns.meta[at] = meta;
    columns.orderRef[at] = orderRef;
    columns.price[at] = price;
    columns.size[at] = size;
    columns.venueAt[at] = venueAt;
    columns.receivedAt[at] = receivedAt;
    columns.rows = at + 1;
    this.#rows += 1;
    this.#open = true;
  }

  /** Marks the row pushed last as the end of its message. */
  endMessage(): void {
    if (!this.#open) return;
    const { meta, rows } = this.#columns;
    meta[rows - 1] = (meta[rows - 1] as number) | META_LAST;
    this.#open = false;
  }

  /** Hands on what is left; returns the span of everything written. */
  finish(): OrderTapeSpan {
    this.endMessage();
    if (this.#columns.rows > 0) this.#handOn();
    return {
      rows: this.#rows,
      firstVenueAt: this.#firstVenueAt,
      lastVenueAt: this.#rows === 0 ? 0 : this.#lastVenueAt,
      firstReceivedAt: this.#firstReceivedAt,
      lastReceivedAt: this.#lastReceivedAt,
    };
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
