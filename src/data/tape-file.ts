// The Arrow IPC file under a tape writer: batches out, footer last, and either a whole file or none.
// The schema stands twice: up front with what is known then, for readers of a stream; in the footer with the totals.

import { closeSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { MetadataVersion } from "apache-arrow/enum";
import { FileBlock, Footer } from "apache-arrow/ipc/metadata/file";
import { BufferRegion, FieldNode, Message, RecordBatch } from "apache-arrow/ipc/metadata/message";
import { assert } from "../domain/assert.ts";
import type { TapeHeader } from "../domain/tape.ts";
import { DataError } from "./data-error.ts";
import type { TapeOpening } from "./tape-layout.ts";
import { ARROW_MAGIC, bodyLayout, COLUMNS, ROWS_PER_BATCH, schemaOf } from "./tape-layout.ts";

const TWO_32 = 4_294_967_296;
const BODY = bodyLayout(ROWS_PER_BATCH);

/** The batch being filled: columns over one buffer that already has the layout of a full batch. Times are lo, hi words. */
export class BatchBuffer {
  rows = 0;
  readonly body = new ArrayBuffer(BODY.bytes);
  readonly receivedAt = new Uint32Array(this.body, BODY.offsets[0], ROWS_PER_BATCH * 2);
  readonly venueAt = new Uint32Array(this.body, BODY.offsets[1], ROWS_PER_BATCH * 2);
  readonly kind = new Uint8Array(this.body, BODY.offsets[2], ROWS_PER_BATCH);
  readonly side = new Uint8Array(this.body, BODY.offsets[3], ROWS_PER_BATCH);
  readonly price = new Int32Array(this.body, BODY.offsets[4], ROWS_PER_BATCH);
  readonly size = new Int32Array(this.body, BODY.offsets[5], ROWS_PER_BATCH);
  readonly flags = new Uint8Array(this.body, BODY.offsets[6], ROWS_PER_BATCH);

  /** The body's bytes: the whole buffer when full, closed up otherwise. */
  bytes(): Uint8Array {
    if (this.rows === ROWS_PER_BATCH) return new Uint8Array(this.body);
    const layout = bodyLayout(this.rows);
    const closed = new Uint8Array(layout.bytes);
    for (const [index, column] of COLUMNS.entries()) {
      const from = BODY.offsets[index] as number;
      const bytes = new Uint8Array(this.body, from, this.rows * column.bytes);
      closed.set(bytes, layout.offsets[index] as number);
    }
    return closed;
  }
}

/** Writes to `<path>.tmp`; only `finish` makes `path` appear. */
export class TapeFile {
  readonly #path: string;
  readonly #temporary: string;
  #file: number | undefined;
  #position = 0;
  readonly #blocks: FileBlock[] = [];
  readonly #rowsOf: number[] = [];

  constructor(path: string, opening: TapeOpening) {
    this.#path = path;
    this.#temporary = `${path}.tmp`;
    this.#file = opened(path, this.#temporary);
    this.#write(Buffer.from(`${ARROW_MAGIC}\0\0`, "latin1"));
    this.#writeMessage(Message.from(schemaOf(opening)));
  }

  writeBatch(batch: BatchBuffer): void {
    const { rows } = batch;
    const layout = bodyLayout(rows);
    const nodes = COLUMNS.map(() => new FieldNode(rows, 0));
    // Two buffers a column: no validity bitmap, since nothing is null, and the values.
    const regions = COLUMNS.flatMap((column, index) => {
      const offset = layout.offsets[index] as number;
      return [new BufferRegion(offset, 0), new BufferRegion(offset, rows * column.bytes)];
    });
    const start = this.#position;
    const header = new RecordBatch(rows, nodes, regions, null);
    const metadataBytes = this.#writeMessage(Message.from(header, layout.bytes));
    this.#write(batch.bytes());
    this.#blocks.push(new FileBlock(metadataBytes, layout.bytes, start));
    this.#rowsOf.push(rows);
  }

  /** Adds a constant to every venue time already written: the clocks' offset is known only at the end. */
  shiftVenueTimes(us: number): void {
    const file = this.#opened();
    for (const [index, block] of this.#blocks.entries()) {
      const rows = this.#rowsOf[index] as number;
      const column = bodyLayout(rows).offsets[1] as number;
      const position = block.offset + block.metaDataLength + column;
      const words = new Uint32Array(rows * 2);
      const bytes = new Uint8Array(words.buffer);
      readSync(file, bytes, 0, bytes.length, position);
      for (let row = 0; row < rows; row += 1) {
        const before = (words[row * 2 + 1] as number) * TWO_32 + (words[row * 2] as number);
        const high = Math.floor((before + us) / TWO_32);
        words[row * 2] = before + us - high * TWO_32;
        words[row * 2 + 1] = high;
      }
      writeSync(file, bytes, 0, bytes.length, position);
    }
  }

  /** Closes the file with its footer and gives it its name. */
  finish(header: TapeHeader): void {
    this.#write(new Uint8Array(Uint32Array.of(0xffff_ffff, 0).buffer));
    const footer = new Footer(schemaOf(header), MetadataVersion.V5, this.#blocks, []);
    const bytes = Footer.encode(footer);
    this.#write(bytes);
    this.#write(new Uint8Array(Int32Array.of(bytes.byteLength).buffer));
    this.#write(Buffer.from(ARROW_MAGIC, "latin1"));
    this.#close();
    renameSync(this.#temporary, this.#path);
  }

  /** Leaves nothing behind; harmless after `finish` and when called twice. */
  abort(): void {
    if (this.#file === undefined) return;
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  /** An encapsulated message: continuation mark, length, flatbuffer, padding to 8 bytes. Returns its length. */
  #writeMessage(message: Message): number {
    const encoded = Message.encode(message);
    const total = Math.ceil((encoded.byteLength + 8) / 8) * 8;
    const bytes = Buffer.alloc(total);
    bytes.writeUInt32LE(0xffff_ffff, 0);
    bytes.writeInt32LE(total - 8, 4);
    bytes.set(encoded, 8);
    this.#write(bytes);
    return total;
  }

  #write(bytes: Uint8Array): void {
    const file = this.#opened();
    let written = 0;
    while (written < bytes.byteLength) {
      const position = this.#position + written;
      written += writeSync(file, bytes, written, bytes.byteLength - written, position);
    }
    this.#position += bytes.byteLength;
  }

  #opened(): number {
    assert(this.#file !== undefined, "a tape file is written before it is finished or given up");
    return this.#file;
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function opened(path: string, temporary: string): number {
  try {
    return openSync(temporary, "w+");
  } catch (cause) {
    const was = cause instanceof Error ? cause.message : String(cause);
    const advice = "make the folder, or name another path";
    throw new DataError({ file: path, expected: "a path to write a tape to", was, advice, cause });
  }
}
