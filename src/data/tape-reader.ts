// Reads a tape: an Arrow file decoded a batch at a time when asked for, synchronously, in bounded memory.
// A batch is one read into one buffer, decoded in place: times become doubles, kind, side and flags become meta,
// prices and sizes stay where they are. No BigInt, no copy, no object a row. A damaged file is a `DataError`.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { FileBlock } from "apache-arrow/ipc/metadata/file";
import { Footer } from "apache-arrow/ipc/metadata/file";
import type { BufferRegion, RecordBatch } from "apache-arrow/ipc/metadata/message";
import { Message } from "apache-arrow/ipc/metadata/message";
import { assert } from "../domain/assert.ts";
import type { TapeBatch, TapeHeader } from "../domain/tape.ts";
import type { TapeSource } from "../ports/tape-source.ts";
import { DataError } from "./data-error.ts";
import { ARROW_MAGIC, COLUMNS, columnIndexes, headerOf } from "./tape-layout.ts";

/** A source that holds a file open until it is closed. */
export interface OpenTape extends TapeSource {
  close(): void;
}

/** Decoded batches kept: the port promises 4; two cursors some batches apart read each batch once. */
const BATCHES_KEPT = 8;
const TWO_32 = 4_294_967_296;
const TRAILER_BYTES = 4 + ARROW_MAGIC.length;
/** A footer holds the schema and 24 bytes a batch; a longer one is not of a tape. */
const FOOTER_BYTES_MAX = 268_435_456;

/**
 * Opens a tape file. Close it when done.
 * @throws {DataError} when the file cannot be read, is not Arrow, is cut off, or is not a tape; `batch` throws it too.
 */
export function openTape(path: string): OpenTape {
  const bytes = new FileBytes(path);
  try {
    return new TapeFileSource(path, bytes);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

/** A tape whose batches are already in memory: synthetic ones, and those of tests. */
export function memoryTape(header: TapeHeader, batches: readonly TapeBatch[]): TapeSource {
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  assert(rows === header.rows, `a header counts the rows of its tape, was ${header.rows}`);
  return {
    header,
    batchCount: batches.length,
    batch(index) {
      const batch = batches[index];
      assert(batch !== undefined, `batch index is below ${batches.length}, was ${index}`);
      return batch;
    },
  };
}

class TapeFileSource implements OpenTape {
  readonly header: TapeHeader;
  readonly batchCount: number;
  readonly #path: string;
  readonly #bytes: FileBytes;
  readonly #blocks: readonly FileBlock[];
  readonly #columns: readonly number[];
  /** Most recently decoded last. */
  readonly #kept = new Map<number, TapeBatch>();

  constructor(path: string, bytes: FileBytes) {
    this.#path = path;
    this.#bytes = bytes;
    const footer = readFooter(path, bytes);
    const columns = columnIndexes(footer.schema);
    if (columns === undefined) {
      const names = footer.schema.fields.map((field) => `${field.name}: ${field.type}`);
      throw notTape(path, "the columns of a tape", names.join(", "));
    }
    this.#columns = columns;
    this.header = readHeader(path, footer);
    const blocks = [...footer.recordBatches()];
    this.#blocks = blocks;
    this.batchCount = blocks.length;
  }

  batch(index: number): TapeBatch {
    const known = this.#kept.get(index);
    if (known !== undefined) return known;
    const block = this.#blocks[index];
    assert(block !== undefined, `batch index is below ${this.batchCount}, was ${index}`);
    const batch = this.#decode(block, index);
    this.#kept.set(index, batch);
    if (this.#kept.size > BATCHES_KEPT) {
      for (const oldest of this.#kept.keys()) {
        this.#kept.delete(oldest);
        break;
      }
    }
    return batch;
  }

  close(): void {
    this.#kept.clear();
    this.#bytes.close();
  }

  #decode(block: FileBlock, index: number): TapeBatch {
    const place = `batch ${index}`;
    const { offset, metaDataLength, bodyLength } = block;
    const within = offset >= 0 && metaDataLength > 8 && bodyLength >= 0;
    if (!within || offset + metaDataLength + bodyLength > this.#bytes.size) {
      throw damaged(this.#path, `${place} within the file`, `bytes from ${offset}`);
    }
    const metadata = this.#bytes.read(offset, metaDataLength);
    const header = readBatchHeader(this.#path, metadata, place);
    const regions = this.#columns.map((column) => header.buffers[column * 2 + 1]);
    const nulls = header.nodes.some((node) => node.nullCount !== 0);
    if (nulls || header.compression !== null) {
      throw damaged(this.#path, `${place} uncompressed and without nulls`, "another layout");
    }
    for (const [position, column] of COLUMNS.entries()) {
      const region = regions[position];
      const needed = header.length * column.bytes;
      const aligned = region !== undefined && region.offset % column.bytes === 0;
      if (!aligned || region.length < needed || region.offset + needed > bodyLength) {
        throw damaged(this.#path, `${place} with ${needed} bytes of ${column.name}`, "fewer");
      }
    }
    const body = this.#bytes.read(offset + metaDataLength, bodyLength);
    return decodeBody(body, regions as readonly BufferRegion[], header.length);
  }
}

/** Turns the bytes of a body into columns, in place. `body` starts its own buffer, so every view is aligned. */
function decodeBody(body: Buffer, regions: readonly BufferRegion[], rows: number): TapeBatch {
  const at = (column: number): number => body.byteOffset + (regions[column] as BufferRegion).offset;
  const { buffer } = body;
  const receivedAt = new Float64Array(buffer, at(0), rows);
  const venueAt = new Float64Array(buffer, at(1), rows);
  wordsToDoubles(new Uint32Array(buffer, at(0), rows * 2), receivedAt);
  wordsToDoubles(new Uint32Array(buffer, at(1), rows * 2), venueAt);
  const meta = new Uint8Array(buffer, at(2), rows);
  const side = new Uint8Array(buffer, at(3), rows);
  const flags = new Uint8Array(buffer, at(6), rows);
  for (let row = 0; row < rows; row += 1) {
    meta[row] = (meta[row] as number) | (((side[row] as number) & 1) << 3) | (flags[row] as number);
  }
  const price = new Int32Array(buffer, at(4), rows);
  const size = new Int32Array(buffer, at(5), rows);
  return { rows, meta, price, size, venueAt, receivedAt };
}

/** 64-bit integers, as low and high words, become doubles in the same place; times are not negative. */
function wordsToDoubles(words: Uint32Array, doubles: Float64Array): void {
  for (let row = 0; row < doubles.length; row += 1) {
    doubles[row] = (words[row * 2 + 1] as number) * TWO_32 + (words[row * 2] as number);
  }
}

export function readFooter(path: string, bytes: FileBytes): Footer {
  if (bytes.size === 0) throw damaged(path, "a tape file", "an empty file");
  const magic = ARROW_MAGIC.length;
  if (bytes.size < magic * 2 + TRAILER_BYTES || bytes.text(0, magic) !== ARROW_MAGIC) {
    throw notTape(path, "an Arrow IPC file", "another format");
  }
  if (bytes.text(bytes.size - magic, magic) !== ARROW_MAGIC) {
    throw damaged(path, "the end of an Arrow file", "a file that is cut off");
  }
  const length = bytes.read(bytes.size - TRAILER_BYTES, 4).readInt32LE(0);
  if (length <= 0 || length > Math.min(bytes.size - TRAILER_BYTES, FOOTER_BYTES_MAX)) {
    throw damaged(path, "a footer within the file", `${length} bytes of footer`);
  }
  try {
    return Footer.decode(bytes.read(bytes.size - TRAILER_BYTES - length, length));
  } catch (cause) {
    throw damaged(path, "a readable footer", `${length} bytes that are not one`, cause);
  }
}

function readHeader(path: string, footer: Footer): TapeHeader {
  try {
    return headerOf(footer.schema);
  } catch (cause) {
    const keys = [...footer.schema.metadata.keys()].join(", ");
    throw notTape(path, "a tape's header in the metadata", keys === "" ? "none" : keys, cause);
  }
}

export function readBatchHeader(path: string, metadata: Buffer, place: string): RecordBatch {
  try {
    // Eight bytes of continuation mark and length go before the flatbuffer.
    const message = Message.decode(metadata.subarray(8));
    if (message.isRecordBatch()) return message.header() as RecordBatch;
  } catch (cause) {
    throw damaged(path, `a readable header of ${place}`, "damaged bytes", cause);
  }
  throw damaged(path, `a header of ${place}`, "another message");
}

export class FileBytes {
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

  /** `length` bytes from `offset`, in a buffer of their own. */
  read(offset: number, length: number): Buffer {
    assert(this.#file !== undefined, "a tape is read before it is closed");
    const bytes = Buffer.allocUnsafeSlow(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#file, bytes, done, length - done, offset + done);
      if (count === 0) throw damaged(this.#path, `${length} bytes from ${offset}`, `${done}`);
      done += count;
    }
    return bytes;
  }

  text(offset: number, length: number): string {
    return this.read(offset, length).toString("latin1");
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

export function damaged(path: string, expected: string, was: string, cause?: unknown): DataError {
  const advice = "the file is damaged or was cut off: import the recording again";
  return new DataError({ file: path, expected, was, advice, cause });
}

export function notTape(path: string, expected: string, was: string, cause?: unknown): DataError {
  const advice = "give a tape, or import the recording first (`rehearse import`)";
  return new DataError({ file: path, expected, was, advice, cause });
}
