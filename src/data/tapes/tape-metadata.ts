// What tapes of levels and of orders both say of themselves, as text in the metadata of an Arrow schema.
// Names are those of docs/TAPES.md; each layout adds its version and what is its own.

import { z } from "zod";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { TapeHeader } from "../../domain/tape.ts";

type Entry = readonly [key: string, value: string];

/** What every tape knows at its end. */
type Common = Pick<
  TapeHeader,
  | "instrument"
  | "rows"
  | "firstVenueAt"
  | "lastVenueAt"
  | "firstReceivedAt"
  | "lastReceivedAt"
  | "importer"
  | "sources"
>;

export function instrumentEntries(instrument: InstrumentSpec): readonly Entry[] {
  return [
    ["venue", instrument.venueName],
    ["symbol", instrument.symbol],
    ["contract", instrument.contract],
    ["base", instrument.base],
    ["quote", instrument.quote],
    ["tick_size", instrument.tickSize],
    ["lot_size", instrument.lotSize],
    ["contract_size", instrument.contractSize],
  ];
}

export function spanEntries(header: Omit<Common, "instrument" | "importer" | "sources">): Entry[] {
  return [
    ["rows", String(header.rows)],
    ["first_venue_at_us", String(header.firstVenueAt)],
    ["last_venue_at_us", String(header.lastVenueAt)],
    ["first_received_at_us", String(header.firstReceivedAt)],
    ["last_received_at_us", String(header.lastReceivedAt)],
  ];
}

/** A whole number not below 0, as text. */
export const countText = z.string().regex(/^\d+$/).transform(Number);
/** A whole number, as text. */
export const integerText = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);

/** The entries above, to be read back; a layout's own stand beside them. */
export const commonMetadata = z.object({
  venue: z.string(),
  symbol: z.string(),
  contract: z.enum(["spot", "linear", "inverse"]),
  base: z.string(),
  quote: z.string(),
  tick_size: z.string(),
  lot_size: z.string(),
  contract_size: z.string(),
  rows: countText,
  first_venue_at_us: integerText,
  last_venue_at_us: integerText,
  first_received_at_us: integerText,
  last_received_at_us: integerText,
  importer: z.string(),
  sources: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(z.array(z.object({ file: z.string(), sha256: z.string() }))),
});

/** What was read, under the names it has in memory. */
export function commonHeader(found: z.output<typeof commonMetadata>): Common {
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
