// Hyperliquid l2Book and trades, as recorded from the websocket or by the venue's archive, to a tape.
// Whole books become changes. What the venue replays on subscribing is history, not news, and is left out; after a
// silence the feed counts as broken: a gap is marked where it would have been noticed, and the next book stands whole.

import { basename } from "node:path";
import { OffGrid } from "../domain/decimal.ts";
import type { InstrumentSpec } from "../domain/instrument.ts";
import type { TapeHeader } from "../domain/tape.ts";
import { ROW_GAP, ROW_TRADE } from "../domain/tape.ts";
import { DecimalGrid } from "./csv-generic-decimal.ts";
import { readLines } from "./csv-generic-lines.ts";
import { DataError } from "./data-error.ts";
import type {
  HyperliquidBook,
  HyperliquidSubscription,
  HyperliquidTrade,
} from "./hyperliquid-messages.ts";
import type { HyperliquidGrid } from "./hyperliquid-survey.ts";
import { nothingOf, readHyperliquidLine, surveyHyperliquid } from "./hyperliquid-survey.ts";
import { SnapshotWindow } from "./hyperliquid-window.ts";
import type { TapeCounts } from "./tape-writer.ts";
import { TapeWriter } from "./tape-writer.ts";
import { TradeIds } from "./trade-ids.ts";

/** Name and version that stand in the header of what this importer makes. */
export const HYPERLIQUID_IMPORTER = "hyperliquid-jsonl 1";

export type HyperliquidImport = Readonly<{
  /** Files of one recording in order, plain or gzip. */
  inputs: readonly string[];
  output: string;
  /**
   * The symbol is the coin; messages about other coins are passed over. Tick and lot may be left out: then they are
   * the greatest common divisors of the recording (the venue's own rule depends on the price: 5 significant figures).
   */
  instrument: Omit<InstrumentSpec, "tickSize" | "lotSize"> &
    Readonly<{ tickSize?: string; lotSize?: string }>;
  /** A feed that is silent this long is taken for broken, µs. */
  silenceUs?: number;
}>;

/** What was read, concluded and repaired. */
export type HyperliquidImportReport = TapeCounts &
  Readonly<{
    books: number;
    trades: number;
    /** Books equal to the one before: no row. */
    repeatedBooks: number;
    /** Books older than the one before them by the venue's clock: left out. */
    staleBooks: number;
    /** Trades from before the subscription's first book: replayed by the venue, left out. */
    historicTrades: number;
    /** Trades whose id was seen before: left out. */
    repeatedTrades: number;
    gaps: number;
    /** Messages of other channels and coins, passed over. */
    otherMessages: number;
    inferred: readonly string[];
  }>;

/** The slowest documented book cadence is 5 s (venues.md §1.7): twice that is no cadence. */
const SILENCE_US = 10_000_000;
const US_PER_MS = 1_000;

/**
 * Imports a recording into one tape.
 * @throws {DataError} naming file, line, what was expected and what was found; then no tape is written.
 */
export async function importHyperliquid(
  options: HyperliquidImport,
): Promise<Readonly<{ header: TapeHeader; report: HyperliquidImportReport }>> {
  const { grid, inferred } = await surveyHyperliquid(options);
  const reader = new HyperliquidReader(options, grid);
  const sources: { file: string; sha256: string }[] = [];
  try {
    for (const file of options.inputs) {
      reader.file = file;
      const { sha256 } = await readLines(file, (bytes, from, to, line) =>
        reader.line(bytes, from, to, line),
      );
      sources.push({ file: basename(file), sha256 });
    }
    return reader.finish(sources, inferred);
  } finally {
    reader.writer.abort();
  }
}

class HyperliquidReader {
  file = "";
  readonly writer: TapeWriter;
  readonly #instrument: InstrumentSpec;
  readonly #silenceUs: number;
  readonly #price: DecimalGrid;
  readonly #size: DecimalGrid;
  readonly #window = new SnapshotWindow();
  readonly #tradeIds = new TradeIds();
  readonly #counts = {
    books: 0,
    trades: 0,
    repeatedBooks: 0,
    staleBooks: 0,
    historicTrades: 0,
    repeatedTrades: 0,
    gaps: 0,
    otherMessages: 0,
  };
  #line = 0;
  #receivedAt = Number.NaN;
  #bookAt = Number.NEGATIVE_INFINITY;
  /** Venue time, ms, of the first book since subscribing; Infinity until there is one: all trades are history. */
  #subscribedAt = Number.POSITIVE_INFINITY;

  constructor(options: HyperliquidImport, grid: HyperliquidGrid) {
    this.#instrument = { ...options.instrument, ...grid };
    this.#silenceUs = options.silenceUs ?? SILENCE_US;
    this.#price = new DecimalGrid(grid.tickSize);
    this.#size = new DecimalGrid(grid.lotSize);
    this.writer = new TapeWriter(options.output, {
      instrument: this.#instrument,
      importer: HYPERLIQUID_IMPORTER,
      where: () => ({ file: this.file, line: this.#line }),
    });
  }

  line(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.#line = line;
    const { receivedAt, message } = readHyperliquidLine(this.file, line, bytes, from, to);
    if (receivedAt - this.#receivedAt > this.#silenceUs) this.#gap();
    this.#receivedAt = receivedAt;
    switch (message.channel) {
      case "l2Book":
        this.#book(message.data, receivedAt);
        return;
      case "trades":
        this.#trades(message.data, receivedAt);
        return;
      case "subscriptionResponse":
        this.#subscribed(message.data.subscription);
        return;
      case "other":
        this.#counts.otherMessages += 1;
    }
  }

  finish(sources: readonly { file: string; sha256: string }[], inferred: readonly string[]) {
    const counts = this.#counts;
    if (counts.books === 0) throw nothingOf(this.#instrument.symbol, this.file);
    const header = this.writer.finish({ sources });
    const report: HyperliquidImportReport = { ...this.writer.counts, ...counts, inferred };
    return { header, report };
  }

  #book(book: HyperliquidBook, receivedAt: number): void {
    const counts = this.#counts;
    if (book.coin !== this.#instrument.symbol) {
      counts.otherMessages += 1;
      return;
    }
    if (book.time < this.#bookAt) {
      counts.staleBooks += 1;
      return;
    }
    this.#bookAt = book.time;
    if (this.#subscribedAt === Number.POSITIVE_INFINITY) this.#subscribedAt = book.time;
    const sides = [this.#side(book.levels[0]), this.#side(book.levels[1])] as const;
    counts.books += 1;
    this.writer.begin(book.time * US_PER_MS, receivedAt);
    if (this.#window.write(this.writer, sides) === 0) counts.repeatedBooks += 1;
    this.writer.end();
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
      this.#counts.trades += 1;
    }
    if (!Number.isNaN(openAt)) this.writer.end();
  }

  #isNews(trade: HyperliquidTrade): boolean {
    const counts = this.#counts;
    if (trade.coin !== this.#instrument.symbol) {
      counts.otherMessages += 1;
      return false;
    }
    if (trade.time < this.#subscribedAt) {
      counts.historicTrades += 1;
      return false;
    }
    if (this.#tradeIds.isNew(trade.tid)) return true;
    counts.repeatedTrades += 1;
    return false;
  }

  /** The feed was silent: marked where a watchdog of `silenceUs` would have noticed. */
  #gap(): void {
    const { bookAt, silenceUs } = { bookAt: this.#bookAt, silenceUs: this.#silenceUs };
    if (bookAt > Number.NEGATIVE_INFINITY) {
      this.writer.begin(bookAt * US_PER_MS + silenceUs, this.#receivedAt + silenceUs);
      this.writer.row(ROW_GAP, 0, 0, 0);
      this.writer.end();
      this.#counts.gaps += 1;
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
      throw new DataError({
        file: this.file,
        line: this.#line,
        expected: `a multiple of ${grid.step}`,
        was: text,
        advice: "give a finer tick or lot size, or leave them out",
      });
    }
  }
}
