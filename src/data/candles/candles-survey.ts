// A first look through a candle file: its hash, the unit of its times, and the period, tick and lot it was not told.

import type { InstrumentSpec } from "../../domain/instrument.ts";
import { DataError } from "../data-error.ts";
import { CsvFields } from "../fields/csv-fields.ts";
import { GridFinder } from "../fields/grid-finder.ts";
import type { TimeUnit } from "../fields/time-text.ts";
import { scanTimeUs, timeUnitOf } from "../fields/time-text.ts";
import { readLines } from "../file-lines.ts";
import type { ImportWatch } from "../importing/import-options.ts";
import { watchChunks } from "../importing/import-options.ts";
import type { CandleColumns } from "./candles-columns.ts";
import { candleColumns } from "./candles-columns.ts";

/** What the import of a candle file is told. */
export type CandleImportOptions = ImportWatch &
  Readonly<{
    /** Tick and lot may be left out: then they are the greatest common divisors of the file's prices and volumes. */
    instrument: Omit<InstrumentSpec, "tickSize" | "lotSize"> &
      Readonly<{ tickSize?: string; lotSize?: string }>;
    /** The bars' length, µs; left out, it is the shortest step between two bars. */
    periodUs?: number;
    /** A volume finer than the lot: "refuse" it, or "round-down" (and count it). A sum of trades is on their lot. */
    volumeOffLot?: "refuse" | "round-down";
    /** True when the file is known to have been fetched after its last bar closed. */
    lastBarComplete?: boolean;
  }>;

export type CandleSurvey = Readonly<{
  sha256: string;
  timeUnit: TimeUnit;
  periodUs: number;
  tickSize: string;
  lotSize: string;
  /** What was concluded from the file instead of being told, as sentences. */
  inferred: readonly string[];
}>;

/** @throws {DataError} when the file is unreadable, empty, not candles, or too short to conclude from. */
export async function surveyCandles(
  file: string,
  options: CandleImportOptions,
): Promise<CandleSurvey> {
  const look = new Look(file);
  const { sha256 } = await readLines(
    file,
    (bytes, from, to, line) => look.line(bytes, from, to, line),
    watchChunks(options, file, () => 0, { pass: 0, passes: 2 }),
  );
  const inferred: string[] = [];
  const conclude = <Value>(
    name: string,
    told: Value | undefined,
    seen: Value | undefined,
  ): Value => {
    if (told !== undefined) return told;
    if (seen === undefined) {
      throw look.refuse(`enough rows to conclude the ${name}`, `give the ${name}`);
    }
    inferred.push(`${name} ${seen} from the file`);
    return seen;
  };
  const timeUnit = conclude("time unit", undefined, look.timeUnit);
  return {
    sha256,
    timeUnit,
    periodUs: conclude("period (µs)", options.periodUs, look.periodUs()),
    tickSize: conclude("tick size", options.instrument.tickSize, look.prices.grid()),
    lotSize: conclude("lot size", options.instrument.lotSize, look.volumes.grid()),
    inferred,
  };
}

class Look {
  readonly prices = new GridFinder();
  readonly volumes = new GridFinder();
  timeUnit: TimeUnit | undefined;
  readonly #file: string;
  readonly #fields = new CsvFields();
  #columns: CandleColumns | undefined;
  #lastAt = Number.NaN;
  #stepUs = Number.POSITIVE_INFINITY;
  #line = 0;

  constructor(file: string) {
    this.#file = file;
  }

  line(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.#line = line;
    const fields = this.#fields;
    fields.split(bytes, from, to);
    if (this.#columns === undefined) {
      const found = candleColumns(fields);
      if (found === undefined) {
        const expected = "columns date (or open_time), open, high, low, close, volume";
        throw this.refuse(expected, "name the format of the file", fields.texts().join(","));
      }
      this.#columns = found.columns;
      if (found.headed) return;
    }
    const { openAt, open, high, low, close, volume } = this.#columns;
    this.#seeTime(openAt);
    for (const column of [open, high, low, close]) this.#see(this.prices, column);
    this.#see(this.volumes, volume);
  }

  periodUs(): number | undefined {
    return Number.isFinite(this.#stepUs) ? this.#stepUs : undefined;
  }

  refuse(expected: string, advice: string, was?: string): DataError {
    const line = this.#line;
    return new DataError({
      file: this.#file,
      line,
      expected,
      was: was ?? (line === 0 ? "an empty file" : `${line} lines`),
      advice,
    });
  }

  #see(finder: GridFinder, column: number): void {
    const { bytes, from, to, count } = this.#fields;
    if (column < count) finder.see(bytes, from[column] as number, to[column] as number);
  }

  #seeTime(column: number): void {
    const { bytes, from, to } = this.#fields;
    this.timeUnit ??= timeUnitOf(this.#fields.text(column));
    if (this.timeUnit === undefined) {
      const expected = "an opening time since the epoch in s, ms, µs or ns";
      throw this.refuse(expected, "convert the times to ms", this.#fields.text(column));
    }
    const at = scanTimeUs(bytes, from[column] as number, to[column] as number, this.timeUnit);
    if (at > this.#lastAt) this.#stepUs = Math.min(this.#stepUs, at - this.#lastAt);
    this.#lastAt = at;
  }
}
