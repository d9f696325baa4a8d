// How an order tape lies in an Arrow IPC file: columns and metadata. One row an order event, see domain/order-tape.ts.
// Other Arrow readers open it: times are timestamps, order numbers 64-bit integers; `flags` holds the rest of `meta`.

import type { DataType } from "apache-arrow";
import { Field, Int32, Int64, Schema, TimestampMicrosecond, Uint8 } from "apache-arrow";
import { z } from "zod";
import type { OrderTapeHeader } from "../domain/order-tape.ts";

/** Version of this layout; it stands in the metadata under `rehearse.order_tape`. */
const LAYOUT_VERSION = "1";
/** Bits of `meta` that the `flags` column carries; kind and side have columns of their own. */
export const ORDER_FLAGS_MASK = 0b1111_0000;

/** Columns in file order with their width in bytes; readers here rely on the order. */
export const ORDER_COLUMNS = [
  { name: "received_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
  { name: "venue_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
  { name: "order_ref", type: new Int64(), bytes: 8 },
  { name: "kind", type: new Uint8(), bytes: 1 },
  { name: "side", type: new Uint8(), bytes: 1 },
  { name: "price_ticks", type: new Int32(), bytes: 4 },
  { name: "size_lots", type: new Int32(), bytes: 4 },
  { name: "flags", type: new Uint8(), bytes: 1 },
] as const;

/** The schema, its metadata still empty. */
export function orderTapeSchema(): Schema {
  const fields = ORDER_COLUMNS.map(({ name, type }) => new Field<DataType>(name, type, false));
  return new Schema(fields, new Map([["rehearse.order_tape", LAYOUT_VERSION]]));
}

/** Whether a file's columns are those of an order tape, in order. */
export function hasOrderColumns(schema: Schema): boolean {
  const wanted = orderTapeSchema().fields;
  return (
    schema.fields.length === wanted.length &&
    schema.fields.every((field, index) => {
      const want = wanted[index];
      return field.name === want?.name && String(field.type) === String(want.type);
    })
  );
}

/** A header as metadata entries: text under names other tools can read. */
export function orderTapeMetadata(header: OrderTapeHeader): [string, string][] {
  const { instrument } = header;
  return [
    ["venue", instrument.venueName],
    ["symbol", instrument.symbol],
    ["contract", instrument.contract],
    ["base", instrument.base],
    ["quote", instrument.quote],
    ["tick_size", instrument.tickSize],
    ["lot_size", instrument.lotSize],
    ["contract_size", instrument.contractSize],
    ["rows", String(header.rows)],
    ["first_venue_at_us", String(header.firstVenueAt)],
    ["last_venue_at_us", String(header.lastVenueAt)],
    ["first_received_at_us", String(header.firstReceivedAt)],
    ["last_received_at_us", String(header.lastReceivedAt)],
    ["importer", header.importer],
    ["sources", JSON.stringify(header.sources)],
  ];
}

const count = z.string().regex(/^\d+$/).transform(Number);
const sources = z.array(z.object({ file: z.string(), sha256: z.string() }));
const metadataSchema = z.object({
  "rehearse.order_tape": z.literal(LAYOUT_VERSION),
  venue: z.string(),
  symbol: z.string(),
  contract: z.enum(["spot", "linear", "inverse"]),
  base: z.string(),
  quote: z.string(),
  tick_size: z.string(),
  lot_size: z.string(),
  contract_size: z.string(),
  rows: count,
  first_venue_at_us: count,
  last_venue_at_us: count,
  first_received_at_us: count,
  last_received_at_us: count,
  importer: z.string(),
  sources: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(sources),
});

/** The header in a schema's metadata. Throws what zod or JSON throws; the reader turns it into a `DataError`. */
export function orderTapeHeader(schema: Schema): OrderTapeHeader {
  const found = metadataSchema.parse(Object.fromEntries(schema.metadata));
  return {
    instrument: {
      venueName: found.venue,
      symbol: found.symbol,
      contract: found.contract,
      base: found.base,
      quote: found.quote,
      tickSize: found.tick_size,
      lotSize: found.lot_size,
      contractSize: found.contract_size,
    },
    rows: found.rows,
    firstVenueAt: found.first_venue_at_us,
    lastVenueAt: found.last_venue_at_us,
    firstReceivedAt: found.first_received_at_us,
    lastReceivedAt: found.last_received_at_us,
    importer: found.importer,
    sources: found.sources,
  };
}
