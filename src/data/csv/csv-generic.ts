// Book levels and prints from any CSV (plain or gzip) to a tape, told by a mapping what its columns mean.
// Several files merge by received time, the earlier given first on a tie. Rows of one file that share both times and
// are of one sort make one message. A level's size is absolute and 0 removes it; a snapshot forgets the book first.

import { basename } from "node:path";
import {
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../domain/tape.ts";
import type { ImportOptions, ImportResult } from "../importing/import-options.ts";
import { refuseOverwriting, reportProgress } from "../importing/import-options.ts";
import { ImportLog, importReport } from "../importing/import-report.ts";
import { RecordingFiles } from "../importing/recording-lines.ts";
import { ClockSkew } from "../tapes/clock-skew.ts";
import { TapeWriter } from "../tapes/tape-writer.ts";
import type { CsvMapping } from "./csv-generic-mapping.ts";
import {
  CSV_SNAPSHOT,
  CSV_TRADE,
  CsvRows,
  SIDE_ASK,
  SIDE_BID,
  SIDE_NONE,
  SIDE_UNTOLD,
} from "./csv-generic-rows.ts";

/** Name and version that stand in the header of what this importer makes. */
const CSV_IMPORTER = "csv 1";

export type CsvImport = ImportOptions &
  Readonly<{
    /** One for each sort of file there is; a file is read by the first whose columns it has. */
    mappings: readonly CsvMapping[];
    /** Name and version of a format that is read by mappings; left out, it is this one's. */
    importer?: string;
  }>;

/**
 * Imports CSV files into one tape, reading them twice: clocks first, rows then.
 * @throws {DataError} naming file, line, what was expected and what was found; then no tape is written.
 * @throws {ImportStopped} when told to stop.
 */
export async function importCsv(options: CsvImport): Promise<ImportResult> {
  refuseOverwriting(options.files, options.out);
  const { files, mappings, instrument, out, baseLatencyUs, outageUs } = options;
  const { bytesTotal } = new RecordingFiles(files);
  const skew = await clocksOf(options, bytesTotal);
  const sources = files.map((file) => new CsvRows(file, mappings, instrument));
  const merge = new Merge(sources);
  const writer = new TapeWriter(out, {
    instrument,
    importer: options.importer ?? CSV_IMPORTER,
    clockCorrectionUs: skew.correctionUs(baseLatencyUs),
    where: () => merge.where(files),
  });
  const log = new ImportLog(outageUs);
  const messages = new Messages(writer, log);
  try {
    await merge.start();
    for (let source = merge.earliest(); source !== undefined; source = merge.earliest()) {
      messages.take(source.rows, source.row);
      source.row += 1;
      if (source.row < source.rows.block.rows) continue;
      await merge.refill(source);
      reportProgress(options, writer.counts.rows, bytesTotal + merge.bytesRead, 2 * bytesTotal);
    }
    messages.finish(sources);
    const hashes = sources.map(({ sha256 }, index) => ({
      file: basename(files[index] as string),
      sha256,
    }));
    for (const { price, size } of sources) log.count(NOISE, price.noisy + size.noisy);
    const header = writer.finish({ sources: hashes });
    const clock = skew.describe(baseLatencyUs);
    return { header, report: importReport(log, out, header, writer.counts, clock) };
  } finally {
    writer.abort();
    for (const source of sources) source.close();
  }
}

const NOISE = "decimals that were a printed double beside the grid, taken for what they stand for";

/** The first pass: received minus venue time of every row. */
async function clocksOf(options: CsvImport, bytesTotal: number): Promise<ClockSkew> {
  const skew = new ClockSkew();
  let before = 0;
  for (const file of options.files) {
    const rows = new CsvRows(file, options.mappings, options.instrument);
    const { block } = rows;
    try {
      while (await rows.next()) {
        for (let row = 0; row < block.rows; row += 1) {
          skew.see(block.venue[row] as number, block.received[row] as number);
        }
        reportProgress(options, 0, before + rows.bytesRead, 2 * bytesTotal);
      }
    } finally {
      rows.close();
    }
    before += rows.bytesRead;
  }
  return skew;
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

  get bytesRead(): number {
    return this.#sources.reduce((sum, { rows }) => sum + rows.bytesRead, 0);
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
  readonly #log: ImportLog;
  #snapshots = 0;
  #early = 0;
  /** The message being put together: where it came from, its times and sort. */
  #source: CsvRows | undefined;
  #type = -1;
  #received = Number.NaN;
  #venue = Number.NaN;
  #bookVenueAt = Number.NEGATIVE_INFINITY;
  /** A print's aggressor is judged by the book before its message, not by a book within it. */
  #bid = Number.NEGATIVE_INFINITY;
  #ask = Number.POSITIVE_INFINITY;

  constructor(writer: TapeWriter, log: ImportLog) {
    this.#writer = writer;
    this.#log = log;
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
    else if (this.#snapshots === 0) this.#early += 1;
    else {
      const ask = side === SIDE_ASK ? 1 : 0;
      this.#writer.row(ROW_DEPTH, ask, price, size, type === CSV_SNAPSHOT ? META_SNAPSHOT : 0);
    }
  }

  /** Ends the last message; a recording of changes alone is refused, since nothing says what they change. */
  finish(sources: readonly CsvRows[]): void {
    this.#end();
    this.#log.count("level changes before the first snapshot, left out", this.#early);
    if (this.#snapshots > 0 || this.#early === 0) return;
    const was = `${this.#early} level changes and no snapshot`;
    const advice = "name the snapshot's value of the type column in the mapping";
    throw (sources[0] as CsvRows).refuse("a snapshot before the first change", was, advice);
  }

  #begin(): void {
    this.#log.heard(this.#received);
    let venueAt = this.#venue;
    if (this.#type === CSV_TRADE) {
      this.#bid = this.#writer.book.bestBid;
      this.#ask = this.#writer.book.bestAsk;
    } else {
      if (venueAt < this.#bookVenueAt)
        this.#log.count("books whose venue time stepped back, moved up");
      venueAt = Math.max(venueAt, this.#bookVenueAt);
      this.#bookVenueAt = venueAt;
      this.#log.count("books");
    }
    this.#writer.begin(venueAt, this.#received);
    if (this.#type !== CSV_SNAPSHOT) return;
    this.#snapshots += 1;
    this.#log.count("snapshots");
    this.#writer.row(ROW_CLEAR, 0, 0, 0, META_SNAPSHOT);
  }

  #end(): void {
    if (this.#source !== undefined) this.#writer.end();
  }

  #trade(side: number, price: number, size: number): void {
    this.#log.count("trades");
    const aggressor = side === SIDE_NONE ? this.#inferred(price) : side;
    if (aggressor === SIDE_NONE || aggressor === SIDE_UNTOLD) {
      this.#writer.row(ROW_TRADE_UNKNOWN, 0, price, size);
    } else this.#writer.row(ROW_TRADE, aggressor === SIDE_ASK ? 1 : 0, price, size);
  }

  #inferred(price: number): number {
    if (this.#bid < this.#ask && price >= this.#ask) {
      this.#log.count("trades taken for a buyer's by the book");
      return SIDE_BID;
    }
    if (this.#bid < this.#ask && price <= this.#bid) {
      this.#log.count("trades taken for a seller's by the book");
      return SIDE_ASK;
    }
    this.#log.count("trades whose aggressor is unknown");
    return SIDE_NONE;
  }
}
