// How a tape lies in an Arrow IPC file: the columns, the metadata, and the bytes of one batch. Writer and reader share it.
// Bodies are laid out by hand and uncompressed: other Arrow readers open the file, and ours decodes it without a copy.
// On disk kind and side are columns of their own; `flags` holds the rest of a row's meta at the bits it has in memory.

import { DataType, Field, Int32, Schema, TimestampMicrosecond, Uint8 } from "apache-arrow";
import { z } from "zod";
import type { InstrumentSpec } from "../domain/instrument.ts";
import type { TapeHeader } from "../domain/tape.ts";

/** Rows of a full batch: 1.7 MB, small enough to keep a few decoded, large enough to make its overhead vanish. */
export const ROWS_PER_BATCH = 65_536;
/** Bits of meta that the `flags` column carries. */
export const FLAGS_MASK = 0b1111_0000;

/** First and last bytes of an Arrow file. */
export const ARROW_MAGIC = "ARROW1";
/** Version of this layout; it stands in the metadata under `rehearse.tape`. Another layout gets another number. */
const TAPE_VERSION = "1";

/** Columns in file order with their width in bytes. */
export const COLUMNS = [
  { name: "received_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
  { name: "venue_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
  { name: "kind", type: new Uint8(), bytes: 1 },
  { name: "side", type: new Uint8(), bytes: 1 },
  { name: "price_ticks", type: new Int32(), bytes: 4 },
  { name: "size_lots", type: new Int32(), bytes: 4 },
  { name: "flags", type: new Uint8(), bytes: 1 },
] as const;

/** Buffers start at multiples of 64 bytes, as the Arrow specification recommends. */
const ALIGNMENT = 64;

/** Where each column starts in the body of a batch of `rows` rows, and the body's length. */
export function bodyLayout(rows: number): Readonly<{ offsets: readonly number[]; bytes: number }> {
  const offsets: number[] = [];
  let at = 0;
  for (const column of COLUMNS) {
    offsets.push(at);
    at += Math.ceil((rows * column.bytes) / ALIGNMENT) * ALIGNMENT;
  }
  return { offsets, bytes: at };
}

/** What is known of a tape when its first row is written. */
export type TapeOpening = Readonly<{ instrument: InstrumentSpec; importer: string }>;

/** The schema with a tape's header as metadata; an opening alone while the totals are not known. */
export function schemaOf(header: TapeOpening | TapeHeader): Schema {
  const fields = COLUMNS.map((column) => new Field<DataType>(column.name, column.type, false));
  return new Schema(fields, metadataOf(header));
}

function metadataOf(header: TapeOpening | TapeHeader): Map<string, string> {
  const { instrument } = header;
  const metadata = new Map([
    ["rehearse.tape", TAPE_VERSION],
    ["venue", instrument.venueName],
    ["symbol", instrument.symbol],
    ["contract", instrument.contract],
    ["base", instrument.base],
    ["quote", instrument.quote],
    ["tick_size", instrument.tickSize],
    ["lot_size", instrument.lotSize],
    ["contract_size", instrument.contractSize],
    ["importer", header.importer],
  ]);
  if (!("rows" in header)) return metadata;
  metadata.set("rows", String(header.rows));
  metadata.set("first_venue_at_us", String(header.firstVenueAt));
  metadata.set("last_venue_at_us", String(header.lastVenueAt));
  metadata.set("first_received_at_us", String(header.firstReceivedAt));
  metadata.set("last_received_at_us", String(header.lastReceivedAt));
  metadata.set("locked_books", String(header.lockedBooks));
  metadata.set("crossed_books", String(header.crossedBooks));
  metadata.set("clock_correction_us", String(header.clockCorrectionUs));
  metadata.set("sources", JSON.stringify(header.sources));
  return metadata;
}

const count = z.string().regex(/^\d+$/).transform(Number);
const integer = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);
const metadataSchema = z.object({
  "rehearse.tape": z.literal(TAPE_VERSION),
  venue: z.string(),
  symbol: z.string(),
  contract: z.enum(["spot", "linear", "inverse"]),
  base: z.string(),
  quote: z.string(),
  tick_size: z.string(),
  lot_size: z.string(),
  contract_size: z.string(),
  importer: z.string(),
  rows: count,
  first_venue_at_us: integer,
  last_venue_at_us: integer,
  first_received_at_us: integer,
  last_received_at_us: integer,
  locked_books: count,
  crossed_books: count,
  clock_correction_us: integer,
  sources: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(z.array(z.object({ file: z.string(), sha256: z.string() }))),
});

/** The header in a schema's metadata. Throws what zod or JSON throws; the reader turns it into a `DataError`. */
export function headerOf(schema: Schema): TapeHeader {
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
    lockedBooks: found.locked_books,
    crossedBooks: found.crossed_books,
    clockCorrectionUs: found.clock_correction_us,
    importer: found.importer,
    sources: found.sources,
  };
}

/** Index of each of our columns in `schema`, undefined when one is absent or of another type. */
export function columnIndexes(schema: Schema): readonly number[] | undefined {
  const indexes: number[] = [];
  for (const column of COLUMNS) {
    const index = schema.fields.findIndex((field) => field.name === column.name);
    const type = schema.fields[index]?.type as DataType | undefined;
    if (type === undefined || !sameType(type, column.type)) return undefined;
    indexes.push(index);
  }
  // Nested or dictionary columns beside ours would shift the buffers; a tape has none.
  return schema.fields.length === COLUMNS.length ? indexes : undefined;
}

function sameType(found: DataType, wanted: DataType): boolean {
  if (DataType.isTimestamp(found)) {
    return DataType.isTimestamp(wanted) && found.unit === wanted.unit;
  }
  if (!DataType.isInt(found) || !DataType.isInt(wanted)) return false;
  return found.bitWidth === wanted.bitWidth && found.isSigned === wanted.isSigned;
}
