// What the columns of somebody's CSV mean, as data: a user writes one for a recording nobody has seen before.
// Presets are mappings with a name; adding one adds no code.

import { z } from "zod";

const timeColumn = z.strictObject({ column: z.string(), unit: z.enum(["s", "ms", "us", "ns"]) });
/** Values a row's own column may have; a value in none of the lists is refused. */
const values = z.array(z.string()).default([]);

export const csvMappingSchema = z.strictObject({
  delimiter: z.string().length(1).default(","),
  /** When the recorder got the row. Rows stand in this order. */
  received: timeColumn,
  /** When the venue says it happened; left out, the recording has one clock only. */
  venue: timeColumn.optional(),
  /** What a row is: a column with its values, or one kind for the whole file. */
  type: z.union([
    z.strictObject({ column: z.string(), snapshot: values, update: values, trade: values }),
    z.strictObject({ all: z.enum(["update", "trade"]) }),
  ]),
  /** Of a level: its side. Of a print: the aggressor, "buy" meaning the buyer; `untold` where the feed does not say. */
  side: z.strictObject({
    column: z.string(),
    bid: z.array(z.string()),
    ask: z.array(z.string()),
    untold: z.array(z.string()).optional(),
  }),
  price: z.string(),
  size: z.string(),
  /**
   * Where a print's aggressor comes from: its side, or the book as received: at or above the ask a buyer, at or
   * below the bid a seller, in between or on a locked book unknown.
   */
  aggressor: z.enum(["side", "infer"]).default("side"),
});

/** A mapping with every default filled in. */
export type CsvMapping = z.output<typeof csvMappingSchema>;

/** Every column a file needs to be read by a mapping. */
export function columnsOf(mapping: CsvMapping): readonly string[] {
  const { received, venue, type, side, price, size } = mapping;
  const names = [received.column, side.column, price, size];
  if (venue !== undefined) names.push(venue.column);
  if ("column" in type) names.push(type.column);
  return names;
}

/**
 * Mappings of recordings we have met, by name. Where a recording has files of several sorts, it has several: a file is
 * read by the first whose columns it has.
 */
export const csvPresets: Readonly<Record<"standx" | "deep-book", readonly CsvMapping[]>> = {
  /** StandX 20-level deltas with prints; the recorder wrote no aggressor. */
  standx: [
    {
      delimiter: ",",
      received: { column: "recv_ts_us", unit: "us" },
      venue: { column: "exch_ts_ms", unit: "ms" },
      type: { column: "type", snapshot: ["snapshot"], update: ["update"], trade: ["trade"] },
      side: { column: "side", bid: ["bid"], ask: ["ask"] },
      price: "price",
      size: "size",
      aggressor: "infer",
    },
  ],
  /** Deep book deltas, and the prints beside them in a file of their own. */
  "deep-book": [
    {
      delimiter: ",",
      received: { column: "ts_ms", unit: "ms" },
      venue: { column: "exch_ts_ms", unit: "ms" },
      type: { column: "type", snapshot: ["snapshot"], update: ["update"], trade: [] },
      side: { column: "side", bid: ["bid"], ask: ["ask"] },
      price: "price",
      size: "size",
      aggressor: "side",
    },
    {
      delimiter: ",",
      received: { column: "ts_ms", unit: "ms" },
      venue: { column: "exch_ts_ms", unit: "ms" },
      type: { all: "trade" },
      side: { column: "side", bid: ["buy"], ask: ["sell"] },
      price: "price",
      size: "size",
      aggressor: "side",
    },
  ],
};
