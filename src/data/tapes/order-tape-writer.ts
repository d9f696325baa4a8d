// Writes an order tape to an Arrow IPC file, batch by batch: a whole file appears under its name, or none.

import { assert } from "../../domain/assert.ts";
import type { OrderTapeBatch, OrderTapeHeader } from "../../domain/order-tape.ts";
import { wordsOf } from "../arrow/arrow-int64.ts";
import { ArrowWriter } from "../arrow/arrow-writer.ts";
import { orderTapeLayout, orderTapeMetadata } from "./order-tape-layout.ts";
import { metaColumns } from "./tape-meta.ts";

export class OrderTapeWriter {
  readonly #file: ArrowWriter;
  #rows = 0;

  /** @throws {DataError} when no file can be made at `path`. */
  constructor(path: string) {
    this.#file = new ArrowWriter(path, orderTapeLayout, new Map());
  }

  /** Appends a batch; its columns may be used again afterwards. */
  write({ rows, meta, orderRef, price, size, venueAt, receivedAt }: OrderTapeBatch): void {
    const { kind, side, flags } = metaColumns(meta, rows);
    const times = [wordsOf(receivedAt, rows), wordsOf(venueAt, rows)];
    const columns = [...times, wordsOf(orderRef, rows), kind, side, price, size, flags];
    this.#file.writeBatch(rows, columns);
    this.#rows += rows;
  }

  /** Closes the file with its header and gives it its name. */
  finish(header: OrderTapeHeader): void {
    assert(header.rows === this.#rows, `a header counts its tape's rows, was ${header.rows}`);
    this.#file.finish(orderTapeMetadata(header));
  }

  /** Gives up and leaves nothing behind; harmless after `finish`. */
  abort(): void {
    this.#file.abort();
  }
}
