// What `rehearse import` asks of a format, and what comes of it.

import type { ImportOptions } from "../../data/importing/import-options.ts";
import type { InstrumentSpec } from "../../domain/instrument.ts";

/** What the command line says of an instrument; grids may be left out where the format can find them. */
export type ToldInstrument = Omit<InstrumentSpec, "tickSize" | "lotSize"> &
  Readonly<{ tickSize?: string; lotSize?: string }>;

/** One import as it was asked for. `more` are the format's own options. */
export type ImportRequest = Readonly<{
  files: readonly string[];
  out: string;
  instrument: ToldInstrument;
  more: ReadonlyMap<string, string>;
  folder: string;
  onProgress: NonNullable<ImportOptions["onProgress"]>;
  shouldStop: () => boolean;
}>;

/** What it came to: lines for people, and the same as data. */
export type ImportOutcome = Readonly<{ lines: readonly string[]; report: object }>;
