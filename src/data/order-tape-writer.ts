// Writes an order tape to an Arrow IPC file, batch by batch: a whole file appears under its name, or none.
// Bounded memory: a batch is on disk when `write` returns.

import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import {
  AsyncByteQueue,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Struct,
  TimestampMicrosecond,
  Uint8,
} from "apache-arrow";
import { assert } from "../domain/assert.ts";
import type { OrderTapeBatch, OrderTapeHeader } from "../domain/order-tape.ts";
import { META_ASK, META_KIND } from "../domain/tape.ts";
import { ORDER_FLAGS_MASK, orderTapeMetadata, orderTapeSchema } from "./order-tape-layout.ts";

const TWO_32 = 4_294_967_296;

/** Takes the writer's bytes straight to a file; the library's own sink would keep them in memory. */
class FileSink extends AsyncByteQueue {
  readonly #file: number;

  constructor(file: number) {
    super();
    this.#file = file;
  }

  override write(bytes: Uint8Array): void {
    let done = 0;
    while (done < bytes.byteLength) done += writeSync(this.#file, bytes, done);
  }
}

export class OrderTapeWriter {
  readonly #path: string;
  readonly #temporary: string;
  readonly #schema = orderTapeSchema();
  readonly #writer = new RecordBatchFileWriter();
  #file: number | undefined;
  #rows = 0;

  /** Opens `<path>.tmp`; only `finish` makes `path` appear. */
  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.tmp`;
    this.#file = openSync(this.#temporary, "w");
    this.#writer.reset(new FileSink(this.#file), this.#schema);
  }

  /** Appends a batch; its columns may be used again afterwards. */
  write(batch: OrderTapeBatch): void {
    assert(this.#file !== undefined, "a tape is written before it is finished or given up");
    this.#rows += batch.rows;
    this.#writer.write(this.#recordBatch(batch));
  }

  /** Closes the file with its header and gives it its name. */
  finish(header: OrderTapeHeader): void {
    assert(header.rows === this.#rows, `a header counts its tape's rows, was ${header.rows}`);
    // The footer repeats the schema: what is known only now stands there.
    for (const [key, value] of orderTapeMetadata(header)) this.#schema.metadata.set(key, value);
    this.#writer.finish();
    this.#close();
    renameSync(this.#temporary, this.#path);
  }

  /** Gives up and leaves nothing behind; harmless after `finish`. */
  abort(): void {
    if (this.#file === undefined) return;
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #recordBatch({ rows, meta, orderRef, price, size, venueAt, receivedAt }: OrderTapeBatch) {
    const kind = new Uint8Array(rows);
    const side = new Uint8Array(rows);
    const flags = new Uint8Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const bits = meta[row] as number;
      kind[row] = bits & META_KIND;
      side[row] = (bits & META_ASK) === 0 ? 0 : 1;
      flags[row] = bits & ORDER_FLAGS_MASK;
    }
    const time = (values: Float64Array) => {
      const data = integers(values, rows);
      return makeData({ type: new TimestampMicrosecond("UTC"), length: rows, data });
    };
    const refs = makeData({ type: new Int64(), length: rows, data: integers(orderRef, rows) });
    const bytes = (data: Uint8Array) => makeData({ type: new Uint8(), length: rows, data });
    const words = (values: Int32Array) =>
      makeData({ type: new Int32(), length: rows, data: values.subarray(0, rows) });
    const children = [
      time(receivedAt),
      time(venueAt),
      refs,
      bytes(kind),
      bytes(side),
      words(price),
      words(size),
      bytes(flags),
    ];
    const type = new Struct(this.#schema.fields);
    return new RecordBatch(this.#schema, makeData({ type, length: rows, children }));
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** Whole doubles as 64-bit integers, by their two halves: no BigInt is made. */
function integers(values: Float64Array, rows: number): BigInt64Array {
  const words = new Uint32Array(rows * 2);
  for (let row = 0; row < rows; row += 1) {
    const value = values[row] as number;
    const high = Math.floor(value / TWO_32);
    words[row * 2] = value - high * TWO_32;
    words[row * 2 + 1] = high;
  }
  return new BigInt64Array(words.buffer);
}
