// Compares the book rebuilt from diffs with the feed's own best bid and ask, wherever both speak of one update id.
// bookTicker runs ahead of depth: tickers wait until the book reaches their id, or passes it.

import type { ImportLog } from "../importing/import-report.ts";
import type { BookCheck } from "../tapes/book-check.ts";

/** Tickers that may wait: a minute at the busiest. The oldest give way, and are then not compared. */
const WAITING_MAX = 65_536;
const FIELDS = 5;

/** Best bid and ask of one message, in ticks and lots. */
export type Ticker = Readonly<{
  id: number;
  bidTicks: number;
  bidLots: number;
  askTicks: number;
  askLots: number;
}>;

export class BinanceTickerCheck {
  readonly #book: BookCheck;
  readonly #log: ImportLog;
  readonly #ring = new Float64Array(WAITING_MAX * FIELDS);
  #head = 0;
  #tail = 0;

  constructor(book: BookCheck, log: ImportLog) {
    this.#book = book;
    this.#log = log;
  }

  /** A ticker arrived while the book stands at `bookId` (−1: unknown). */
  ticker(ticker: Ticker, bookId: number): void {
    if (ticker.id < bookId) return;
    if (ticker.id === bookId) {
      this.#compare(ticker.bidTicks, ticker.bidLots, ticker.askTicks, ticker.askLots);
      return;
    }
    if (this.#tail - this.#head === WAITING_MAX) this.#head += 1;
    const at = (this.#tail % WAITING_MAX) * FIELDS;
    this.#ring[at] = ticker.id;
    this.#ring[at + 1] = ticker.bidTicks;
    this.#ring[at + 2] = ticker.bidLots;
    this.#ring[at + 3] = ticker.askTicks;
    this.#ring[at + 4] = ticker.askLots;
    this.#tail += 1;
  }

  /** The book stands at update `id`: compares a ticker of that id and forgets those before it. */
  bookAt(id: number): void {
    for (; this.#head < this.#tail; this.#head += 1) {
      const at = (this.#head % WAITING_MAX) * FIELDS;
      const tickerId = this.#ring[at] as number;
      if (tickerId > id) return;
      if (tickerId < id) continue;
      const [bidTicks = 0, bidLots = 0, askTicks = 0, askLots = 0] = this.#ring.subarray(
        at + 1,
        at + FIELDS,
      );
      this.#compare(bidTicks, bidLots, askTicks, askLots);
    }
  }

  #compare(bidTicks: number, bidLots: number, askTicks: number, askLots: number): void {
    const book = this.#book;
    this.#log.compared += 1;
    const agrees =
      bidTicks === book.bestBid &&
      bidLots === book.bestBidLots &&
      askTicks === book.bestAsk &&
      askLots === book.bestAskLots;
    if (agrees) this.#log.agreed += 1;
  }
}
