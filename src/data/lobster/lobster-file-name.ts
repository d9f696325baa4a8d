// What the name of a LOBSTER file says: SYMBOL_YYYY-MM-DD_…, a stock and a day at its venue.

import { basename } from "node:path";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import { DataError } from "../data-error.ts";

const US_PER_MINUTE = 60_000_000;
const FILE_NAME = /^([^_]+)_(\d{4}-\d{2}-\d{2})_/;

/** A NASDAQ stock in cents and single shares. @throws {DataError} when the name does not say which. */
export function lobsterStock(file: string): InstrumentSpec {
  const symbol = FILE_NAME.exec(basename(file))?.[1];
  if (symbol === undefined) {
    throw new DataError({
      file,
      expected: "a name like SYMBOL_YYYY-MM-DD_…, or an instrument given",
      was: basename(file),
      advice: "say which instrument this is",
    });
  }
  return {
    venueName: "nasdaq",
    symbol,
    contract: "spot",
    base: symbol,
    quote: "USD",
    tickSize: "0.01",
    lotSize: "1",
    contractSize: "1",
  };
}

/** Midnight in UTC of the venue's day, µs. @throws {DataError} when neither the name nor `date` says which day. */
export function lobsterMidnightUs(
  file: string,
  told: Readonly<{ date?: string; utcOffsetMinutes: number }>,
): number {
  const date = told.date ?? FILE_NAME.exec(basename(file))?.[2];
  const ms = Date.parse(`${date ?? ""}T00:00:00Z`);
  if (Number.isNaN(ms)) {
    throw new DataError({
      file,
      expected: "a day as YYYY-MM-DD, in the file's name or given",
      was: date ?? "none",
      advice: "give the day of the recording",
    });
  }
  return ms * 1_000 - told.utcOffsetMinutes * US_PER_MINUTE;
}
