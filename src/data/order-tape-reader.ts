// Reads an order tape: an Arrow file decoded a batch at a time when asked for, synchronously, in bounded memory.
// One read a batch, decoded in place. A damaged or foreign file is a `DataError`.

import type { FileBlock, Footer } from "apache-arrow/ipc/metadata/file";
import { assert } from "../domain/assert.ts";
import type { OrderTapeBatch, OrderTapeHeader } from "../domain/order-tape.ts";
import type { OrderTapeSource } from "../ports/order-tape-source.ts";
import { hasOrderColumns, ORDER_COLUMNS, orderTapeHeader } from "./order-tape-layout.ts";
import { damaged, FileBytes, notTape, readBatchHeader, readFooter } from "./tape-reader.ts";

/** A source that holds a file open until it is closed. */
export interface OpenOrderTape extends OrderTapeSource {
  close(): void;
}

/** Decoded batches kept: the port promises 4; two cursors some batches apart read each batch once. */
const BATCHES_KEPT = 8;
const TWO_32 = 4_294_967_296;

/**
 * Opens an order tape. Close it when done.
 * @throws {DataError} when the file cannot be read, is cut off, or is no order tape; `batch` throws it too.
 */
export function openOrderTape(path: string): OpenOrderTape {
  const bytes = new FileBytes(path);
  try {
    return new OrderTapeFile(path, bytes);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

class OrderTapeFile implements OpenOrderTape {
  readonly header: OrderTapeHeader;
  readonly #path: string;
  readonly #bytes: FileBytes;
  readonly #blocks: readonly FileBlock[];
  /** Most recently decoded last. */
  readonly #kept = new Map<number, OrderTapeBatch>();

  constructor(path: string, bytes: FileBytes) {
    this.#path = path;
    this.#bytes = bytes;
    const footer = readFooter(path, bytes);
    if (!hasOrderColumns(footer.schema)) {
      const names = footer.schema.fields.map((field) => `${field.name}: ${field.type}`);
      throw notTape(path, "the columns of an order tape", names.join(", "));
    }
    this.header = headerOf(path, footer);
    this.#blocks = [...footer.recordBatches()];
  }

  get batchCount(): number {
    return this.#blocks.length;
  }

  batch(index: number): OrderTapeBatch {
    const known = this.#kept.get(index);
    if (known !== undefined) return known;
    const block = this.#blocks[index];
    assert(block !== undefined, `batch index is below ${this.batchCount}, was ${index}`);
    const batch = this.#decode(block, index);
    this.#kept.set(index, batch);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= BATCHES_KEPT) break;
      this.#kept.delete(oldest);
    }
    return batch;
  }

  close(): void {
    this.#kept.clear();
    this.#bytes.close();
  }

  #decode({ offset, metaDataLength, bodyLength }: FileBlock, index: number): OrderTapeBatch {
    const place = `batch ${index}`;
    const within = offset >= 0 && metaDataLength > 8 && bodyLength >= 0;
    if (!within || offset + metaDataLength + bodyLength > this.#bytes.size) {
      throw damaged(this.#path, `${place} within the file`, `bytes from ${offset}`);
    }
    const metadata = this.#bytes.read(offset, metaDataLength);
    const { length, buffers, compression } = readBatchHeader(this.#path, metadata, place);
    if (compression !== null) throw damaged(this.#path, `${place} uncompressed`, "compressed");
    // Two buffers a column: the validity bitmap, empty since nothing is null, and the values.
    const offsets = ORDER_COLUMNS.map((column, position) => {
      const region = buffers[position * 2 + 1];
      const needed = length * column.bytes;
      const aligned = region !== undefined && region.offset % column.bytes === 0;
      if (!aligned || region.length < needed || region.offset + needed > bodyLength) {
        throw damaged(this.#path, `${place} with ${needed} bytes of ${column.name}`, "fewer");
      }
      return region.offset;
    });
    return decodeBody(this.#bytes.read(offset + metaDataLength, bodyLength), offsets, length);
  }
}

/** Turns the bytes of a body into columns, in place. `body` starts its own buffer, so every view is aligned. */
function decodeBody(body: Buffer, offsets: readonly number[], rows: number): OrderTapeBatch {
  const { buffer } = body;
  const at = (column: number): number => body.byteOffset + (offsets[column] as number);
  const kind = new Uint8Array(buffer, at(3), rows);
  const side = new Uint8Array(buffer, at(4), rows);
  const flags = new Uint8Array(buffer, at(7), rows);
  for (let row = 0; row < rows; row += 1) {
    kind[row] = (kind[row] as number) | (((side[row] as number) & 1) << 3) | (flags[row] as number);
  }
  return {
    rows,
    meta: kind,
    receivedAt: doubles(buffer, at(0), rows),
    venueAt: doubles(buffer, at(1), rows),
    orderRef: doubles(buffer, at(2), rows),
    price: new Int32Array(buffer, at(5), rows),
    size: new Int32Array(buffer, at(6), rows),
  };
}

/** 64-bit integers become doubles in the same place, by their two halves: no BigInt is made. */
function doubles(buffer: ArrayBufferLike, offset: number, rows: number): Float64Array {
  const low = new Uint32Array(buffer, offset, rows * 2);
  const high = new Int32Array(buffer, offset, rows * 2);
  const values = new Float64Array(buffer, offset, rows);
  for (let row = 0; row < rows; row += 1) {
    values[row] = (high[row * 2 + 1] as number) * TWO_32 + (low[row * 2] as number);
  }
  return values;
}

function headerOf(path: string, footer: Footer): OrderTapeHeader {
  try {
    return orderTapeHeader(footer.schema);
  } catch (cause) {
    const keys = [...footer.schema.metadata.keys()].join(", ");
    throw notTape(path, "an order tape's header in the metadata", keys, cause);
  }
}
