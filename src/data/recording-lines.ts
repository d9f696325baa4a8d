// The lines of a large recording, plain or gzip, handed on as byte ranges of a chunk: no string a line.
// Streams in bounded memory, hashes the file as stored, tells how far it is, lets other work run between chunks.

import { createHash } from "node:crypto";
import type { ReadStream } from "node:fs";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import type { Gunzip } from "node:zlib";
import { createGunzip } from "node:zlib";
import { DataError } from "./data-error.ts";
import type { SourceFile } from "./tape-writer.ts";

/** Told after each chunk: rows made so far, bytes of the files read and in all. */
export type OnProgress = (rows: number, bytesRead: number, bytesTotal: number) => void;

/** One line: bytes [from, to) without the line end; the chunk is overwritten afterwards. Lines count from 1. */
export type OnRecordingLine = (chunk: Uint8Array, from: number, to: number, line: number) => void;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Half a megabyte: a chunk's overhead vanishes and it still fits the second-level cache. */
const CHUNK_BYTES = 524_288;
/** The longest message here is a snapshot of 5,000 levels, 300 kB; a longer line is another sort of file. */
const LINE_BYTES_MAX = 67_108_864;
const GZIP_MAGIC = [0x1f, 0x8b];

/** Reads files one after another and counts the bytes of all. */
export class RecordingFiles {
  readonly bytesTotal: number;
  /** The file being read and its line, for errors. */
  file: string;
  line = 0;
  readonly sources: SourceFile[] = [];
  readonly #files: readonly string[];
  #bytesBefore = 0;

  /** @throws {DataError} when there is no file, or one does not exist or is empty. */
  constructor(files: readonly string[]) {
    this.#files = files;
    this.file = files[0] ?? "(no file)";
    if (files.length === 0) throw this.error("at least one file", undefined, "name the files");
    this.bytesTotal = files.reduce((sum, file) => sum + sizeOf(file), 0);
  }

  /** Place of the line being read. */
  get place(): Readonly<{ file: string; line: number }> {
    return { file: this.file, line: this.line };
  }

  error(expected: string, was: string | undefined, advice: string, cause?: unknown): DataError {
    const place = this.line === 0 ? { file: this.file } : this.place;
    return new DataError({
      ...place,
      expected,
      ...(was === undefined ? {} : { was }),
      advice,
      cause,
    });
  }

  /**
   * Hands every line of every file to `onLine`; after each chunk calls `onChunk` with the bytes read so far.
   * @throws {DataError} when a file cannot be read, or is cut off or damaged.
   */
  async read(onLine: OnRecordingLine, onChunk: (bytesRead: number) => void): Promise<void> {
    for (const file of this.#files) {
      this.file = file;
      this.line = 0;
      await this.#readOne(file, onLine, onChunk);
      this.#bytesBefore += sizeOf(file);
    }
  }

  async #readOne(
    path: string,
    onLine: OnRecordingLine,
    onChunk: (bytesRead: number) => void,
  ): Promise<void> {
    const hash = createHash("sha256");
    const stored = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    const gunzip = path.endsWith(".gz")
      ? unpacked(stored, (bytes) => hash.update(bytes))
      : undefined;
    const chunks: AsyncIterable<unknown> = gunzip ?? stored;
    const splitter = new Splitter(this, onLine);
    const iterator = chunks[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await iterator.next().catch((cause: unknown) => {
          throw this.#damaged(cause);
        });
        if (next.done === true) break;
        if (gunzip === undefined) hash.update(next.value as Buffer);
        splitter.push(next.value as Buffer);
        onChunk(this.#bytesBefore + stored.bytesRead);
      }
    } finally {
      gunzip?.destroy();
      stored.destroy();
    }
    splitter.end();
    this.sources.push({ file: basename(path), sha256: hash.digest("hex") });
  }

  #damaged(cause: unknown): DataError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = "the file is damaged or cut off: fetch it again and compare its checksum";
    return this.error("a file that is readable to its end", reason, advice, cause);
  }
}

/** The unpacked stream; `onStored` sees the bytes as stored. */
function unpacked(stored: ReadStream, onStored: (bytes: Buffer) => void): Gunzip {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  let first = true;
  stored.on("data", (chunk) => {
    const bytes = chunk as Buffer;
    if (first && (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1])) {
      gunzip.destroy(new Error("its first bytes are not gzip"));
    }
    first = false;
    onStored(bytes);
  });
  // pipe() does not hand on errors: an unreadable file must end the reading, not hang it.
  stored.on("error", (error) => gunzip.destroy(error));
  return stored.pipe(gunzip);
}

class Splitter {
  readonly #files: RecordingFiles;
  readonly #onLine: OnRecordingLine;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(files: RecordingFiles, onLine: OnRecordingLine) {
    this.#files = files;
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    if (this.#rest.length > 0) {
      // Only the line that straddles two chunks is copied.
      const end = chunk.indexOf(NEWLINE);
      const upTo = end < 0 ? chunk.length : end;
      if (this.#rest.length + upTo > LINE_BYTES_MAX) throw this.#tooLong();
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, upTo)]);
      if (end < 0) return;
      this.#line(this.#rest, 0, this.#rest.length);
      this.#rest = new Uint8Array(0);
      from = end + 1;
    }
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end < 0) break;
      this.#line(chunk, from, end);
      from = end + 1;
    }
    // A copy: the chunk's memory may be used again for the next one.
    if (from < chunk.length) this.#rest = Uint8Array.from(chunk.subarray(from));
  }

  end(): void {
    if (this.#rest.length > 0) this.#line(this.#rest, 0, this.#rest.length);
    this.#rest = new Uint8Array(0);
  }

  #line(bytes: Uint8Array, from: number, end: number): void {
    this.#files.line += 1;
    const to = end > from && bytes[end - 1] === RETURN ? end - 1 : end;
    if (to > from) this.#onLine(bytes, from, to, this.#files.line);
  }

  #tooLong(): DataError {
    this.#files.line += 1;
    const advice = "name the format of the file; this one is not made of lines";
    return this.#files.error(`lines of at most ${LINE_BYTES_MAX} bytes`, undefined, advice);
  }
}

function sizeOf(file: string): number {
  const advice = "check the path, or fetch the recording again";
  let size: number;
  try {
    size = statSync(file).size;
  } catch (cause) {
    const was = cause instanceof Error ? cause.message : String(cause);
    throw new DataError({ file, expected: "a readable file", was, advice, cause });
  }
  if (size === 0)
    throw new DataError({ file, expected: "a recording", was: "an empty file", advice });
  return size;
}
