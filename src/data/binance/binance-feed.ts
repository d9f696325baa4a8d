// Binance messages, however they were recorded, to a tape: book, prints and the check against bookTicker.
// The importers above it know files; this knows the venue.

import { OffGrid } from "../../domain/decimal.ts";
import { textBetween } from "../fields/decimal-text.ts";
import type { ImportOptions, ImportResult } from "../importing/import-options.ts";
import { ImportLog, importReport } from "../importing/import-report.ts";
import type { RecordingFiles } from "../importing/recording-lines.ts";
import { TapeWriter } from "../tapes/tape-writer.ts";
import { BinanceBook } from "./binance-book.ts";
import {
  BinanceScanner,
  EVENT_AGG_TRADE,
  EVENT_BOOK_TICKER,
  EVENT_DEPTH,
  EVENT_SNAPSHOT,
  EVENT_TRADE,
  MALFORMED,
} from "./binance-scan.ts";
import { BinanceTickerCheck } from "./binance-ticker-check.ts";
import { BinanceTrades } from "./binance-trades.ts";

const KEY_BID = 0x62;
const KEY_BID_SIZE = 0x42;
const KEY_ASK = 0x61;
const KEY_ASK_SIZE = 0x41;
const KEY_SYMBOL = 0x73;
/** Times above this are µs (spot, from 2025); below, ms. As ms it would be the year 5138. */
const MICROSECONDS_FROM = 100_000_000_000_000;

export class BinanceFeed {
  readonly scanner: BinanceScanner;
  readonly log: ImportLog;
  readonly writer: TapeWriter;
  readonly book: BinanceBook;
  /** Venue time of the last message that had one, µs. */
  lastVenueAt = 0;
  readonly #options: ImportOptions;
  readonly #files: RecordingFiles;
  readonly #trades: BinanceTrades;
  readonly #check: BinanceTickerCheck;
  readonly #symbol: Uint8Array;
  #otherSymbol = "";

  constructor(options: ImportOptions, files: RecordingFiles, importer: string) {
    const { instrument } = options;
    this.#options = options;
    this.#files = files;
    this.scanner = new BinanceScanner(instrument.tickSize, instrument.lotSize);
    this.log = new ImportLog(options.outageUs);
    this.#symbol = Buffer.from(instrument.symbol, "latin1");
    const where = () => files.place;
    this.writer = new TapeWriter(options.out, { instrument, importer, where });
    this.#trades = new BinanceTrades(this.writer, this.log);
    this.#check = new BinanceTickerCheck(this.writer.book, this.log);
    this.book = new BinanceBook(this.writer, this.log, (id) => this.#check.bookAt(id));
  }

  /** Reads the message at `from`, leaving it in the scanner; returns the place behind it. @throws {DataError} */
  read(bytes: Uint8Array, from: number, to: number): number {
    let end: number;
    try {
      end = this.scanner.scan(bytes, from, to);
    } catch (error) {
      throw this.#refused(error);
    }
    if (end !== MALFORMED) return end;
    const advice = "give a recording of Binance messages, or name its format";
    throw this.#files.error("a Binance message in JSON", textBetween(bytes, from, to), advice);
  }

  /** Takes the message in the scanner. @throws {DataError} */
  take(bytes: Uint8Array, receivedAt: number): void {
    this.log.heard(receivedAt);
    try {
      this.#takeEvent(bytes, receivedAt);
    } catch (error) {
      throw this.#refused(error);
    }
  }

  /** When the engine did it (T), else when it was sent (E), µs. @throws {DataError} when the message has neither. */
  venueTime(): number {
    const { transactionTime, eventTime } = this.scanner;
    const time = transactionTime === 0 ? eventTime : transactionTime;
    if (time === 0) {
      const advice = "give a recording of Binance messages as they came";
      throw this.#files.error("a message with its time, T or E", undefined, advice);
    }
    this.lastVenueAt = time > MICROSECONDS_FROM ? time : time * 1_000;
    return this.lastVenueAt;
  }

  /** Ends the tape. @throws {DataError} when the recording held nothing that could be used. */
  finish(clock?: string): ImportResult {
    const { book, writer, log } = this;
    // A REST snapshot names no symbol: among messages of other symbols only, it is theirs.
    const snapshots = this.#otherSymbol === "" ? book.snapshots : 0;
    if (this.#trades.count === 0 && book.diffs === 0 && snapshots === 0) {
      const was = this.#otherSymbol === "" ? "none" : this.#otherSymbol;
      const { symbol } = this.#options.instrument;
      throw this.#files.error(`messages of ${symbol}`, was, "check the symbol and the format");
    }
    if (book.diffs > 0 && book.snapshots === 0) {
      const advice = "give the file that holds the snapshot as well, in the order of recording";
      throw this.#files.error("a REST snapshot that the depth diffs follow", "none", advice);
    }
    log.count("depth diffs", book.diffs);
    log.count("snapshots", book.snapshots);
    log.count("trades", this.#trades.count);
    const base = this.#options.baseLatencyUs;
    const clockCorrectionUs = writer.skew.correctionUs(base);
    const header = writer.finish({ sources: this.#files.sources, clockCorrectionUs });
    const said = clock ?? writer.skew.describe(base);
    return { header, report: importReport(log, this.#options.out, header, writer.counts, said) };
  }

  #takeEvent(bytes: Uint8Array, receivedAt: number): void {
    const { event } = this.scanner;
    if (event === EVENT_SNAPSHOT) this.#takeSnapshot(receivedAt);
    else if (!this.#isOurs(bytes)) this.log.count("messages of other symbols left out");
    else if (event === EVENT_DEPTH) this.book.diff(this.scanner, this.venueTime(), receivedAt);
    else if (event === EVENT_BOOK_TICKER) this.#takeTicker(bytes);
    else if (event === EVENT_TRADE || event === EVENT_AGG_TRADE) {
      this.#trades.trade(this.scanner, bytes, this.venueTime(), receivedAt);
    } else this.log.count("messages of other streams left out");
  }

  #takeSnapshot(receivedAt: number): void {
    const { transactionTime, eventTime, finalId } = this.scanner;
    const last = this.lastVenueAt === 0 ? receivedAt : this.lastVenueAt;
    // Spot's snapshot carries no time.
    const timed = transactionTime !== 0 || eventTime !== 0;
    const venueAt = timed ? this.venueTime() : this.book.venueTimeAt(finalId, last);
    this.book.snapshot(this.scanner, venueAt, receivedAt);
  }

  #takeTicker(bytes: Uint8Array): void {
    const { scanner } = this;
    const ticker = {
      id: scanner.finalId,
      bidTicks: scanner.ticksOf(bytes, KEY_BID),
      bidLots: scanner.lotsOf(bytes, KEY_BID_SIZE),
      askTicks: scanner.ticksOf(bytes, KEY_ASK),
      askLots: scanner.lotsOf(bytes, KEY_ASK_SIZE),
    };
    this.#check.ticker(ticker, this.book.lastId);
  }

  #isOurs(bytes: Uint8Array): boolean {
    if (this.scanner.isText(bytes, KEY_SYMBOL, this.#symbol)) return true;
    const { textFrom, textTo } = this.scanner;
    const from = textFrom[KEY_SYMBOL] as number;
    if (from >= 0) this.#otherSymbol = textBetween(bytes, from, textTo[KEY_SYMBOL] as number);
    return false;
  }

  /** A value off its grid becomes an error with its place; any other error stays what it is. */
  #refused(error: unknown): unknown {
    if (!(error instanceof OffGrid)) return error;
    const expected = `a multiple of ${error.grid}`;
    const advice = "check tick and lot size: they are those of the recording's date";
    return this.#files.error(expected, error.value, advice, error);
  }
}
