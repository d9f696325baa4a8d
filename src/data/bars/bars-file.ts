// Bars on disk: an Arrow IPC file, one instrument and one period a file; opens in pandas, polars, DuckDB.
// The header is JSON in the schema's metadata. Bars are read whole: a year of minutes is 18 MB.

import type { Schema } from "apache-arrow";
import { Float64, Int32, TimestampMicrosecond, Uint8 } from "apache-arrow";
import { z } from "zod";
import type { BarBatch, BarHeader } from "../../domain/bar-tape.ts";
import type { BarSource } from "../../ports/bar-source.ts";
import { doublesInPlace, wordsOf } from "../arrow/arrow-int64.ts";
import type { ArrowLayout } from "../arrow/arrow-layout.ts";
import type { ArrowBody, ArrowKind } from "../arrow/arrow-reader.ts";
import { openArrow } from "../arrow/arrow-reader.ts";
import { ArrowWriter } from "../arrow/arrow-writer.ts";
import { DataError } from "../data-error.ts";
import { writeWhole } from "../whole-file.ts";
import { memoryBars } from "./bars-collect.ts";

/** Metadata key of the header; its value is JSON. The version is part of the key: another layout gets another key. */
const HEADER_KEY = "rehearse.bars.1";

const barLayout: ArrowLayout = {
  what: "a bar tape",
  columns: [
    { name: "open_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
    { name: "open_ticks", type: new Int32(), bytes: 4 },
    { name: "high_ticks", type: new Int32(), bytes: 4 },
    { name: "low_ticks", type: new Int32(), bytes: 4 },
    { name: "close_ticks", type: new Int32(), bytes: 4 },
    { name: "volume_lots", type: new Float64(), bytes: 8 },
    { name: "complete", type: new Uint8(), bytes: 1 },
  ],
  framing: "packed",
};

const count = z.number().int().nonnegative();
const headerSchema = z.object({
  instrument: z.object({
    venueName: z.string(),
    symbol: z.string(),
    contract: z.enum(["spot", "linear", "inverse"]),
    base: z.string(),
    quote: z.string(),
    tickSize: z.string(),
    lotSize: z.string(),
    contractSize: z.string(),
  }),
  periodUs: count.positive(),
  bars: count,
  firstOpenAt: z.number().int(),
  lastOpenAt: z.number().int(),
  missingBars: count,
  importer: z.string(),
  sources: z.array(z.object({ file: z.string(), sha256: z.string() })),
});

const barFile: ArrowKind<BarHeader, BarBatch> = {
  layout: barLayout,
  headerOf: readHeader,
  batchOf: decodeBody,
};

/** Writes `source` to `path`, whole or not at all. @throws {DataError} when no file can be made there. */
export function writeBars(path: string, source: BarSource): void {
  const metadata = new Map([[HEADER_KEY, JSON.stringify(source.header)]]);
  writeWhole(new ArrowWriter(path, barLayout, metadata), (file) => {
    for (let index = 0; index < source.batchCount; index += 1) {
      const { rows, openAt, open, high, low, close, volume, complete } = source.batch(index);
      const prices = [open, high, low, close];
      file.writeBatch(rows, [wordsOf(openAt, rows), ...prices, volume, complete]);
    }
    file.finish(metadata);
  });
}

/**
 * Opens a file written by `writeBars`.
 * @throws {DataError} when the file cannot be read, is not Arrow, or is not a bar tape of this version.
 */
export function openBars(path: string): BarSource {
  const file = openArrow(path, barFile);
  try {
    const { header, batchCount } = file;
    const all = Array.from({ length: batchCount }, (_, index) => file.batch(index));
    const batches = all.filter((batch) => batch.rows > 0);
    const bars = batches.reduce((sum, batch) => sum + batch.rows, 0);
    if (bars === header.bars) return memoryBars(header, batches);
    const advice = "the file is damaged or was edited: import the recording again";
    throw new DataError({ file: path, expected: `${header.bars} bars`, was: `${bars}`, advice });
  } finally {
    file.close();
  }
}

function readHeader(schema: Schema): BarHeader {
  return headerSchema.parse(JSON.parse(schema.metadata.get(HEADER_KEY) ?? ""));
}

function decodeBody({ rows, buffer, offsets }: ArrowBody): BarBatch {
  const at = (column: number): number => offsets[column] as number;
  return {
    rows,
    openAt: doublesInPlace(buffer, at(0), rows),
    open: new Int32Array(buffer, at(1), rows),
    high: new Int32Array(buffer, at(2), rows),
    low: new Int32Array(buffer, at(3), rows),
    close: new Int32Array(buffer, at(4), rows),
    volume: new Float64Array(buffer, at(5), rows),
    complete: new Uint8Array(buffer, at(6), rows),
  };
}
