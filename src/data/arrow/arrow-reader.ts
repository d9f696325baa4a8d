// Reads an Arrow IPC file of one layout: a batch at a time when asked for, synchronously, in bounded memory.
// A batch is one read into one buffer, decoded in place by whoever knows its columns. A damaged file is a `DataError`.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Schema } from "apache-arrow";
import type { FileBlock } from "apache-arrow/ipc/metadata/file";
import { Footer } from "apache-arrow/ipc/metadata/file";
import type { RecordBatch } from "apache-arrow/ipc/metadata/message";
import { Message } from "apache-arrow/ipc/metadata/message";
import { assert } from "../../domain/assert.ts";
import { DataError } from "../data-error.ts";
import type { ArrowLayout } from "./arrow-layout.ts";
import { ARROW_MAGIC, columnIndexes } from "./arrow-layout.ts";

/** A batch as it stands in the file: where each column of the layout starts in `buffer`, aligned to its width. */
export type ArrowBody = Readonly<{ rows: number; buffer: ArrayBuffer; offsets: readonly number[] }>;

/** One kind of file and what its metadata and its bytes stand for. */
export type ArrowKind<Header, Batch> = Readonly<{
  layout: ArrowLayout;
  /** May throw anything when the metadata is not this kind's. */
  headerOf(schema: Schema): Header;
  /** The body is the batch's to keep. */
  batchOf(body: ArrowBody): Batch;
}>;

/** An open file. */
export interface ArrowSource<Header, Batch> {
  readonly header: Header;
  readonly batchCount: number;
  /** Batch `index`, 0 ≤ index < batchCount. @throws {DataError} when its bytes are damaged. */
  batch(index: number): Batch;
  close(): void;
}

/** Decoded batches kept: the ports promise 4; two cursors some batches apart read each batch once. */
const BATCHES_KEPT = 8;
const TRAILER_BYTES = 4 + ARROW_MAGIC.length;
/** A footer holds the schema and 24 bytes a batch; a longer one is not of a tape. */
const FOOTER_BYTES_MAX = 268_435_456;

/**
 * Opens a file of a kind. Close it when done.
 * @throws {DataError} when the file cannot be read, is not Arrow, is cut off, or is not of this kind.
 */
export function openArrow<Header, Batch>(
  path: string,
  kind: ArrowKind<Header, Batch>,
): ArrowSource<Header, Batch> {
  const bytes = new FileBytes(path);
  try {
    return new ArrowFile(path, bytes, kind);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

class ArrowFile<Header, Batch> implements ArrowSource<Header, Batch> {
  readonly header: Header;
  readonly batchCount: number;
  readonly #path: string;
  readonly #bytes: FileBytes;
  readonly #kind: ArrowKind<Header, Batch>;
  readonly #blocks: readonly FileBlock[];
  readonly #columns: readonly number[];
  /** Most recently decoded last. */
  readonly #kept = new Map<number, Batch>();

  constructor(path: string, bytes: FileBytes, kind: ArrowKind<Header, Batch>) {
    const { what } = kind.layout;
    this.#path = path;
    this.#bytes = bytes;
    this.#kind = kind;
    const { schema, blocks } = readFooter(path, bytes);
    const columns = columnIndexes(kind.layout, schema);
    if (columns === undefined) {
      const names = schema.fields.map((field) => `${field.name}: ${field.type}`);
      throw notTape(path, `the columns of ${what}`, names.join(", "));
    }
    this.#columns = columns;
    this.#blocks = blocks;
    this.batchCount = blocks.length;
    try {
      this.header = kind.headerOf(schema);
    } catch (cause) {
      const keys = [...schema.metadata.keys()].join(", ");
      throw notTape(path, `${what}'s header in the metadata`, keys === "" ? "none" : keys, cause);
    }
  }

  batch(index: number): Batch {
    const known = this.#kept.get(index);
    if (known !== undefined) return known;
    const block = this.#blocks[index];
    assert(block !== undefined, `batch index is below ${this.batchCount}, was ${index}`);
    const batch = this.#kind.batchOf(this.#body(block, index));
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

  #body({ offset, metaDataLength, bodyLength }: FileBlock, index: number): ArrowBody {
    const place = `batch ${index}`;
    const within = offset >= 0 && metaDataLength > 8 && bodyLength >= 0;
    if (!within || offset + metaDataLength + bodyLength > this.#bytes.size) {
      throw damaged(this.#path, `${place} within the file`, `bytes from ${offset}`);
    }
    const metadata = this.#bytes.read(offset, metaDataLength);
    const { length, nodes, buffers, compression } = readBatchHeader(this.#path, metadata, place);
    if (nodes.some((node) => node.nullCount !== 0) || compression !== null) {
      throw damaged(this.#path, `${place} uncompressed and without nulls`, "another layout");
    }
    // Two buffers a column: the validity bitmap, empty since nothing is null, and the values.
    const offsets = this.#kind.layout.columns.map((column, position) => {
      const region = buffers[(this.#columns[position] as number) * 2 + 1];
      const needed = length * column.bytes;
      const aligned = region !== undefined && region.offset % column.bytes === 0;
      if (!aligned || region.length < needed || region.offset + needed > bodyLength) {
        throw damaged(this.#path, `${place} with ${needed} bytes of ${column.name}`, "fewer");
      }
      return region.offset;
    });
    const { buffer } = this.#bytes.read(offset + metaDataLength, bodyLength);
    return { rows: length, buffer, offsets };
  }
}

function readFooter(
  path: string,
  bytes: FileBytes,
): Readonly<{ schema: Schema; blocks: readonly FileBlock[] }> {
  if (bytes.size === 0) throw damaged(path, "a tape file", "an empty file");
  const magic = ARROW_MAGIC.length;
  if (bytes.size < magic * 2 + TRAILER_BYTES || bytes.text(0, magic) !== ARROW_MAGIC) {
    throw notTape(path, "an Arrow IPC file", "another format");
  }
  if (bytes.text(bytes.size - magic, magic) !== ARROW_MAGIC) {
    throw damaged(path, "the end of an Arrow file", "a file that is cut off");
  }
  const length = Buffer.from(bytes.read(bytes.size - TRAILER_BYTES, 4)).readInt32LE(0);
  if (length <= 0 || length > Math.min(bytes.size - TRAILER_BYTES, FOOTER_BYTES_MAX)) {
    throw damaged(path, "a footer within the file", `${length} bytes of footer`);
  }
  try {
    const footer = Footer.decode(bytes.read(bytes.size - TRAILER_BYTES - length, length));
    return { schema: footer.schema, blocks: [...footer.recordBatches()] };
  } catch (cause) {
    throw damaged(path, "a readable footer", `${length} bytes that are not one`, cause);
  }
}

function readBatchHeader(path: string, metadata: Uint8Array, place: string): RecordBatch {
  try {
    // Eight bytes of continuation mark and length go before the flatbuffer.
    const message = Message.decode(metadata.subarray(8));
    if (message.isRecordBatch()) return message.header() as RecordBatch;
  } catch (cause) {
    throw damaged(path, `a readable header of ${place}`, "damaged bytes", cause);
  }
  throw damaged(path, `a header of ${place}`, "another message");
}

class FileBytes {
  readonly size: number;
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
    try {
      this.#file = openSync(path, "r");
      this.size = fstatSync(this.#file).size;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const advice = "check the path and the permission to read it";
      throw new DataError({ file: path, expected: "a readable file", was: reason, advice, cause });
    }
  }

  /** `length` bytes from `offset`, which are all of a buffer of their own. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer> {
    assert(this.#file !== undefined, "a tape is read before it is closed");
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#file, bytes, done, length - done, offset + done);
      if (count === 0) throw damaged(this.#path, `${length} bytes from ${offset}`, `${done}`);
      done += count;
    }
    return bytes;
  }

  text(offset: number, length: number): string {
    return Buffer.from(this.read(offset, length)).toString("latin1");
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function damaged(path: string, expected: string, was: string, cause?: unknown): DataError {
  const advice = "the file is damaged or was cut off: import the recording again";
  return new DataError({ file: path, expected, was, advice, cause });
}

function notTape(path: string, expected: string, was: string, cause?: unknown): DataError {
  const advice = "give a tape, or import the recording first (`rehearse import`)";
  return new DataError({ file: path, expected, was, advice, cause });
}
