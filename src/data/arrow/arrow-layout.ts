// How columns lie in an Arrow IPC file of ours: plain columns without nulls, uncompressed, batch after batch.
// Every tape is one: a list of columns and a header in the schema's metadata. Writer and reader share this.

import { DataType, Field, Schema } from "apache-arrow";

/** First and last bytes of an Arrow file. */
export const ARROW_MAGIC = "ARROW1";

/** A column and the width of its values. */
export type ArrowColumn = Readonly<{ name: string; type: DataType; bytes: number }>;

/** One kind of file. */
export type ArrowLayout = Readonly<{
  /** What the file is, for messages: "a tape". */
  what: string;
  /** In file order. */
  columns: readonly ArrowColumn[];
  /**
   * "streamed": the schema also stands before the first batch, for readers of a stream, and columns start at multiples
   * of 64 bytes, as the Arrow specification recommends. "packed": neither, and columns are padded to 8 bytes; kinds
   * of file that were first written by the apache-arrow package keep its bytes, so that a tape made anew is the same.
   */
  framing: "streamed" | "packed";
}>;

const ALIGNMENT = { streamed: 64, packed: 8 } as const;

/** Where each column starts in the body of a batch of `rows` rows and how long it is said to be; the body's length. */
export type BodyLayout = Readonly<{
  offsets: readonly number[];
  lengths: readonly number[];
  bytes: number;
}>;

export function bodyLayout({ columns, framing }: ArrowLayout, rows: number): BodyLayout {
  const alignment = ALIGNMENT[framing];
  const offsets: number[] = [];
  const lengths: number[] = [];
  let at = 0;
  for (const column of columns) {
    const bytes = rows * column.bytes;
    const padded = Math.ceil(bytes / alignment) * alignment;
    offsets.push(at);
    lengths.push(framing === "packed" ? padded : bytes);
    at += padded;
  }
  return { offsets, lengths, bytes: at };
}

/** The schema of a layout with a header as metadata. */
export function schemaOf({ columns }: ArrowLayout, metadata: ReadonlyMap<string, string>): Schema {
  const fields = columns.map(({ name, type }) => new Field<DataType>(name, type, false));
  return new Schema(fields, new Map(metadata));
}

/** Index of each column of a layout in `schema`, undefined when one is absent or of another type. */
export function columnIndexes(layout: ArrowLayout, schema: Schema): readonly number[] | undefined {
  const indexes: number[] = [];
  for (const column of layout.columns) {
    const index = schema.fields.findIndex((field) => field.name === column.name);
    const type = schema.fields[index]?.type as DataType | undefined;
    if (type === undefined || !sameType(type, column.type)) return undefined;
    indexes.push(index);
  }
  // Nested or dictionary columns beside ours would shift the buffers; a file of ours has none.
  return schema.fields.length === layout.columns.length ? indexes : undefined;
}

/** Time zones are for display: what is stored is UTC in any. */
function sameType(found: DataType, wanted: DataType): boolean {
  if (DataType.isTimestamp(found) && DataType.isTimestamp(wanted))
    return found.unit === wanted.unit;
  return String(found) === String(wanted);
}
