// The lines of a text file, plain or gzip, as ranges of bytes: no string is made. Pulled, so that files can be read in
// step with one another; hashed as stored while they pass. Bounded memory: one chunk and the line that straddles two.

import { createHash } from "node:crypto";
import type { ReadStream } from "node:fs";
import { createReadStream, statSync } from "node:fs";
import type { Gunzip } from "node:zlib";
import { createGunzip } from "node:zlib";
import { DataError } from "./data-error.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
const GZIP_MAGIC = [0x1f, 0x8b] as const;
/** Half a megabyte: a chunk's overhead vanishes and it still fits the second-level cache. */
const CHUNK_BYTES = 524_288;
/** The longest message here is a snapshot of 5,000 levels, 300 kB; a longer line is another sort of file. */
const LINE_BYTES_MAX = 67_108_864;
const EMPTY = Buffer.alloc(0);

/** One file. Use: `fill`, then `next` until it is false, again and again until `fill` is false; then `close`. */
export class FileLines {
  readonly path: string;
  /** Where the line `next` found stands: bytes [from, to) without the line end, until the next `next`. */
  bytes: Buffer = EMPTY;
  from = 0;
  to = 0;
  /** Number of that line, from 1; empty lines count. */
  line = 0;
  readonly #hash = createHash("sha256");
  /** Opened by the first `fill`: an error of a stream nobody reads yet would have nobody to hear it. */
  #stored: ReadStream | undefined;
  #unpacked: Gunzip | undefined;
  #chunks: AsyncIterator<Buffer> | undefined;
  #chunk: Buffer = EMPTY;
  #at = 0;
  /** The beginning of a line whose end is not in the chunk. */
  #rest: Buffer = EMPTY;
  #ended = false;

  /** A name that ends in .gz is unpacked on the way. */
  constructor(path: string) {
    this.path = path;
  }

  /** Bytes of the stored file read so far, and in all. */
  get bytesRead(): number {
    return this.#stored?.bytesRead ?? 0;
  }

  get bytesTotal(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Reads on; false at the end of the file. @throws {DataError} when it cannot be read, is damaged or cut off. */
  async fill(): Promise<boolean> {
    if (this.#ended) return false;
    const chunk = await this.#pull();
    if (chunk === undefined) {
      this.#ended = true;
      this.#chunk = EMPTY;
      return this.#rest.length > 0;
    }
    this.#chunk = chunk;
    this.#at = 0;
    return true;
  }

  /** Goes to the next line; false when there is none without reading on. */
  next(): boolean {
    const chunk = this.#chunk;
    const from = this.#at;
    const end = from < chunk.length ? chunk.indexOf(NEWLINE, from) : -1;
    if (end < 0) return this.#nextOfRest(from);
    this.#at = end + 1;
    if (this.#rest.length === 0) this.#set(chunk, from, end);
    else {
      // Only the line that straddles two chunks is copied.
      const whole = Buffer.concat([this.#rest, chunk.subarray(from, end)]);
      this.#rest = EMPTY;
      this.#set(whole, 0, whole.length);
    }
    return true;
  }

  /** SHA-256 of the file as stored; only after its end, once. */
  sha256(): string {
    return this.#hash.digest("hex");
  }

  /** Closes the file, whether read to its end or not. */
  close(): void {
    this.#unpacked?.destroy();
    this.#stored?.destroy();
  }

  /** Keeps what has no end yet; after the file's end that is a line. */
  #nextOfRest(from: number): boolean {
    if (from < this.#chunk.length) {
      // A copy: the chunk's memory may be used again for the next one.
      this.#rest = Buffer.concat([this.#rest, this.#chunk.subarray(from)]);
      this.#at = this.#chunk.length;
      if (this.#rest.length > LINE_BYTES_MAX) throw this.#tooLong();
    }
    if (!this.#ended || this.#rest.length === 0) return false;
    const last = this.#rest;
    this.#rest = EMPTY;
    this.#set(last, 0, last.length);
    return true;
  }

  #set(bytes: Buffer, from: number, end: number): void {
    this.line += 1;
    const marked =
      this.line === 1 && BYTE_ORDER_MARK.every((byte, at) => bytes[from + at] === byte);
    this.bytes = bytes;
    this.from = marked ? from + BYTE_ORDER_MARK.length : from;
    this.to = end > this.from && bytes[end - 1] === RETURN ? end - 1 : end;
  }

  async #pull(): Promise<Buffer | undefined> {
    let next: IteratorResult<Buffer>;
    try {
      this.#chunks ??= this.#open();
      next = await this.#chunks.next();
    } catch (cause) {
      throw this.#unreadable(cause);
    }
    if (next.done === true) return undefined;
    // A "data" listener on a plain file would set it flowing before the first pull, and lose its chunks.
    if (this.#unpacked === undefined) this.#hash.update(next.value);
    return next.value;
  }

  #open(): AsyncIterator<Buffer> {
    const stored = createReadStream(this.path, { highWaterMark: CHUNK_BYTES });
    this.#stored = stored;
    if (this.path.endsWith(".gz")) this.#unpacked = this.#unpack(stored);
    const chunks: AsyncIterable<Buffer> = this.#unpacked ?? stored;
    return chunks[Symbol.asyncIterator]();
  }

  #unpack(stored: ReadStream): Gunzip {
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    let first = true;
    stored.on("data", (chunk) => {
      const isGzip = !first || GZIP_MAGIC.every((byte, at) => chunk[at] === byte);
      if (!isGzip) unpacked.destroy(new Error("its first bytes are not gzip"));
      first = false;
      this.#hash.update(chunk);
    });
    // pipe() does not hand on errors: an unreadable file must end the reading, not hang it.
    stored.on("error", (error) => unpacked.destroy(error));
    return stored.pipe(unpacked);
  }

  #unreadable(cause: unknown): DataError {
    const was = cause instanceof Error ? cause.message : String(cause);
    if (this.bytesRead === 0) {
      const advice = "check the path, or fetch the recording again";
      return new DataError({ file: this.path, expected: "a readable file", was, advice, cause });
    }
    const advice = "the file is damaged or cut off: fetch it again and compare its checksum";
    const expected = "a file that is readable to its end";
    return new DataError({ ...this.#place(), expected, was, advice, cause });
  }

  #tooLong(): DataError {
    const expected = `lines of at most ${LINE_BYTES_MAX} bytes`;
    const advice = "name the format of the file; this one is not made of lines";
    return new DataError({ ...this.#place(), expected, advice });
  }

  #place(): Readonly<{ file: string; line: number }> {
    return { file: this.path, line: this.line + 1 };
  }
}

/** Called for each line that is not empty: bytes [from, to) without the line end, and its number from 1. */
export type OnLine = (bytes: Buffer, from: number, to: number, line: number) => void;

/** Called after each chunk of lines with the bytes of the file read so far; what it throws ends the reading. */
export type OnChunk = (bytesRead: number) => void;

/**
 * Reads a file from end to end.
 * @throws {DataError} when the file cannot be read, is damaged or cut off; whatever the callbacks throw passes through.
 */
export async function readLines(
  path: string,
  onLine: OnLine,
  onChunk?: OnChunk,
): Promise<Readonly<{ lines: number; sha256: string }>> {
  const lines = new FileLines(path);
  try {
    while (await lines.fill()) {
      while (lines.next()) {
        const { bytes, from, to, line } = lines;
        if (to > from) onLine(bytes, from, to, line);
      }
      onChunk?.(lines.bytesRead);
    }
    return { lines: lines.line, sha256: lines.sha256() };
  } finally {
    lines.close();
  }
}
