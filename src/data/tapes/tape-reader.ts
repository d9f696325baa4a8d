// Reads a tape of levels, from a file or from memory: batches of integer columns, no object a row.
// Decoded in place: times become doubles, kind, side and flags become meta, prices and sizes stay where they are.

import { assert } from "../../domain/assert.ts";
import type { TapeBatch, TapeHeader } from "../../domain/tape.ts";
import type { TapeSource } from "../../ports/tape-source.ts";
import { doublesInPlace } from "../arrow/arrow-int64.ts";
import type { ArrowBody, ArrowKind } from "../arrow/arrow-reader.ts";
import { openArrow } from "../arrow/arrow-reader.ts";
import { tapeHeader, tapeLayout } from "./tape-layout.ts";
import { metaInPlace } from "./tape-meta.ts";

/** A source that holds a file open until it is closed. */
export interface OpenTape extends TapeSource {
  close(): void;
}

const levelsTape: ArrowKind<TapeHeader, TapeBatch> = {
  layout: tapeLayout,
  headerOf: tapeHeader,
  batchOf: decodeBody,
};

/**
 * Opens a tape file. Close it when done.
 * @throws {DataError} when the file cannot be read, is not Arrow, is cut off, or is not a tape; `batch` throws it too.
 */
export function openTape(path: string): OpenTape {
  return openArrow(path, levelsTape);
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

function decodeBody({ rows, buffer, offsets }: ArrowBody): TapeBatch {
  const at = (column: number): number => offsets[column] as number;
  return {
    rows,
    receivedAt: doublesInPlace(buffer, at(0), rows),
    venueAt: doublesInPlace(buffer, at(1), rows),
    meta: metaInPlace(buffer, { kind: at(2), side: at(3), flags: at(6) }, rows),
    price: new Int32Array(buffer, at(4), rows),
    size: new Int32Array(buffer, at(5), rows),
  };
}
