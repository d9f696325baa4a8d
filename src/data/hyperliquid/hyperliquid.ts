// Hyperliquid l2Book and trades, as recorded from the websocket or by the venue's archive, to a tape.
// Whole books become changes. What the venue replays on subscribing is history, not news, and is left out; after a
// silence the feed counts as broken: a gap is marked where it would have been noticed, and the next book stands whole.

import { OffGrid } from "../../domain/decimal.ts";
import { ROW_GAP, ROW_TRADE } from "../../domain/tape.ts";
import { DecimalGrid } from "../fields/decimal-grid.ts";
import type { ImportOptions, ImportResult } from "../importing/import-options.ts";
import { refuseOverwriting, reportProgress } from "../importing/import-options.ts";
import { ImportLog, importReport } from "../importing/import-report.ts";
import { RecordingFiles } from "../importing/recording-lines.ts";
import { TradeIds } from "../importing/trade-ids.ts";
import { TapeWriter } from "../tapes/tape-writer.ts";
import type {
  HyperliquidBest,
  HyperliquidBook,
  HyperliquidSubscription,
  HyperliquidTrade,
} from "./hyperliquid-messages.ts";
import type { HyperliquidImport, HyperliquidSurvey } from "./hyperliquid-survey.ts";
import { nothingOf, readHyperliquidLine, surveyHyperliquid } from "./hyperliquid-survey.ts";
import { SnapshotWindow } from "./hyperliquid-window.ts";

/** Name and version that stand in the header of what this importer makes. */
const HYPERLIQUID_IMPORTER = "hyperliquid-jsonl 1";

/** The slowest documented book cadence is 5 s (venues.md §1.7): twice that is no cadence. */
const SILENCE_US = 10_000_000;
const US_PER_MS = 1_000;
const OTHERS = "messages of other channels and coins";

/**
 * Imports a recording into one tape, reading it twice: grids and clocks first, rows then.
 * @throws {DataError} naming file, line, what was expected and what was found; then no tape is written.
 * @throws {ImportStopped} when told to stop.
 */
export async function importHyperliquid(options: HyperliquidImport): Promise<ImportResult> {
  const survey = await surveyHyperliquid(options);
  const instrument = { ...options.instrument, ...survey.grid };
  const told: ImportOptions = { ...options, instrument };
  refuseOverwriting(told.files, told.out);
  const files = new RecordingFiles(options.files);
  const reader = new HyperliquidReader(files, options, survey);
  try {
    await files.read(
      (bytes, from, to) => reader.line(bytes, from, to),
      (bytesRead) => {
        const { bytesTotal } = files;
        reportProgress(told, reader.writer.counts.rows, bytesTotal + bytesRead, 2 * bytesTotal);
      },
    );
    return reader.finish();
  } finally {
    reader.writer.abort();
  }
}

class HyperliquidReader {
  readonly writer: TapeWriter;
  readonly #files: RecordingFiles;
  readonly #options: HyperliquidImport;
  readonly #survey: HyperliquidSurvey;
  readonly #log: ImportLog;
  readonly #silenceUs: number;
  readonly #price: DecimalGrid;
  readonly #size: DecimalGrid;
  readonly #window = new SnapshotWindow();
  readonly #tradeIds = new TradeIds();
  #books = 0;
  /** The last bbo not yet compared. */
  #best: HyperliquidBest | undefined;
  #receivedAt = Number.NaN;
  /** Venue time of the book before, ms. */
  #bookAt = Number.NEGATIVE_INFINITY;
  /** Venue time, ms, of the first book since subscribing; Infinity until there is one: all trades are history. */
  #subscribedAt = Number.POSITIVE_INFINITY;

  constructor(files: RecordingFiles, options: HyperliquidImport, survey: HyperliquidSurvey) {
    const { grid, skew } = survey;
    this.#files = files;
    this.#options = options;
    this.#survey = survey;
    this.#log = new ImportLog(options.outageUs);
    this.#silenceUs = options.silenceUs ?? SILENCE_US;
    this.#price = new DecimalGrid(grid.tickSize);
    this.#size = new DecimalGrid(grid.lotSize);
    this.writer = new TapeWriter(options.out, {
      instrument: { ...options.instrument, ...grid },
      importer: HYPERLIQUID_IMPORTER,
      clockCorrectionUs: skew.correctionUs(options.baseLatencyUs),
      where: () => files.place,
    });
  }

  line(bytes: Uint8Array, from: number, to: number): void {
    const { receivedAt, message } = readHyperliquidLine(this.#files, bytes, from, to);
    this.#log.heard(receivedAt);
    if (receivedAt - this.#receivedAt > this.#silenceUs) this.#gap();
    this.#receivedAt = receivedAt;
    switch (message.channel) {
      case "l2Book":
        this.#book(message.data, receivedAt);
        return;
      case "trades":
        this.#trades(message.data, receivedAt);
        return;
      case "bbo":
        if (message.data.coin === this.#options.instrument.symbol) this.#best = message.data;
        this.#compare();
        return;
      case "subscriptionResponse":
        this.#subscribed(message.data.subscription);
        return;
      case "other":
        this.#log.count(OTHERS);
    }
  }

  finish(): ImportResult {
    const { out, baseLatencyUs, instrument } = this.#options;
    if (this.#books === 0) throw nothingOf(instrument.symbol, this.#files);
    for (const what of this.#survey.inferred) this.#log.count(what);
    const header = this.writer.finish({ sources: this.#files.sources });
    const clock = this.#survey.skew.describe(baseLatencyUs);
    return { header, report: importReport(this.#log, out, header, this.writer.counts, clock) };
  }

  #book(book: HyperliquidBook, receivedAt: number): void {
    if (book.coin !== this.#options.instrument.symbol) {
      this.#log.count(OTHERS);
      return;
    }
    if (book.time < this.#bookAt) {
      this.#log.staleDropped += 1;
      return;
    }
    this.#bookAt = book.time;
    if (this.#subscribedAt === Number.POSITIVE_INFINITY) this.#subscribedAt = book.time;
    const sides = [this.#side(book.levels[0]), this.#side(book.levels[1])] as const;
    this.#books += 1;
    this.#log.count("books");
    this.writer.begin(book.time * US_PER_MS, receivedAt);
    if (this.#window.write(this.writer, sides) === 0)
      this.#log.count("books equal to the one before");
    this.writer.end();
    this.#compare();
  }

  /** The feed's own best bid and ask against our book, where both speak of one time. They change nothing here. */
  #compare(): void {
    const best = this.#best;
    if (best === undefined || best.time !== this.#bookAt) return;
    this.#best = undefined;
    const { bestBid, bestBidLots, bestAsk, bestAskLots } = this.writer.book;
    const [bid, ask] = best.bbo;
    const same = (told: HyperliquidBest["bbo"][0], price: number, lots: number): boolean =>
      told === null
        ? lots === 0
        : this.#steps(this.#price, told.px) === price && this.#steps(this.#size, told.sz) === lots;
    this.#log.compared += 1;
    if (same(bid, bestBid, bestBidLots) && same(ask, bestAsk, bestAskLots)) this.#log.agreed += 1;
  }

  #side(levels: HyperliquidBook["levels"][0]): ReadonlyMap<number, number> {
    return new Map(
      levels.map(({ px, sz }) => [this.#steps(this.#price, px), this.#steps(this.#size, sz)]),
    );
  }

  /** One message a venue time: trades of a message mostly share it, and each keeps its own place in the venue's order. */
  #trades(trades: readonly HyperliquidTrade[], receivedAt: number): void {
    let openAt = Number.NaN;
    for (const trade of trades) {
      if (!this.#isNews(trade)) continue;
      if (trade.time !== openAt) {
        if (!Number.isNaN(openAt)) this.writer.end();
        openAt = trade.time;
        this.writer.begin(openAt * US_PER_MS, receivedAt);
      }
      const seller = trade.side === "A" ? 1 : 0;
      const price = this.#steps(this.#price, trade.px);
      this.writer.row(ROW_TRADE, seller, price, this.#steps(this.#size, trade.sz));
      this.#log.count("trades");
    }
    if (!Number.isNaN(openAt)) this.writer.end();
  }

  #isNews(trade: HyperliquidTrade): boolean {
    if (trade.coin !== this.#options.instrument.symbol) {
      this.#log.count(OTHERS);
      return false;
    }
    if (trade.time < this.#subscribedAt) {
      this.#log.count("trades replayed on subscribing");
      this.#log.staleDropped += 1;
      return false;
    }
    if (this.#tradeIds.isNew(trade.tid)) return true;
    this.#log.duplicatesDropped += 1;
    return false;
  }

  /** The feed was silent: marked where a watchdog of `silenceUs` would have noticed. */
  #gap(): void {
    const { bookAt, silenceUs } = { bookAt: this.#bookAt, silenceUs: this.#silenceUs };
    if (bookAt > Number.NEGATIVE_INFINITY) {
      this.writer.begin(bookAt * US_PER_MS + silenceUs, this.#receivedAt + silenceUs);
      this.writer.row(ROW_GAP, 0, 0, 0);
      this.writer.end();
      this.#log.gap(this.#receivedAt + silenceUs, `nothing was received for ${silenceUs / 1e6} s`);
    }
    this.#resubscribed();
  }

  /** The next book stands whole; trades from before it are history. */
  #resubscribed(): void {
    this.#window.forget();
    this.#subscribedAt = Number.POSITIVE_INFINITY;
  }

  /** Each channel is acknowledged by itself, in any order; trades from before the book we have are history. */
  #subscribed(subscription: HyperliquidSubscription): void {
    if (subscription.type === "l2Book") this.#resubscribed();
    if (subscription.type !== "trades" || this.#bookAt === Number.NEGATIVE_INFINITY) return;
    if (this.#subscribedAt < this.#bookAt) this.#subscribedAt = this.#bookAt;
  }

  #steps(grid: DecimalGrid, text: string): number {
    try {
      return grid.stepsOf(text);
    } catch (error) {
      if (!(error instanceof OffGrid)) throw error;
      const advice = "give a finer tick or lot size, or leave them out";
      throw this.#files.error(`a multiple of ${grid.step}`, text, advice, error);
    }
  }
}
