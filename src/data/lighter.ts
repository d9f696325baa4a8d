// Lighter order book, trades and mark price, as recorded from the websocket, to a tape.
// Book changes must chain: where they do not, the tape carries a gap and nothing of the book until the next snapshot,
// since changes to an unknown book are worth nothing. Trades replayed on subscribing are history and are left out.

import { basename } from "node:path";
import { OffGrid } from "../domain/decimal.ts";
import type { InstrumentSpec } from "../domain/instrument.ts";
import type { TapeHeader } from "../domain/tape.ts";
import {
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_GAP,
  ROW_MARK,
  ROW_TRADE,
} from "../domain/tape.ts";
import { DecimalGrid } from "./csv-generic-decimal.ts";
import { DataError } from "./data-error.ts";
import { readLighterEntries } from "./lighter-entries.ts";
import type { LighterBook, LighterEntry, LighterTrade } from "./lighter-messages.ts";
import type { TapeCounts } from "./tape-writer.ts";
import { TapeWriter } from "./tape-writer.ts";
import { TradeIds } from "./trade-ids.ts";

/** Name and version that stand in the header of what this importer makes. */
export const LIGHTER_IMPORTER = "lighter-ws 1";

export type LighterImport = Readonly<{
  /** Files of one recording in order. */
  inputs: readonly string[];
  output: string;
  /** Tick and lot are the market's price_decimals and size_decimals. */
  instrument: InstrumentSpec;
  /** The market's number at the venue; left out, the first one seen. Others are passed over, and counted. */
  marketId?: number;
}>;

/** What was read, concluded and repaired. */
export type LighterImportReport = TapeCounts &
  Readonly<{
    snapshots: number;
    /** Changes taken; `firstOffset` to `lastOffset` of the book's messages. */
    updates: number;
    firstOffset: number | undefined;
    lastOffset: number | undefined;
    /** Places where the chain of changes breaks, and messages missing there as far as offsets tell. */
    gaps: number;
    missingMessages: number;
    /** Changes after a gap, before a snapshot: no book to apply them to, left out. */
    updatesWithoutBook: number;
    /** Changes the book already had: left out. */
    repeatedUpdates: number;
    trades: number;
    /** Replayed on subscribing, left out; and trades whose id was seen before. */
    historicTrades: number;
    repeatedTrades: number;
    marks: number;
    /** Mark prices between two ticks: a tape has no place for them. */
    marksOffGrid: number;
    otherMessages: number;
  }>;

const US_PER_MS = 1_000;

/**
 * Imports a recording into one tape.
 * @throws {DataError} naming file, entry, what was expected and what was found; then no tape is written.
 */
export async function importLighter(
  options: LighterImport,
): Promise<Readonly<{ header: TapeHeader; report: LighterImportReport }>> {
  const reader = new LighterReader(options);
  const sources: { file: string; sha256: string }[] = [];
  try {
    for (const file of options.inputs) {
      reader.file = file;
      const { sha256 } = await readLighterEntries(file, (entry, number) =>
        reader.take(entry, number),
      );
      sources.push({ file: basename(file), sha256 });
    }
    return reader.finish(sources);
  } finally {
    reader.writer.abort();
  }
}

class LighterReader {
  file = "";
  readonly writer: TapeWriter;
  readonly #price: DecimalGrid;
  readonly #size: DecimalGrid;
  readonly #tradeIds = new TradeIds();
  readonly #counts = {
    snapshots: 0,
    updates: 0,
    gaps: 0,
    missingMessages: 0,
    updatesWithoutBook: 0,
    repeatedUpdates: 0,
    trades: 0,
    historicTrades: 0,
    repeatedTrades: 0,
    marks: 0,
    marksOffGrid: 0,
    otherMessages: 0,
  };
  #market: string | undefined;
  #entry = 0;
  /** The book before, while there is one. */
  #book: LighterBook | undefined;
  #firstOffset: number | undefined;
  #lastOffset: number | undefined;
  #venueAt = 0;
  #mark: number | undefined;

  constructor(options: LighterImport) {
    const { instrument, output, marketId } = options;
    this.#market = marketId === undefined ? undefined : String(marketId);
    this.#price = new DecimalGrid(instrument.tickSize);
    this.#size = new DecimalGrid(instrument.lotSize);
    this.writer = new TapeWriter(output, {
      instrument,
      importer: LIGHTER_IMPORTER,
      where: () => ({ file: this.file, line: this.#entry }),
    });
  }

  take({ receivedAt, message }: LighterEntry, entry: number): void {
    this.#entry = entry;
    if (message === undefined || !this.#isOurs(message.channel)) {
      this.#counts.otherMessages += 1;
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

  finish(sources: readonly { file: string; sha256: string }[]) {
    if (this.#counts.snapshots === 0) {
      const advice = "start the recording before subscribing, so that it holds the first book";
      throw this.#refuse("a subscribed/order_book message", "none", advice);
    }
    const header = this.writer.finish({ sources });
    const report: LighterImportReport = {
      ...this.writer.counts,
      ...this.#counts,
      firstOffset: this.#firstOffset,
      lastOffset: this.#lastOffset,
    };
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
    this.#counts.snapshots += 1;
    this.#chained(book);
    this.#beginBook(timestamp, receivedAt);
    this.writer.row(ROW_CLEAR, 0, 0, 0, META_SNAPSHOT);
    this.#levels(book, META_SNAPSHOT);
    this.writer.end();
  }

  #update(book: LighterBook, timestamp: number, receivedAt: number): void {
    const before = this.#book;
    const counts = this.#counts;
    if (before === undefined) {
      counts.updatesWithoutBook += 1;
      return;
    }
    if (book.offset <= before.offset) {
      counts.repeatedUpdates += 1;
      return;
    }
    this.#beginBook(timestamp, receivedAt);
    if (!continues(before, book)) {
      counts.gaps += 1;
      counts.missingMessages += book.offset - before.offset - 1;
      counts.updatesWithoutBook += 1;
      this.#book = undefined;
      this.writer.row(ROW_GAP, 0, 0, 0);
    } else {
      counts.updates += 1;
      this.#chained(book);
      this.#levels(book, 0);
    }
    this.writer.end();
  }

  #chained(book: LighterBook): void {
    this.#book = book;
    this.#firstOffset ??= book.offset;
    this.#lastOffset = book.offset;
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
    this.#counts.historicTrades += trades.length;
    for (const { trade_id } of trades) this.#tradeIds.isNew(trade_id);
  }

  #trades(trades: readonly LighterTrade[], receivedAt: number): void {
    const fresh = trades.filter((trade) => {
      const isNew = this.#tradeIds.isNew(trade.trade_id);
      if (!isNew) this.#counts.repeatedTrades += 1;
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
      this.#counts.trades += 1;
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
      this.#counts.marksOffGrid += 1;
      return;
    }
    if (ticks === this.#mark) return;
    this.#mark = ticks;
    this.#counts.marks += 1;
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
    return new DataError({ file: this.file, line: this.#entry, expected, was, advice });
  }
}

/** By nonce where the venue tells where a change begins (offsets then differ between servers), by offset otherwise. */
function continues(before: LighterBook, book: LighterBook): boolean {
  if (book.begin_nonce !== undefined && before.nonce !== undefined) {
    return book.begin_nonce === before.nonce;
  }
  return book.offset === before.offset + 1;
}
