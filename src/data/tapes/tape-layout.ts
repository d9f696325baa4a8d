// How a tape of levels lies in an Arrow IPC file: its columns and its metadata. Writer and reader share it.
// On disk kind and side are columns of their own; `flags` holds the rest of a row's meta at the bits it has in memory.

import type { Schema } from "apache-arrow";
import { Int32, TimestampMicrosecond, Uint8 } from "apache-arrow";
import { z } from "zod";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { TapeHeader } from "../../domain/tape.ts";
import type { ArrowLayout } from "../arrow/arrow-layout.ts";
import {
  commonHeader,
  commonMetadata,
  countText,
  instrumentEntries,
  integerText,
  spanEntries,
} from "./tape-metadata.ts";

/** Rows of a full batch: 1.7 MB, small enough to keep a few decoded, large enough to make its overhead vanish. */
export const ROWS_PER_BATCH = 65_536;
/** Place of `venue_at` among the columns. */
export const VENUE_AT_COLUMN = 1;

/** Version of this layout; it stands in the metadata under `rehearse.tape`. Another layout gets another number. */
const TAPE_VERSION = "1";

export const tapeLayout: ArrowLayout = {
  what: "a tape",
  columns: [
    { name: "received_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
    { name: "venue_at", type: new TimestampMicrosecond("UTC"), bytes: 8 },
    { name: "kind", type: new Uint8(), bytes: 1 },
    { name: "side", type: new Uint8(), bytes: 1 },
    { name: "price_ticks", type: new Int32(), bytes: 4 },
    { name: "size_lots", type: new Int32(), bytes: 4 },
    { name: "flags", type: new Uint8(), bytes: 1 },
  ],
  framing: "streamed",
};

/** What is known of a tape when its first row is written. */
export type TapeOpening = Readonly<{ instrument: InstrumentSpec; importer: string }>;

/** A tape's header as metadata; an opening alone while the totals are not known. */
export function tapeMetadata(header: TapeOpening | TapeHeader): ReadonlyMap<string, string> {
  const opening = [
    ["rehearse.tape", TAPE_VERSION],
    ...instrumentEntries(header.instrument),
    ["importer", header.importer],
  ] as const;
  if (!("rows" in header)) return new Map(opening);
  return new Map([
    ...opening,
    ...spanEntries(header),
    ["locked_books", String(header.lockedBooks)],
    ["crossed_books", String(header.crossedBooks)],
    ["clock_correction_us", String(header.clockCorrectionUs)],
    ["sources", JSON.stringify(header.sources)],
  ]);
}

const metadataSchema = commonMetadata.extend({
  "rehearse.tape": z.literal(TAPE_VERSION),
  locked_books: countText,
  crossed_books: countText,
  clock_correction_us: integerText,
});

/** The header in a schema's metadata. Throws what zod or JSON throws. */
export function tapeHeader(schema: Schema): TapeHeader {
  const found = metadataSchema.parse(Object.fromEntries(schema.metadata));
  return {
    ...commonHeader(found),
    lockedBooks: found.locked_books,
    crossedBooks: found.crossed_books,
    clockCorrectionUs: found.clock_correction_us,
  };
}
