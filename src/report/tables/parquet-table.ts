// A result's table as a Parquet file: timestamps in µs, UTC; Snappy pages.

import type { ColumnSource, SchemaElement } from "hyparquet-writer";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { ColumnKind, ResultTable, TableColumn } from "./result-table.ts";

export function parquetTable({ columns }: ResultTable): Uint8Array {
  const schema: SchemaElement[] = [
    { name: "root", num_children: columns.length },
    ...columns.map(({ name, kind }) => ({ name, ...ELEMENTS[kind] })),
  ];
  return new Uint8Array(parquetWriteBuffer({ schema, columnData: columns.map(sourceOf) }));
}

const ELEMENTS: Readonly<Record<ColumnKind, Omit<SchemaElement, "name">>> = {
  time: {
    type: "INT64",
    repetition_type: "OPTIONAL",
    converted_type: "TIMESTAMP_MICROS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
  },
  integer: { type: "INT64", repetition_type: "OPTIONAL" },
  number: { type: "DOUBLE", repetition_type: "OPTIONAL" },
  text: { type: "BYTE_ARRAY", repetition_type: "OPTIONAL", converted_type: "UTF8" },
};

function sourceOf({ name, kind, values }: TableColumn): ColumnSource {
  const isWhole = kind === "time" || kind === "integer";
  return {
    name,
    data: values.map((each) => (isWhole && each !== undefined ? BigInt(each) : each)),
  };
}
