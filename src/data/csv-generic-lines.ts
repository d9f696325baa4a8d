// The lines of a text file, plain or gzip, as bytes: no string is made. Hashes the file as stored while it passes.
// Bounded memory: one chunk and the line that straddles it.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { DataError } from "./data-error.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** 256 KiB: large enough that a chunk's overhead vanishes, small enough to stay in cache. */
const CHUNK_BYTES = 262_144;
/** No row of a CSV or message line of a recording is longer; a longer one is a file of another kind. */
const LINE_BYTES_MAX = 67_108_864;

/** Called for each line that is not empty: bytes [from, to) without the line end, and its number from 1. */
export type OnLine = (bytes: Buffer, from: number, to: number, line: number) => void;

/** Called after each chunk of lines with the bytes of the file read so far; what it throws ends the reading. */
export type OnChunk = (bytesRead: number) => void;

/** What was read. */
export type ReadLines = Readonly<{ lines: number; sha256: string }>;

/**
 * Reads a file from end to end. A name that ends in .gz is unpacked on the way.
 * @throws {DataError} when the file cannot be read, is damaged or cut off; whatever the callbacks throw passes through.
 */
export async function readLines(
  path: string,
  onLine: OnLine,
  onChunk?: OnChunk,
): Promise<ReadLines> {
  const chunks = lineChunks(path, onLine, onChunk);
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return next.value;
  }
}

/** A reading that goes on when asked: yields the bytes of the file read so far, returns when it is over. */
export type LineChunks = AsyncGenerator<number, ReadLines, undefined>;

/** The same, a chunk of lines for each `next`: for a reader that must wait for another. Ending early is allowed. */
export async function* lineChunks(path: string, onLine: OnLine, onChunk?: OnChunk): LineChunks {
  const hash = createHash("sha256");
  const splitter = new LineSplitter(path, onLine);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  file.on("data", (chunk) => hash.update(chunk));
  const unpack = path.endsWith(".gz") ? createGunzip({ chunkSize: CHUNK_BYTES }) : undefined;
  const text: AsyncIterable<unknown> = unpack === undefined ? file : file.pipe(unpack);
  // pipe() does not hand on errors: an unreadable file must end the reading, not hang it.
  if (unpack !== undefined) file.on("error", (error) => unpack.destroy(error));
  const chunks = text[Symbol.asyncIterator]();
  try {
    for (;;) {
      const chunk = await chunks.next().catch((cause: unknown) => {
        throw unreadable(path, splitter.lines, cause);
      });
      if (chunk.done === true) break;
      splitter.push(chunk.value as Buffer);
      onChunk?.(file.bytesRead);
      yield file.bytesRead;
    }
  } finally {
    unpack?.destroy();
    file.destroy();
  }
  splitter.end();
  return { lines: splitter.lines, sha256: hash.digest("hex") };
}

class LineSplitter {
  lines = 0;
  readonly #path: string;
  readonly #onLine: OnLine;
  #rest: Buffer = Buffer.alloc(0);

  constructor(path: string, onLine: OnLine) {
    this.#path = path;
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    let searchFrom = this.#rest.length;
    for (;;) {
      const end = bytes.indexOf(NEWLINE, searchFrom);
      if (end < 0) break;
      this.#line(bytes, from, end);
      from = end + 1;
      searchFrom = from;
    }
    this.#rest = bytes.subarray(from);
    if (this.#rest.length > LINE_BYTES_MAX) {
      throw new DataError({
        file: this.#path,
        line: this.lines + 1,
        expected: `lines of at most ${LINE_BYTES_MAX} bytes`,
        advice: "name the format of the file; this one is not made of lines",
      });
    }
  }

  end(): void {
    if (this.#rest.length > 0) this.#line(this.#rest, 0, this.#rest.length);
    this.#rest = Buffer.alloc(0);
  }

  #line(bytes: Buffer, from: number, end: number): void {
    this.lines += 1;
    const to = end > from && bytes[end - 1] === RETURN ? end - 1 : end;
    const start = this.lines === 1 && hasByteOrderMark(bytes, from) ? from + 3 : from;
    if (to > start) this.#onLine(bytes, start, to, this.lines);
  }
}

function hasByteOrderMark(bytes: Buffer, from: number): boolean {
  return bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
}

function unreadable(path: string, lines: number, cause: unknown): DataError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DataError({
    file: path,
    line: lines + 1,
    expected: `a readable file (${reason})`,
    advice: "the file is damaged or cut off: fetch it again and compare its checksum",
    cause,
  });
}
