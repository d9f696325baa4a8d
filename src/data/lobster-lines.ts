// The lines of a LOBSTER file (plain or gzip), pulled one by one, so that two files can be read in step.
// Bounded memory: one chunk and the line that straddles it. The stored bytes are hashed as they pass.

import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { DataError } from "./data-error.ts";

/** 256 KiB: large enough that a chunk's overhead vanishes. */
const CHUNK_BYTES = 262_144;

export class LobsterLines {
  readonly path: string;
  /** Number of the line `next` returned last, from 1. */
  line = 0;
  readonly #hash = createHash("sha256");
  readonly #chunks: AsyncIterator<Buffer>;
  /** The chunks pulled are the stored bytes. */
  readonly #hashesPulled: boolean;
  readonly #close: () => void;
  readonly #bytesRead: () => number;
  #lines: string[] = [];
  #at = 0;
  #rest = "";
  #ended = false;

  constructor(path: string) {
    this.path = path;
    const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    const unpack = path.endsWith(".gz") ? createGunzip({ chunkSize: CHUNK_BYTES }) : undefined;
    this.#hashesPulled = unpack === undefined;
    if (unpack !== undefined) {
      // A "data" listener on a plain file would set it flowing before the first pull, and lose its chunks.
      file.on("data", (chunk) => this.#hash.update(chunk));
      // pipe() does not hand on errors: an unreadable file must end the reading, not hang it.
      file.on("error", (error) => unpack.destroy(error));
    }
    const text = unpack === undefined ? file : file.pipe(unpack);
    this.#chunks = text[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#close = () => file.destroy();
    this.#bytesRead = () => file.bytesRead;
  }

  /** Bytes of the stored file read so far, and in all. */
  get bytesRead(): number {
    return this.#bytesRead();
  }

  get bytesTotal(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** True while `next` has a line without reading on. */
  get ready(): boolean {
    return this.#at < this.#lines.length;
  }

  /**
   * Reads on until a line is ready; false at the end of the file.
   * @throws {DataError} when the file cannot be read, is damaged or cut off.
   */
  async fill(): Promise<boolean> {
    while (!this.ready && !this.#ended) {
      const chunk = await this.#pull();
      const text = this.#rest + (chunk?.toString("latin1") ?? "");
      this.#lines = text.split("\n");
      this.#at = 0;
      this.#ended = chunk === undefined;
      this.#rest = this.#ended ? "" : (this.#lines.pop() ?? "");
      if (this.#ended && this.#lines.at(-1) === "") this.#lines.pop();
    }
    return this.ready;
  }

  /** The next line, without its end; only while `ready`. */
  next(): string {
    const line = this.#lines[this.#at] ?? "";
    this.#at += 1;
    this.line += 1;
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  /** Closes the file, whether read to the end or not. */
  close(): void {
    this.#close();
  }

  /** SHA-256 of the file as stored; only after its end. */
  sha256(): string {
    return this.#hash.digest("hex");
  }

  async #pull(): Promise<Buffer | undefined> {
    try {
      const result = await this.#chunks.next();
      if (result.done === true) return undefined;
      if (this.#hashesPulled) this.#hash.update(result.value);
      return result.value;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DataError({
        file: this.path,
        line: this.line + 1,
        expected: `a readable file (${reason})`,
        advice: "the file is damaged or cut off: fetch it again and compare its checksum",
        cause,
      });
    }
  }
}
