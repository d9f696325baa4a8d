// What every importer of recordings is told, and what it gives back.

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { TapeHeader } from "../../domain/tape.ts";
import { DataError } from "../data-error.ts";
import type { ImportReport } from "./import-report.ts";
import type { OnProgress } from "./recording-lines.ts";

/** Grids are decimal strings; the contract decides which of a venue's markets the files are of. */
export type ImportOptions = Readonly<{
  /** In the order they were recorded. */
  files: readonly string[];
  /** Path of the tape to write. */
  out: string;
  instrument: InstrumentSpec;
  /** What the fastest message needed, once the clocks are corrected; see clock-skew.ts. */
  baseLatencyUs?: number;
  /** A silence longer than this is reported. */
  outageUs?: number;
  onProgress?: OnProgress;
  /** Asked between chunks; true ends the import without a tape. */
  shouldStop?: () => boolean;
}>;

/** What a reader of any sort of file needs to tell how far it is, and to be stopped. */
export type ImportWatch = Pick<ImportOptions, "onProgress" | "shouldStop">;

export type ImportResult = Readonly<{ header: TapeHeader; report: ImportReport }>;

/** The import was told to stop; nothing was written. */
export class ImportStopped extends Error {
  override readonly name = "ImportStopped";

  constructor() {
    super("the import was stopped; nothing was written");
  }
}

/** Tells how far the import is, and ends it when asked to. @throws {ImportStopped} */
export function reportProgress(
  options: ImportWatch,
  rows: number,
  bytesRead: number,
  bytesTotal: number,
): void {
  options.onProgress?.(rows, bytesRead, bytesTotal);
  if (options.shouldStop?.() === true) throw new ImportStopped();
}

/** For a reading of `file` in `passes` passes, of which `pass` (from 0) is under way. */
export function watchChunks(
  watch: ImportWatch,
  file: string,
  rows: () => number,
  { pass, passes }: Readonly<{ pass: number; passes: number }> = { pass: 0, passes: 1 },
): (bytesRead: number) => void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (bytesRead) => reportProgress(watch, rows(), pass * size + bytesRead, passes * size);
}

/**
 * A recording is never overwritten: an output may be none of the inputs, by whatever path or link it is named.
 * @throws {DataError}
 */
export function refuseOverwriting(inputs: readonly string[], out: string): void {
  const there = statSync(out, { throwIfNoEntry: false });
  const isOut = (input: string): boolean => {
    if (resolve(input) === resolve(out)) return true;
    const file = statSync(input, { throwIfNoEntry: false });
    return file !== undefined && file.ino === there?.ino && file.dev === there.dev;
  };
  if (!inputs.some(isOut)) return;
  const advice = "name another output; a recording is never overwritten";
  throw new DataError({ file: out, expected: "an output that is not an input", advice });
}
