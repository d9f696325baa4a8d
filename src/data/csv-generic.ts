// Book levels and prints from any CSV (plain or gzip) to a tape, told by a mapping what its columns mean.
// Several files merge by received time, the earlier given first on a tie. Rows of one file that share both times and
// are of one sort make one message. A level's size is absolute and 0 removes it; a snapshot forgets the book first.

import { basename } from "node:path";
import type { InstrumentSpec } from "../domain/instrument.ts";
import type { TapeHeader } from "../domain/tape.ts";
import {
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../domain/tape.ts";
import type { CsvMapping } from "./csv-generic-mapping.ts";
import {
  CSV_SNAPSHOT,
  CSV_TRADE,
  CsvRows,
  SIDE_ASK,
  SIDE_BID,
  SIDE_NONE,
} from "./csv-generic-rows.ts";
import type { Silence } from "./csv-generic-silences.ts";
import { Silences } from "./csv-generic-silences.ts";
import type { TapeCounts } from "./tape-writer.ts";
import { TapeWriter } from "./tape-writer.ts";

/** Name and version that stand in the header of what this importer makes. */
export const CSV_IMPORTER = "csv 1";

export type CsvImport = Readonly<{
  inputs: readonly Readonly<{ file: string; mapping: CsvMapping }>[];
  output: string;
  instrument: InstrumentSpec;
}>;

/** What was read, concluded and repaired. */
export type CsvImportReport = TapeCounts &
  Readonly<{
    snapshots: number;
    books: number;
    trades: number;
    /** Prints whose aggressor was concluded from the book, and those for which it could not be. */
    inferredBuyers: number;
    inferredSellers: number;
    unknownAggressors: number;
    /** Level changes before the first snapshot: no book to apply them to, left out. */
    updatesBeforeSnapshot: number;
    /** Books whose venue time was before that of the book before; moved up to it, since changes add up in order. */
    bookTimesMoved: number;
    doubleNoise: number;
    /** Spans over 15 s without a row in any file, and the longest of them. */
    silences: number;
    longestSilences: readonly Silence[];
  }>;

/**
 * Imports CSV files into one tape.
 * @throws {DataError} naming file, line, what was expected and what was found; then no tape is written.
 */
export async function importCsv(
  options: CsvImport,
): Promise<Readonly<{ header: TapeHeader; report: CsvImportReport }>> {
  const { inputs, output, instrument } = options;
  const grid = { tick: instrument.tickSize, lot: instrument.lotSize };
  const sources = inputs.map(({ file, mapping }) => new CsvRows(file, mapping, grid));
  const merge = new Merge(sources);
  const writer = new TapeWriter(output, {
    instrument,
    importer: CSV_IMPORTER,
    where: () => merge.where(inputs.map(({ file }) => file)),
  });
  const messages = new Messages(writer);
  try {
    await merge.start();
    for (;;) {
      const source = merge.earliest();
      if (source === undefined) break;
      messages.take(source.rows, source.row);
      source.row += 1;
      if (source.row === source.rows.block.rows) await merge.refill(source);
    }
    messages.finish(sources);
    const hashes = sources.map(({ read }, index) => ({
      file: basename(inputs[index]?.file ?? ""),
      sha256: read?.sha256 ?? "",
    }));
    const noise = sources.reduce((sum, { price, size }) => sum + price.noisy + size.noisy, 0);
    const header = writer.finish({ sources: hashes });
    return { header, report: messages.report(noise) };
  } finally {
    writer.abort();
    for (const source of sources) await source.close();
  }
}

/** A file and the row of its block that is next. */
type Source = { readonly rows: CsvRows; row: number; over: boolean };

/** Picks the earliest row of several files. */
class Merge {
  readonly #sources: Source[];
  #picked = 0;

  constructor(rows: readonly CsvRows[]) {
    this.#sources = rows.map((one) => ({ rows: one, row: 0, over: false }));
  }

  async start(): Promise<void> {
    for (const source of this.#sources) await this.refill(source);
  }

  async refill(source: Source): Promise<void> {
    source.row = 0;
    source.over = !(await source.rows.next());
  }

  earliest(): Source | undefined {
    let first: Source | undefined;
    let firstAt = Number.POSITIVE_INFINITY;
    for (let index = 0; index < this.#sources.length; index += 1) {
      const source = this.#sources[index] as Source;
      if (source.over) continue;
      const at = source.rows.block.received[source.row] as number;
      if (at >= firstAt) continue;
      first = source;
      firstAt = at;
      this.#picked = index;
    }
    return first;
  }

  /** The place of the row picked last, for the writer's errors. */
  where(files: readonly string[]): Readonly<{ file: string; line: number }> {
    const { rows, row } = this.#sources[this.#picked] as Source;
    return { file: files[this.#picked] as string, line: rows.block.line[row] as number };
  }
}

/** Puts rows together into messages. */
class Messages {
  readonly #writer: TapeWriter;
  readonly #silences = new Silences();
  readonly #counts = {
    snapshots: 0,
    books: 0,
    trades: 0,
    inferredBuyers: 0,
    inferredSellers: 0,
    unknownAggressors: 0,
    updatesBeforeSnapshot: 0,
    bookTimesMoved: 0,
  };
  /** The message being put together: where it came from, its times and sort. */
  #source: CsvRows | undefined;
  #type = -1;
  #received = Number.NaN;
  #venue = Number.NaN;
  #bookVenueAt = Number.NEGATIVE_INFINITY;
  /** A print's aggressor is judged by the book before its message, not by a book within it. */
  #bid = Number.NEGATIVE_INFINITY;
  #ask = Number.POSITIVE_INFINITY;

  constructor(writer: TapeWriter) {
    this.#writer = writer;
  }

  take(rows: CsvRows, row: number): void {
    const { block } = rows;
    const received = block.received[row] as number;
    const venue = block.venue[row] as number;
    const type = block.type[row] as number;
    const side = block.side[row] as number;
    const same =
      rows === this.#source &&
      received === this.#received &&
      venue === this.#venue &&
      type === this.#type;
    if (!same) {
      this.#end();
      this.#source = rows;
      this.#received = received;
      this.#venue = venue;
      this.#type = type;
      this.#begin();
    }
    const price = block.price[row] as number;
    const size = block.size[row] as number;
    if (type === CSV_TRADE) this.#trade(side, price, size);
    else if (this.#counts.snapshots === 0) this.#counts.updatesBeforeSnapshot += 1;
    else {
      const ask = side === SIDE_ASK ? 1 : 0;
      this.#writer.row(ROW_DEPTH, ask, price, size, type === CSV_SNAPSHOT ? META_SNAPSHOT : 0);
    }
  }

  /** Ends the last message; a recording of changes alone is refused, since nothing says what they change. */
  finish(sources: readonly CsvRows[]): void {
    this.#end();
    if (this.#counts.snapshots > 0 || this.#counts.updatesBeforeSnapshot === 0) return;
    const was = `${this.#counts.updatesBeforeSnapshot} level changes and no snapshot`;
    const advice = "name the snapshot's value of the type column in the mapping";
    throw (sources[0] as CsvRows).refuse("a snapshot before the first change", was, advice);
  }

  report(doubleNoise: number): CsvImportReport {
    return {
      ...this.#writer.counts,
      ...this.#counts,
      doubleNoise,
      silences: this.#silences.count,
      longestSilences: this.#silences.longest,
    };
  }

  #begin(): void {
    this.#silences.heard(this.#received);
    let venueAt = this.#venue;
    if (this.#type === CSV_TRADE) {
      this.#bid = this.#writer.book.bestBid;
      this.#ask = this.#writer.book.bestAsk;
    } else {
      if (venueAt < this.#bookVenueAt) this.#counts.bookTimesMoved += 1;
      venueAt = Math.max(venueAt, this.#bookVenueAt);
      this.#bookVenueAt = venueAt;
      this.#counts.books += 1;
    }
    this.#writer.begin(venueAt, this.#received);
    if (this.#type !== CSV_SNAPSHOT) return;
    this.#counts.snapshots += 1;
    this.#writer.row(ROW_CLEAR, 0, 0, 0, META_SNAPSHOT);
  }

  #end(): void {
    if (this.#source !== undefined) this.#writer.end();
  }

  #trade(side: number, price: number, size: number): void {
    this.#counts.trades += 1;
    const aggressor = side === SIDE_NONE ? this.#inferred(price) : side;
    if (aggressor === SIDE_NONE) this.#writer.row(ROW_TRADE_UNKNOWN, 0, price, size);
    else this.#writer.row(ROW_TRADE, aggressor === SIDE_ASK ? 1 : 0, price, size);
  }

  #inferred(price: number): number {
    const counts = this.#counts;
    if (this.#bid < this.#ask && price >= this.#ask) {
      counts.inferredBuyers += 1;
      return SIDE_BID;
    }
    if (this.#bid < this.#ask && price <= this.#bid) {
      counts.inferredSellers += 1;
      return SIDE_ASK;
    }
    counts.unknownAggressors += 1;
    return SIDE_NONE;
  }
}
