// A file that appears under its name when it is whole, and not before: what an import, a tape or a table is written to.
// Until then it stands beside it as `<path>.tmp`; giving up removes that and leaves whatever was there before.

import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { assert } from "../domain/assert.ts";
import { DataError } from "./data-error.ts";

export class WholeFile {
  readonly #path: string;
  readonly #temporary: string;
  #file: number | undefined;
  #length = 0;

  /** @throws {DataError} when the file cannot be made. */
  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.tmp`;
    try {
      this.#file = openSync(this.#temporary, "w+");
    } catch (cause) {
      const was = cause instanceof Error ? cause.message : String(cause);
      const advice = "make the folder, or name another path";
      throw new DataError({ file: path, expected: "a path to write to", was, advice, cause });
    }
  }

  /** Bytes appended so far. */
  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    this.overwrite(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  overwrite(bytes: Uint8Array, position: number): void {
    const file = this.#opened();
    let done = 0;
    while (done < bytes.byteLength) {
      done += writeSync(file, bytes, done, bytes.byteLength - done, position + done);
    }
  }

  /** Reads bytes that were appended back into `bytes`. */
  read(bytes: Uint8Array, position: number): void {
    assert(position + bytes.byteLength <= this.#length, "only what was written is read back");
    const file = this.#opened();
    let done = 0;
    while (done < bytes.byteLength) {
      const count = readSync(file, bytes, done, bytes.byteLength - done, position + done);
      assert(count > 0, "what was written can be read back");
      done += count;
    }
  }

  /** Puts everything on the disk and gives the file its name. */
  finish(): void {
    fsyncSync(this.#opened());
    this.#close();
    renameSync(this.#temporary, this.#path);
  }

  /** Leaves nothing behind; harmless after `finish` and when called twice. */
  abort(): void {
    if (this.#file === undefined) return;
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #opened(): number {
    assert(this.#file !== undefined, "a file is written before it is finished or given up");
    return this.#file;
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** Writes a file through `write`, whole or not at all: what it throws removes what was written and passes through. */
export function writeWhole<File extends Readonly<{ abort: () => void }>>(
  file: File,
  write: (file: File) => void,
): void {
  try {
    write(file);
  } catch (error) {
    file.abort();
    throw error;
  }
}
