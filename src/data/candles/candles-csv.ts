// Candles from CSV (plain or gzip) to a bar tape: survey the file once, then convert it, refusing what cannot be right.
// Header by name (date | open_time | timestamp, open, high, low, close, volume), or Binance klines without one.
// No candle file says whether its last bar had closed when it was fetched: unless told, the last one is incomplete.

import { OffGrid } from "../../domain/decimal.ts";
import type { BarSource } from "../../ports/bar-source.ts";
import type { BarValues } from "../bars/bars-collect.ts";
import { BarCollector } from "../bars/bars-collect.ts";
import { DataError } from "../data-error.ts";
import { CsvFields } from "../fields/csv-fields.ts";
import { DecimalGrid } from "../fields/decimal-grid.ts";
import { scanTimeUs } from "../fields/time-text.ts";
import { readLines } from "../file-lines.ts";
import { watchChunks } from "../importing/import-options.ts";
import type { CandleColumns } from "./candles-columns.ts";
import { candleColumns } from "./candles-columns.ts";
import type { CandleImportOptions, CandleSurvey } from "./candles-survey.ts";
import { surveyCandles } from "./candles-survey.ts";

/** Name and version that stand in the header of what this importer makes. */
const CANDLES_IMPORTER = "candles-csv 1";

/** What was found, inferred and repaired. */
export type CandleImportReport = Readonly<{
  file: string;
  bars: number;
  missingBars: number;
  /** Longest run of missing bars, and the opening time of its first. */
  longestGap: Readonly<{ bars: number; from: number }> | undefined;
  /** Rows that repeated the bar before them, word for word, and were dropped. */
  duplicates: number;
  /** Bars without volume: a quiet market, trouble at the venue, or bars back-filled before its launch. */
  emptyBars: number;
  /** Decimals that were a printed double beside the grid ("1.2065000000000001"), taken for what they stand for. */
  doubleNoise: number;
  volumesRoundedDown: number;
  inferred: readonly string[];
}>;

const INT32_MAX = 2_147_483_647;

/**
 * Reads a candle file into bars.
 * @throws {DataError} naming file, line, what was expected and what was found; {ImportStopped} when told to stop.
 */
export async function readCandles(
  file: string,
  options: CandleImportOptions,
): Promise<Readonly<{ bars: BarSource; report: CandleImportReport }>> {
  const survey = await surveyCandles(file, options);
  const reader = new CandleReader(file, options, survey);
  await readLines(
    file,
    (bytes, from, to, line) => reader.line(bytes, from, to, line),
    watchChunks(options, file, () => reader.bars, { pass: 1, passes: 2 }),
  );
  return reader.finish();
}

class CandleReader {
  readonly #file: string;
  readonly #survey: CandleSurvey;
  readonly #options: CandleImportOptions;
  readonly #collector: BarCollector;
  readonly #price: DecimalGrid;
  readonly #volume: DecimalGrid;
  readonly #fields = new CsvFields();
  #columns: CandleColumns | undefined;
  #line = 0;
  #waiting: BarValues | undefined;
  #bars = 0;
  #duplicates = 0;
  #emptyBars = 0;
  #roundedDown = 0;
  #longestGap: { bars: number; from: number } | undefined;

  constructor(file: string, options: CandleImportOptions, survey: CandleSurvey) {
    const { tickSize, lotSize, periodUs, sha256 } = survey;
    this.#file = file;
    this.#survey = survey;
    this.#options = options;
    this.#price = new DecimalGrid(tickSize);
    this.#volume = new DecimalGrid(lotSize);
    this.#collector = new BarCollector({
      instrument: { ...options.instrument, tickSize, lotSize },
      periodUs,
      importer: CANDLES_IMPORTER,
      sources: [{ file: file.split("/").at(-1) ?? file, sha256 }],
    });
  }

  get bars(): number {
    return this.#bars;
  }

  line(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.#line = line;
    this.#fields.split(bytes, from, to);
    if (this.#columns === undefined) {
      const found = candleColumns(this.#fields);
      this.#columns = found?.columns;
      if (found?.headed === true) return;
    }
    const bar = this.#bar(this.#columns as CandleColumns);
    const last = this.#waiting;
    if (last !== undefined) {
      if (this.#repeats(bar, last)) return;
      this.#passOn(last, bar.openAt);
    }
    this.#waiting = bar;
  }

  finish(): Readonly<{ bars: BarSource; report: CandleImportReport }> {
    const last = this.#waiting;
    if (last !== undefined) {
      this.#collect({ ...last, complete: this.#options.lastBarComplete === true });
    }
    const bars = this.#collector.finish();
    const report: CandleImportReport = {
      file: this.#file,
      bars: this.#bars,
      missingBars: bars.header.missingBars,
      longestGap: this.#longestGap,
      duplicates: this.#duplicates,
      emptyBars: this.#emptyBars,
      doubleNoise: this.#price.noisy + this.#volume.noisy,
      volumesRoundedDown: this.#roundedDown,
      inferred: this.#survey.inferred,
    };
    return { bars, report };
  }

  #bar(columns: CandleColumns): BarValues {
    const fields = this.#fields;
    const { timeUnit, periodUs } = this.#survey;
    const { openAt: column } = columns;
    const [from, to] = [fields.from[column] as number, fields.to[column] as number];
    const openAt = scanTimeUs(fields.bytes, from, to, timeUnit);
    if (!(openAt % periodUs === 0)) {
      const expected = `an opening time at a multiple of ${periodUs} µs`;
      throw this.#refuse(expected, fields.text(column), "give the period of the bars, or repair");
    }
    const bar = {
      openAt,
      open: this.#priceOf(columns.open),
      high: this.#priceOf(columns.high),
      low: this.#priceOf(columns.low),
      close: this.#priceOf(columns.close),
      volume: this.#volumeOf(columns.volume),
      complete: true,
    };
    const inside =
      bar.low <= Math.min(bar.open, bar.close) && bar.high >= Math.max(bar.open, bar.close);
    if (inside) return bar;
    const was = [columns.open, columns.high, columns.low, columns.close].map((at) =>
      fields.text(at),
    );
    throw this.#refuse(
      "low ≤ open, close ≤ high",
      was.join(" "),
      "fetch the file again: no bar looks like this",
    );
  }

  #priceOf(column: number): number {
    const steps = this.#steps(this.#price, column, "give a finer tick size");
    if (steps > 0 && steps <= INT32_MAX) return steps;
    const expected = `a price from 1 to ${INT32_MAX} ticks of ${this.#price.step}`;
    throw this.#refuse(expected, this.#fields.text(column), "give a coarser tick size");
  }

  #volumeOf(column: number): number {
    const advice = 'give a finer lot size, or ask for volumes to be rounded down ("round-down")';
    let lots: number;
    if (this.#options.volumeOffLot === "round-down") lots = this.#roundDown(column, advice);
    else lots = this.#steps(this.#volume, column, advice);
    if (lots < 0) {
      throw this.#refuse("a volume not below 0", this.#fields.text(column), "fetch the file again");
    }
    if (lots === 0) this.#emptyBars += 1;
    return lots;
  }

  #roundDown(column: number, advice: string): number {
    const { bytes, from, to } = this.#fields;
    try {
      return this.#volume.steps(bytes, from[column] as number, to[column] as number);
    } catch (error) {
      const lots = Math.floor(Number(this.#fields.text(column)) / Number(this.#volume.step));
      if (!(error instanceof OffGrid) || !Number.isSafeInteger(lots)) {
        throw this.#refuse("a number", this.#fields.text(column), advice);
      }
      this.#roundedDown += 1;
      return lots;
    }
  }

  #steps(grid: DecimalGrid, column: number, advice: string): number {
    const { bytes, from, to, count } = this.#fields;
    if (column >= count) {
      throw this.#refuse(`at least ${column + 1} columns`, `${count}`, "the line is cut off");
    }
    try {
      return grid.steps(bytes, from[column] as number, to[column] as number);
    } catch (error) {
      if (!(error instanceof OffGrid)) throw error;
      throw this.#refuse(`a multiple of ${grid.step}`, this.#fields.text(column), advice, error);
    }
  }

  /** Is it the bar before, told again? Another bar at its time, or an earlier one, is refused. */
  #repeats(bar: BarValues, last: BarValues): boolean {
    if (bar.openAt > last.openAt) return false;
    const same = (Object.keys(bar) as (keyof BarValues)[]).every((key) => bar[key] === last[key]);
    if (!same) {
      const expected = `a bar after ${last.openAt} µs (or that bar repeated)`;
      throw this.#refuse(expected, `${bar.openAt} µs`, "sort the file, and keep one bar a time");
    }
    if (bar.volume === 0) this.#emptyBars -= 1;
    this.#duplicates += 1;
    return true;
  }

  #passOn(bar: BarValues, nextOpenAt: number): void {
    const { periodUs } = this.#survey;
    const missing = (nextOpenAt - bar.openAt) / periodUs - 1;
    if (missing > (this.#longestGap?.bars ?? 0)) {
      this.#longestGap = { bars: missing, from: bar.openAt + periodUs };
    }
    this.#collect(bar);
  }

  #collect(bar: BarValues): void {
    this.#collector.add(bar);
    this.#bars += 1;
  }

  #refuse(expected: string, was: string, advice: string, cause?: unknown): DataError {
    return new DataError({
      file: this.#file,
      line: this.#line,
      expected,
      was,
      advice,
      ...(cause === undefined ? {} : { cause }),
    });
  }
}
