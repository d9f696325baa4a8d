// Lighter order book, trades and mark price, as recorded from the websocket, to a tape.
// Book changes must chain: where they do not, the tape carries a gap and nothing of the book until the next snapshot,
// since changes to an unknown book are worth nothing. Trades replayed on subscribing are history and are left out.

import { OffGrid } from "../../domain/decimal.ts";
import {
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_GAP,
  ROW_MARK,
  ROW_TRADE,
} from "../../domain/tape.ts";
import { DataError } from "../data-error.ts";
import { DecimalGrid } from "../fields/decimal-grid.ts";
import type { ImportOptions, ImportResult } from "../importing/import-options.ts";
import { refuseOverwriting, reportProgress } from "../importing/import-options.ts";
import { ImportLog, importReport } from "../importing/import-report.ts";
import { RecordingFiles } from "../importing/recording-lines.ts";
import { TradeIds } from "../importing/trade-ids.ts";
import { ClockSkew } from "../tapes/clock-skew.ts";
import { TapeWriter } from "../tapes/tape-writer.ts";
import type { EntryPlace } from "./lighter-entries.ts";
import { readLighterEntries } from "./lighter-entries.ts";
import type { LighterBook, LighterEntry, LighterTrade } from "./lighter-messages.ts";

/** Name and version that stand in the header of what this importer makes. */
const LIGHTER_IMPORTER = "lighter-ws 1";

/** The instrument's tick and lot are the market's price_decimals and size_decimals. */
export type LighterImport = ImportOptions &
  Readonly<{
    /** The market's number at the venue; left out, the first one seen. Others are passed over, and counted. */
    marketId?: number;
  }>;

const US_PER_MS = 1_000;
const NO_BOOK = "book changes without a book to apply them to, left out";

/**
 * Imports a recording into one tape, reading it twice: clocks first, rows then.
 * @throws {DataError} naming file, entry, what was expected and what was found; then no tape is written.
 * @throws {ImportStopped} when told to stop.
 */
export async function importLighter(options: LighterImport): Promise<ImportResult> {
  refuseOverwriting(options.files, options.out);
  const skew = await clocksOf(options.files);
  const files = new RecordingFiles(options.files);
  const reader = new LighterReader(files, options, skew);
  try {
    await readLighterEntries(
      files,
      (entry, place) => reader.take(entry, place),
      (bytesRead) => {
        const { bytesTotal } = files;
        reportProgress(options, reader.writer.counts.rows, bytesTotal + bytesRead, 2 * bytesTotal);
      },
    );
    return reader.finish();
  } finally {
    reader.writer.abort();
  }
}

async function clocksOf(paths: readonly string[]): Promise<ClockSkew> {
  const skew = new ClockSkew();
  await readLighterEntries(
    new RecordingFiles(paths),
    ({ receivedAt, message }) => {
      if (message === undefined) return;
      if ("order_book" in message) skew.see(message.timestamp * US_PER_MS, receivedAt);
      if (!("trades" in message)) return;
      for (const { timestamp } of message.trades ?? []) skew.see(timestamp * US_PER_MS, receivedAt);
    },
    () => undefined,
  );
  return skew;
}

class LighterReader {
  readonly writer: TapeWriter;
  readonly #files: RecordingFiles;
  readonly #options: LighterImport;
  readonly #skew: ClockSkew;
  readonly #log: ImportLog;
  readonly #price: DecimalGrid;
  readonly #size: DecimalGrid;
  readonly #tradeIds = new TradeIds();
  #market: string | undefined;
  #place: EntryPlace;
  /** The book before, while there is one. */
  #book: LighterBook | undefined;
  #snapshots = 0;
  #venueAt = 0;
  #mark: number | undefined;

  constructor(files: RecordingFiles, options: LighterImport, skew: ClockSkew) {
    const { instrument, out, marketId, baseLatencyUs, outageUs } = options;
    this.#files = files;
    this.#options = options;
    this.#skew = skew;
    this.#log = new ImportLog(outageUs);
    this.#place = files.place;
    this.#market = marketId === undefined ? undefined : String(marketId);
    this.#price = new DecimalGrid(instrument.tickSize);
    this.#size = new DecimalGrid(instrument.lotSize);
    this.writer = new TapeWriter(out, {
      instrument,
      importer: LIGHTER_IMPORTER,
      clockCorrectionUs: skew.correctionUs(baseLatencyUs),
      where: () => this.#place,
    });
  }

  take({ receivedAt, message }: LighterEntry, place: EntryPlace): void {
    this.#place = place;
    this.#log.heard(receivedAt);
    if (message === undefined || !this.#isOurs(message.channel)) {
      this.#log.count("messages of other channels and markets");
      return;
    }
    switch (message.type) {
      case "subscribed/order_book":
        this.#snapshot(message.order_book, message.timestamp, receivedAt);
        return;
      case "update/order_book":
        this.#update(message.order_book, message.timestamp, receivedAt);
        return;
      case "subscribed/trade":
        this.#history([...(message.trades ?? []), ...(message.liquidation_trades ?? [])]);
        return;
      case "update/trade":
        this.#trades(
          [...(message.trades ?? []), ...(message.liquidation_trades ?? [])],
          receivedAt,
        );
        return;
      case "subscribed/market_stats":
      case "update/market_stats":
        this.#markPrice(message.market_stats.mark_price, receivedAt);
    }
  }

  finish(): ImportResult {
    if (this.#snapshots === 0) {
      const advice = "start the recording before subscribing, so that it holds the first book";
      throw this.#refuse("a subscribed/order_book message", "none", advice);
    }
    const { out, baseLatencyUs } = this.#options;
    const header = this.writer.finish({ sources: this.#files.sources });
    const clock = this.#skew.describe(baseLatencyUs);
    const report = importReport(this.#log, out, header, this.writer.counts, clock);
    return { header, report };
  }

  /** The market is what stands behind the colon. */
  #isOurs(channel: string): boolean {
    const market = channel.split(":")[1];
    if (market === undefined) return false;
    this.#market ??= market;
    return market === this.#market;
  }

  #snapshot(book: LighterBook, timestamp: number, receivedAt: number): void {
    this.#snapshots += 1;
    this.#log.count("snapshots");
    this.#book = book;
    this.#beginBook(timestamp, receivedAt);
    this.writer.row(ROW_CLEAR, 0, 0, 0, META_SNAPSHOT);
    this.#levels(book, META_SNAPSHOT);
    this.writer.end();
  }

  #update(book: LighterBook, timestamp: number, receivedAt: number): void {
    const before = this.#book;
    if (before === undefined) {
      this.#log.count(NO_BOOK);
      return;
    }
    if (book.offset <= before.offset) {
      this.#log.duplicatesDropped += 1;
      return;
    }
    this.#beginBook(timestamp, receivedAt);
    if (!continues(before, book)) {
      const places = `${before.offset} → ${book.offset}`;
      this.#log.gap(receivedAt, `order book offsets ${places}: no book until the next snapshot`);
      this.#log.count(NO_BOOK);
      this.#book = undefined;
      this.writer.row(ROW_GAP, 0, 0, 0);
    } else {
      this.#log.count("book changes");
      this.#book = book;
      this.#levels(book, 0);
    }
    this.writer.end();
  }

  /** Changes add up in the order of their offsets: a clock that steps back must not reorder them. */
  #beginBook(timestamp: number, receivedAt: number): void {
    this.#venueAt = Math.max(this.#venueAt, timestamp * US_PER_MS);
    this.writer.begin(this.#venueAt, receivedAt);
  }

  #levels(book: LighterBook, extraMeta: number): void {
    for (const { price, size } of book.bids) {
      const ticks = this.#steps(this.#price, price);
      this.writer.row(ROW_DEPTH, 0, ticks, this.#steps(this.#size, size), extraMeta);
    }
    for (const { price, size } of book.asks) {
      const ticks = this.#steps(this.#price, price);
      this.writer.row(ROW_DEPTH, 1, ticks, this.#steps(this.#size, size), extraMeta);
    }
  }

  #history(trades: readonly LighterTrade[]): void {
    this.#log.staleDropped += trades.length;
    for (const { trade_id } of trades) this.#tradeIds.isNew(trade_id);
  }

  #trades(trades: readonly LighterTrade[], receivedAt: number): void {
    const fresh = trades.filter((trade) => {
      const isNew = this.#tradeIds.isNew(trade.trade_id);
      if (!isNew) this.#log.duplicatesDropped += 1;
      return isNew;
    });
    let openAt: number | undefined;
    for (const { timestamp, price, size, is_maker_ask } of fresh) {
      if (timestamp !== openAt) {
        if (openAt !== undefined) this.writer.end();
        openAt = timestamp;
        this.writer.begin(timestamp * US_PER_MS, receivedAt);
      }
      const seller = is_maker_ask ? 0 : 1;
      const ticks = this.#steps(this.#price, price);
      this.writer.row(ROW_TRADE, seller, ticks, this.#steps(this.#size, size));
      this.#log.count("trades");
    }
    if (openAt !== undefined) this.writer.end();
  }

  /** market_stats carries no venue time: it is given that of the last book, the latest the venue can be known to say. */
  #markPrice(price: string, receivedAt: number): void {
    if (this.#venueAt === 0) return;
    let ticks: number;
    try {
      ticks = this.#price.stepsOf(price);
    } catch {
      this.#log.count("mark prices between two ticks, left out");
      return;
    }
    if (ticks === this.#mark) return;
    this.#mark = ticks;
    this.#log.count("mark prices");
    this.writer.begin(this.#venueAt, receivedAt);
    this.writer.row(ROW_MARK, 0, ticks, 0);
    this.writer.end();
  }

  #steps(grid: DecimalGrid, text: string): number {
    try {
      return grid.stepsOf(text);
    } catch (error) {
      if (!(error instanceof OffGrid)) throw error;
      const advice = "give the market's own tick and lot size (price_decimals, size_decimals)";
      throw this.#refuse(`a multiple of ${grid.step}`, text, advice);
    }
  }

  #refuse(expected: string, was: string, advice: string): DataError {
    return new DataError({ ...this.#place, expected, was, advice });
  }
}

/** By nonce where the venue tells where a change begins (offsets then differ between servers), by offset otherwise. */
function continues(before: LighterBook, book: LighterBook): boolean {
  if (book.begin_nonce !== undefined && before.nonce !== undefined) {
    return book.begin_nonce === before.nonce;
  }
  return book.offset === before.offset + 1;
}
