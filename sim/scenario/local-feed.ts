// What a bot sees of one instrument: the same tape as the exchange, by receive time, and the moments to wake it.
// The book is brought up to date only when somebody reads it, and at the end of each bar that is wanted.

import type { Event } from "../../src/domain/event.ts";
import {
  META_ASK,
  META_KIND,
  ROW_CLEAR,
  ROW_GAP,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type {
  InstrumentId,
  PriceTicks,
  Side,
  SizeLots,
  TimeUs,
  VenueId,
} from "../../src/domain/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Want } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { Level } from "../../src/ports/view.ts";
import type { RowWatcher } from "../exchange/book-cursor.ts";
import { BookCursor, WATCH_NO_ASK, WATCH_NO_BID } from "../exchange/book-cursor.ts";
import type { SideCode } from "../exchange/level-book.ts";
import { BookWake } from "./book-wake.ts";
import type { Deliver, Feed } from "./feed.ts";
import type { PrintBars } from "./print-bars.ts";
import { printBarsOf } from "./print-bars.ts";
import { toldAt } from "./told-at.ts";

export class LocalFeed implements Feed, RowWatcher {
  readonly #cursor: BookCursor;
  readonly #instrument: InstrumentId;
  readonly #venue: VenueId;
  readonly #clock: Clock;
  readonly #wake: BookWake;
  readonly #bars: PrintBars | undefined;
  #reached = Number.NEGATIVE_INFINITY;
  #updatedAt = Number.NEGATIVE_INFINITY;
  #fresh = false;
  /** The recording has a gap and the book was not restated since. */
  #broken = false;
  /** What to tell the bot of, met while catching up: prints and bars it wants, and gaps. */
  readonly #news: Event[] = [];

  constructor(
    parts: Readonly<{
      source: TapeSource;
      instrument: InstrumentId;
      venue: VenueId;
      clock: Clock;
      want: Want | undefined;
    }>,
  ) {
    this.#cursor = new BookCursor(parts.source, "local", this);
    this.#instrument = parts.instrument;
    this.#venue = parts.venue;
    this.#clock = parts.clock;
    this.#wake = new BookWake(parts.instrument, parts.want);
    this.#bars = printBarsOf(parts.want, {
      instrument: parts.instrument,
      header: parts.source.header,
      tell: (bar) => this.#news.push(bar),
    });
    if (this.#wake.wantsPrints || this.#bars !== undefined) {
      this.#cursor.watchPrints(WATCH_NO_ASK, WATCH_NO_BID);
    }
  }

  nextWake(): number {
    const bars = this.#bars;
    if (this.#wake.wantsNothing && bars === undefined) return Number.POSITIVE_INFINITY;
    if (this.#news.length > 0) return this.#reached;
    // While it is broken each row is looked at, so that the bot hears at once when the book is restated.
    if (this.#wake.wantsNothing && bars !== undefined) {
      return this.#broken ? Math.min(bars.nextAt, this.#cursor.nextAt()) : bars.nextAt;
    }
    const bookAt = this.#wake.next(this.#cursor.nextAt(), this.#updatedAt, this.#reached);
    return bars === undefined ? bookAt : Math.min(bars.nextAt, bookAt);
  }

  wake(at: TimeUs, deliver: Deliver): void {
    this.#catchUp(at);
    for (const event of this.#news.length === 0 ? [] : this.#news.splice(0)) {
      deliver(toldAt(event, at));
    }
    // The end of a bar is no message of the feed: a book that was told of is not told of again.
    if (!this.#wake.isDue(at, this.#updatedAt)) return;
    const told = this.#wake.tell(at, this.#updatedAt, this.bestBid(), this.bestAsk());
    if (told !== undefined) deliver(told);
  }

  skipTo(at: TimeUs): void {
    this.#catchUp(at);
    this.#news.length = 0;
    this.#wake.beginAt(at, this.#updatedAt);
  }

  get rows(): number {
    return this.#cursor.rows;
  }

  bestBid(): PriceTicks | undefined {
    this.#catchUp(this.#clock.now());
    return this.#cursor.book.best(0) as PriceTicks | undefined;
  }

  bestAsk(): PriceTicks | undefined {
    this.#catchUp(this.#clock.now());
    return this.#cursor.book.best(1) as PriceTicks | undefined;
  }

  sizeAt(side: Side, price: PriceTicks): SizeLots {
    this.#catchUp(this.#clock.now());
    return this.#cursor.book.size(price, side === "bid" ? 0 : 1) as SizeLots;
  }

  levels(side: Side, depth: number): readonly Level[] {
    this.#catchUp(this.#clock.now());
    const code: SideCode = side === "bid" ? 0 : 1;
    const { book } = this.#cursor;
    const levels: Level[] = [];
    let tick = book.best(code);
    while (tick !== undefined && levels.length < depth) {
      levels.push({ price: tick as PriceTicks, size: book.size(tick, code) as SizeLots });
      tick = book.nextWorse(tick, code);
    }
    return levels;
  }

  get fresh(): boolean {
    this.#catchUp(this.#clock.now());
    return this.#fresh;
  }

  get updatedAt(): TimeUs {
    this.#catchUp(this.#clock.now());
    return this.#updatedAt as TimeUs;
  }

  #catchUp(at: TimeUs): void {
    if (at <= this.#reached) return;
    this.#reached = at;
    const cursor = this.#cursor;
    const rowsBefore = cursor.rows;
    cursor.run(at);
    this.#bars?.pass(at);
    if (cursor.rows === rowsBefore) return;
    this.#updatedAt = Math.min(cursor.passedAt, at);
    this.#fresh = !this.#broken;
  }

  /** The book has taken it; nothing of ours stands there. */
  level(): boolean {
    return false;
  }

  /** A row that is not about a level. Called by the cursor only. */
  row(meta: number, tick: number, size: number, at: number): boolean {
    const kind = meta & META_KIND;
    if (kind === ROW_CLEAR) {
      this.#cursor.book.clear();
      if (this.#broken) {
        this.#bars?.restated(at);
        this.#link("up", "the feed restated the book", at);
      }
      this.#broken = false;
    } else if (kind === ROW_GAP) {
      this.#bars?.broke(at);
      this.#broken = true;
      this.#link("down", "the recording has a gap here", at);
    } else if (kind === ROW_TRADE || kind === ROW_TRADE_UNKNOWN) {
      this.#print(meta, tick, size, at);
    }
    return false;
  }

  messageEnd(): boolean {
    return false;
  }

  moved(): void {
    // Nothing rests here: there are no marks to set again.
  }

  #link(link: "up" | "down", cause: string, at: number): void {
    const times = { at: at as TimeUs, venueAt: this.#cursor.venueAt as TimeUs };
    this.#news.push({ kind: "LinkChanged", ...times, venue: this.#venue, link, cause });
  }

  #print(meta: number, tick: number, size: number, at: number): void {
    this.#bars?.print(at, tick, size);
    if (!this.#wake.wantsPrints) return;
    const unknown = (meta & META_KIND) === ROW_TRADE_UNKNOWN;
    this.#news.push({
      kind: "TradePrinted",
      at: at as TimeUs,
      venueAt: this.#cursor.venueAt as TimeUs,
      instrument: this.#instrument,
      price: tick as PriceTicks,
      size: size as SizeLots,
      aggressor: unknown ? undefined : (meta & META_ASK) !== 0 ? "ask" : "bid",
    });
  }
}
