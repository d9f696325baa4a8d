// A result's table as an Arrow IPC file: timestamps in µs, UTC; words as a dictionary; uncompressed, so that every
// reader opens it.

import {
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeData,
  Table,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import type { ResultTable, TableColumn } from "./result-table.ts";

export function arrowTable(table: ResultTable): Uint8Array {
  const columns = table.columns.map((column) => [column.name, vectorOf(column)] as const);
  return tableToIPC(new Table(Object.fromEntries(columns)), "file");
}

function vectorOf({ kind, values }: TableColumn) {
  const length = values.length;
  const { nullCount, nullBitmap } = missingOf(values);
  const wholes = (): BigInt64Array => BigInt64Array.from(values, (each) => BigInt(each ?? 0));
  // Columns are made of their bytes: the package's builders count a timestamp in milliseconds.
  switch (kind) {
    case "time": {
      const type = new TimestampMicrosecond("UTC");
      return new Vector([makeData({ type, length, nullCount, nullBitmap, data: wholes() })]);
    }
    case "integer": {
      const type = new Int64();
      return new Vector([makeData({ type, length, nullCount, nullBitmap, data: wholes() })]);
    }
    case "number": {
      const data = Float64Array.from(values, (each) => Number(each ?? 0));
      return new Vector([makeData({ type: new Float64(), length, nullCount, nullBitmap, data })]);
    }
    case "text":
      return vectorFromArray(
        values.map((value) => (value === undefined ? null : String(value))),
        new Dictionary(new Utf8(), new Int32()),
      );
  }
}

/** One bit a value, set where there is one; least significant first. */
function missingOf(values: TableColumn["values"]) {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (const [index, value] of values.entries()) {
    if (value === undefined) nullCount += 1;
    else nullBitmap[index >> 3] = (nullBitmap[index >> 3] as number) | (1 << (index & 7));
  }
  return { nullCount, nullBitmap };
}
