// Funding rates that were paid, from CSV (plain or gzip) to rows a venue can settle by.
// Known shapes: date + rate in "open" (exchange history as freqtrade keeps it), and Binance's fundingRate archive.
// Rows come late, early hours are missing: the time is kept as recorded, and both are counted, never repaired.

import type { RateE8, TimeUs } from "../../domain/units.ts";
import { rateE8, timeUs } from "../../domain/units.ts";
import { DataError } from "../data-error.ts";
import { CsvFields } from "../fields/csv-fields.ts";
import { DecimalGrid } from "../fields/decimal-grid.ts";
import type { TimeUnit } from "../fields/time-text.ts";
import { scanTimeUs, timeUnitOf } from "../fields/time-text.ts";
import { readLines } from "../file-lines.ts";
import type { ImportWatch } from "../importing/import-options.ts";
import { watchChunks } from "../importing/import-options.ts";

/** A settlement: when it was stamped (µs) and the fraction of the position's value, in 1e-8; > 0 the longs pay. */
export type FundingRow = Readonly<{ at: TimeUs; rateE8: RateE8 }>;

/** What was found. */
export type FundingReport = Readonly<{
  file: string;
  sha256: string;
  rows: number;
  intervalUs: number;
  /** Rows stamped more than ten seconds after their hour, and the worst of them, µs. */
  lateRows: number;
  worstLatenessUs: number;
  /** Places where at least one settlement is missing, and how many settlements in all. */
  gaps: number;
  missingRows: number;
  negativeRates: number;
  /** Rates finer than 1e-8, rounded half away from zero: the finest part a payment here is computed in. */
  rounded: number;
}>;

/** Column names of the time and of the rate. Sources: freqtrade's data folder; binance-public-data README. */
const SHAPES = [
  { at: "date", rate: "open" },
  { at: "calc_time", rate: "last_funding_rate" },
  { at: "time", rate: "rate" },
  { at: "timestamp", rate: "funding_rate" },
] as const;

/** A settlement is on time within this many µs of its interval; recorded ones are mostly within half a second. */
const LATE_US = 10_000_000;
const RATE_SCALE = 1e8;
/** One per interval, in 1e-8: a rate beyond 100 % is a column of something else. */
const RATE_MAX_E8 = 100_000_000;

/**
 * Reads a file of funding rates in ascending time; `intervalUs` is the venue's (an hour or eight).
 * @throws {DataError} naming file, line, what was expected and what was found; {ImportStopped} when told to stop.
 */
export async function readFunding(
  file: string,
  options: ImportWatch & Readonly<{ intervalUs: number }>,
): Promise<Readonly<{ rows: readonly FundingRow[]; report: FundingReport }>> {
  const reader = new FundingReader(file);
  const { sha256 } = await readLines(
    file,
    (bytes, from, to, line) => reader.line(bytes, from, to, line),
    watchChunks(options, file, () => reader.rows.length),
  );
  const { rows, rounded, negativeRates } = reader;
  if (rows.length === 0) throw reader.empty();
  return {
    rows,
    report: { file, sha256, rounded, negativeRates, ...survey(rows, options.intervalUs) },
  };
}

class FundingReader {
  readonly rows: FundingRow[] = [];
  rounded = 0;
  /** Counted before rounding: the smallest of them become 0. */
  negativeRates = 0;
  readonly #file: string;
  readonly #fields = new CsvFields();
  readonly #grid = new DecimalGrid("0.00000001");
  #at = -1;
  #rate = -1;
  #unit: TimeUnit | undefined;
  #line = 0;

  constructor(file: string) {
    this.#file = file;
  }

  line(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.#line = line;
    const fields = this.#fields;
    fields.split(bytes, from, to);
    if (this.#at < 0) {
      this.#readHeader();
      return;
    }
    this.#unit ??= timeUnitOf(fields.text(this.#at));
    const [start, end] = [fields.from[this.#at] as number, fields.to[this.#at] as number];
    const at = this.#unit === undefined ? Number.NaN : scanTimeUs(bytes, start, end, this.#unit);
    const last = this.rows.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    if (!(at > last)) {
      throw this.refuse("a time after the row before", fields.text(this.#at), "sort the file");
    }
    this.rows.push({ at: timeUs(at), rateE8: rateE8(this.#rateSteps()) });
  }

  empty(): DataError {
    const was = this.#line === 0 ? "an empty file" : "the header alone";
    const parts = { file: this.#file, expected: "rows of funding rates", was };
    return new DataError({ ...parts, advice: "fetch it again" });
  }

  refuse(expected: string, was: string, advice: string): DataError {
    return new DataError({ file: this.#file, line: this.#line, expected, was, advice });
  }

  #readHeader(): void {
    const names = this.#fields.texts().map((name) => name.trim().toLowerCase());
    const shape = SHAPES.find(({ at, rate }) => names.includes(at) && names.includes(rate));
    if (shape === undefined) {
      const expected = SHAPES.map(({ at, rate }) => `${at} + ${rate}`).join(", or ");
      throw this.refuse(`columns ${expected}`, names.join(","), "rename the two columns");
    }
    this.#at = names.indexOf(shape.at);
    this.#rate = names.indexOf(shape.rate);
  }

  #rateSteps(): number {
    const { bytes, from, to, count } = this.#fields;
    if (this.#rate >= count) throw this.refuse("a rate", "a cut line", "fetch the file again");
    const text = this.#fields.text(this.#rate);
    let rate: number;
    try {
      rate = this.#grid.steps(bytes, from[this.#rate] as number, to[this.#rate] as number);
    } catch {
      const scaled = text.trim() === "" ? Number.NaN : Number(text) * RATE_SCALE;
      rate = Math.sign(scaled) * Math.round(Math.abs(scaled));
      this.rounded += 1;
    }
    if (text.startsWith("-")) this.negativeRates += 1;
    // + 0: a small negative rate rounds to a zero, and steps have no sign on it.
    if (Math.abs(rate) <= RATE_MAX_E8) return rate + 0;
    throw this.refuse("a rate between -1 and 1", text, "give the rate as a fraction an interval");
  }
}

function survey(rows: readonly FundingRow[], intervalUs: number) {
  let lateRows = 0;
  let worstLatenessUs = 0;
  let gaps = 0;
  let missingRows = 0;
  let lastSlot: number | undefined;
  for (const { at } of rows) {
    const slot = Math.floor(at / intervalUs);
    const lateness = at - slot * intervalUs;
    if (lateness > LATE_US) lateRows += 1;
    worstLatenessUs = Math.max(worstLatenessUs, lateness);
    const missing = lastSlot === undefined ? 0 : slot - lastSlot - 1;
    if (missing > 0) gaps += 1;
    missingRows += Math.max(0, missing);
    lastSlot = slot;
  }
  return {
    rows: rows.length,
    intervalUs,
    lateRows,
    worstLatenessUs,
    gaps,
    missingRows,
  };
}
