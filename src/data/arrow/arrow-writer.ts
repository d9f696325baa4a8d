// Writes an Arrow IPC file of one layout: batches out as they come, footer last, and either a whole file or none.
// Bounded memory: a batch is in the file when `writeBatch` returns, and its columns may be used again.

import { MetadataVersion } from "apache-arrow/enum";
import { FileBlock, Footer } from "apache-arrow/ipc/metadata/file";
import { BufferRegion, FieldNode, Message, RecordBatch } from "apache-arrow/ipc/metadata/message";
import { assert } from "../../domain/assert.ts";
import { WholeFile } from "../whole-file.ts";
import { shiftWords } from "./arrow-int64.ts";
import type { ArrowLayout } from "./arrow-layout.ts";
import { ARROW_MAGIC, bodyLayout, schemaOf } from "./arrow-layout.ts";

const PADDING = new Uint8Array(64);

export class ArrowWriter {
  readonly #layout: ArrowLayout;
  readonly #file: WholeFile;
  readonly #blocks: FileBlock[] = [];
  readonly #rowsOf: number[] = [];

  /** `opening` is what is known of the header before the first row. @throws {DataError} when no file can be made there. */
  constructor(path: string, layout: ArrowLayout, opening: ReadonlyMap<string, string>) {
    this.#layout = layout;
    this.#file = new WholeFile(path);
    this.#file.append(Buffer.from(`${ARROW_MAGIC}\0\0`, "latin1"));
    if (layout.framing === "streamed") {
      this.#appendMessage(Message.from(schemaOf(layout, opening)));
    }
  }

  /** Appends the first `rows` values of each column, in the layout's order; 64-bit integers as pairs of words. */
  writeBatch(rows: number, columns: readonly ArrayBufferView[]): void {
    const body = bodyLayout(this.#layout, rows);
    assert(columns.length === body.offsets.length, "a batch has every column of its layout");
    const nodes = columns.map(() => new FieldNode(rows, 0));
    // Two buffers a column: no validity bitmap, since nothing is null, and the values.
    const regions = body.offsets.flatMap((offset, index) => [
      new BufferRegion(offset, 0),
      new BufferRegion(offset, body.lengths[index] as number),
    ]);
    const start = this.#file.length;
    const header = new RecordBatch(rows, nodes, regions, null);
    const metadataBytes = this.#appendMessage(Message.from(header, body.bytes));
    const bodyStart = this.#file.length;
    for (const [index, { buffer, byteOffset }] of columns.entries()) {
      const width = this.#layout.columns[index]?.bytes ?? 0;
      this.#file.append(new Uint8Array(buffer, byteOffset, rows * width));
      const end = bodyStart + (body.offsets[index + 1] ?? body.bytes);
      this.#file.append(PADDING.subarray(0, end - this.#file.length));
    }
    this.#blocks.push(new FileBlock(metadataBytes, body.bytes, start));
    this.#rowsOf.push(rows);
  }

  /** Adds a constant to every value of a column of 64-bit integers, in the batches already written. */
  shift(column: number, by: number): void {
    for (const [index, block] of this.#blocks.entries()) {
      const rows = this.#rowsOf[index] as number;
      const offset = bodyLayout(this.#layout, rows).offsets[column] as number;
      const position = block.offset + block.metaDataLength + offset;
      const bytes = new Uint8Array(rows * 8);
      this.#file.read(bytes, position);
      shiftWords(bytes, by);
      this.#file.overwrite(bytes, position);
    }
  }

  /** Closes the file with its footer, the schema with `metadata` in it, and gives it its name. */
  finish(metadata: ReadonlyMap<string, string>): void {
    const file = this.#file;
    file.append(new Uint8Array(Uint32Array.of(0xffff_ffff, 0).buffer));
    const schema = schemaOf(this.#layout, metadata);
    const footer = Footer.encode(new Footer(schema, MetadataVersion.V5, this.#blocks, []));
    file.append(footer);
    file.append(new Uint8Array(Int32Array.of(footer.byteLength).buffer));
    file.append(Buffer.from(ARROW_MAGIC, "latin1"));
    file.finish();
  }

  /** Leaves nothing behind; harmless after `finish` and when called twice. */
  abort(): void {
    this.#file.abort();
  }

  /** An encapsulated message: continuation mark, length, flatbuffer, padding to 8 bytes. Returns its length. */
  #appendMessage(message: Message): number {
    const encoded = Message.encode(message);
    const total = Math.ceil((encoded.byteLength + 8) / 8) * 8;
    const bytes = Buffer.alloc(total);
    bytes.writeUInt32LE(0xffff_ffff, 0);
    bytes.writeInt32LE(total - 8, 4);
    bytes.set(encoded, 8);
    this.#file.append(bytes);
    return total;
  }
}
