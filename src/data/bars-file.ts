// Bars on disk: an Arrow IPC file, uncompressed, one instrument and one period a file; opens in pandas, polars, DuckDB.
// Columns: open_at (timestamp µs, UTC), open_ticks, high_ticks, low_ticks, close_ticks, volume_lots, complete (0 | 1).
// The header stands in the schema's metadata under "rehearse.bars". Reading makes no BigInt and copies only the times.

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { DataType } from "apache-arrow";
import {
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  tableFromIPC,
  tableToIPC,
  Uint8,
} from "apache-arrow";
import { z } from "zod";
import type { BarBatch, BarHeader } from "../domain/bar-tape.ts";
import type { BarSource } from "../ports/bar-source.ts";
import { memoryBars } from "./bars-collect.ts";
import { DataError } from "./data-error.ts";

/** Metadata key of the header; its value is JSON. The version is part of the key: another layout gets another key. */
const HEADER_KEY = "rehearse.bars.1";

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

const TYPES = {
  open_at: new TimestampMicrosecond("UTC"),
  open_ticks: new Int32(),
  high_ticks: new Int32(),
  low_ticks: new Int32(),
  close_ticks: new Int32(),
  volume_lots: new Float64(),
  complete: new Uint8(),
} as const;
type ColumnName = keyof typeof TYPES;

/** Writes `source` to `path` whole or not at all: a temporary file beside it is renamed at the end. */
export function writeBars(path: string, source: BarSource): void {
  const fields = Object.entries(TYPES).map(([name, type]) => new Field<DataType>(name, type));
  const metadata = new Map([[HEADER_KEY, JSON.stringify(source.header)]]);
  const schema = new Schema(fields, metadata);
  const batches = Array.from({ length: source.batchCount }, (_, index) =>
    recordBatch(schema, source.batch(index)),
  );
  const bytes = tableToIPC(new Table(schema, batches), "file");
  const temporary = `${path}.partial`;
  try {
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

/**
 * Opens a file written by `writeBars`.
 * @throws {DataError} when the file cannot be read, is not Arrow, or is not a bar tape of this version.
 */
export function openBars(path: string): BarSource {
  let table: Table;
  try {
    table = tableFromIPC(readFileSync(path));
  } catch (cause) {
    throw notBars(path, "an Arrow file", cause);
  }
  const text = table.schema.metadata.get(HEADER_KEY);
  if (text === undefined) throw notBars(path, `an Arrow file with ${HEADER_KEY} in its metadata`);
  const header = readHeader(path, text);
  const batches = table.batches
    .filter((batch) => batch.numRows > 0)
    .map((batch) => barBatch(path, batch));
  const bars = batches.reduce((sum, batch) => sum + batch.rows, 0);
  if (bars !== header.bars) throw notBars(path, `${header.bars} bars, was ${bars}`);
  return memoryBars(header, batches);
}

function readHeader(path: string, text: string): BarHeader {
  try {
    return headerSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw notBars(path, "a readable bar header", cause);
  }
}

function recordBatch(schema: Schema, batch: BarBatch): RecordBatch {
  const columns: Record<ColumnName, ArrayBufferView> = {
    open_at: BigInt64Array.from(batch.openAt, BigInt),
    open_ticks: batch.open,
    high_ticks: batch.high,
    low_ticks: batch.low,
    close_ticks: batch.close,
    volume_lots: batch.volume,
    complete: batch.complete,
  };
  const children = Object.entries(TYPES).map(([name, type]) =>
    // The typings of makeData do not follow a union of types; each column above has its type's own array.
    makeData({
      type: type as DataType,
      length: batch.rows,
      nullCount: 0,
      data: columns[name as ColumnName],
    } as never),
  );
  const type = new Struct(schema.fields);
  const data = makeData({ type, length: batch.rows, nullCount: 0, children });
  return new RecordBatch(schema, data);
}

function barBatch(path: string, batch: RecordBatch): BarBatch {
  const values = (name: ColumnName): unknown => batch.getChild(name)?.data[0]?.values;
  const times = values("open_at");
  const columns = {
    open: values("open_ticks"),
    high: values("high_ticks"),
    low: values("low_ticks"),
    close: values("close_ticks"),
    volume: values("volume_lots"),
    complete: values("complete"),
  };
  const { open, high, low, close, volume, complete } = columns;
  if (
    times instanceof BigInt64Array &&
    open instanceof Int32Array &&
    high instanceof Int32Array &&
    low instanceof Int32Array &&
    close instanceof Int32Array &&
    volume instanceof Float64Array &&
    complete instanceof Uint8Array
  ) {
    const openAt = doublesOf(times, batch.numRows);
    return { rows: batch.numRows, openAt, open, high, low, close, volume, complete };
  }
  throw notBars(path, `columns ${Object.keys(TYPES).join(", ")}`);
}

/** 2^32, the weight of the upper half of a 64-bit integer. */
const UPPER = 4_294_967_296;

/** 64-bit times as doubles, through their halves: exact below 2^53, and no BigInt is made. */
function doublesOf(times: BigInt64Array, rows: number): Float64Array {
  const lower = new Uint32Array(times.buffer, times.byteOffset, rows * 2);
  const upper = new Int32Array(times.buffer, times.byteOffset, rows * 2);
  const doubles = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    doubles[row] = (upper[2 * row + 1] as number) * UPPER + (lower[2 * row] as number);
  }
  return doubles;
}

function notBars(path: string, expected: string, cause?: unknown): DataError {
  return new DataError({
    file: path,
    expected,
    advice: "give a file written by the candle importer, or import the recording again",
    ...(cause === undefined ? {} : { cause }),
  });
}
