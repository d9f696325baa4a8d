// The lines of a recording that may be several files, one after another: where the reading is, and how far.

import { statSync } from "node:fs";
import { basename } from "node:path";
import { DataError } from "../data-error.ts";
import type { OnLine } from "../file-lines.ts";
import { readLines } from "../file-lines.ts";
import type { SourceFile } from "../tapes/tape-writer.ts";

/** Told after each chunk: rows made so far, bytes of the files read and in all. */
export type OnProgress = (rows: number, bytesRead: number, bytesTotal: number) => void;

/** Reads files one after another and counts the bytes of all. */
export class RecordingFiles {
  readonly bytesTotal: number;
  /** The file being read and its line, for errors. */
  file: string;
  line = 0;
  readonly sources: SourceFile[] = [];
  readonly #files: readonly string[];

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
   * Hands every line that is not empty to `onLine`, then after each chunk calls `onChunk` with the bytes read so far.
   * @throws {DataError} when a file cannot be read, or is cut off or damaged.
   */
  async read(onLine: OnLine, onChunk: (bytesRead: number) => void): Promise<void> {
    let bytesBefore = 0;
    for (const path of this.#files) {
      this.file = path;
      this.line = 0;
      const { sha256 } = await readLines(
        path,
        (bytes, from, to, line) => {
          this.line = line;
          onLine(bytes, from, to, line);
        },
        (bytesRead) => onChunk(bytesBefore + bytesRead),
      );
      this.sources.push({ file: basename(path), sha256 });
      bytesBefore += sizeOf(path);
    }
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
