// What a bot sees of one instrument recorded order by order: levels summed from the orders, and prints.
// It is always up to the clock once woken; reading the book first brings it there.

import type { Event } from "../../src/domain/event.ts";
import type { OrderTapeBatch } from "../../src/domain/order-tape.ts";
import {
  ORDER_ADD,
  ORDER_CLEAR,
  ORDER_DELETE,
  ORDER_EXECUTE,
  ORDER_HIDDEN,
  ORDER_REDUCE,
} from "../../src/domain/order-tape.ts";
import { META_ASK, META_KIND } from "../../src/domain/tape.ts";
import type { InstrumentId, PriceTicks, Side, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { Want } from "../../src/ports/strategy.ts";
import type { Level } from "../../src/ports/view.ts";
import { OrderLevelBook } from "../exchange/order-level-book.ts";
import { BookWake } from "./book-wake.ts";
import type { Deliver, Feed } from "./feed.ts";
import type { PrintBars } from "./print-bars.ts";
import { printBarsOf } from "./print-bars.ts";

export class OrderFeed implements Feed {
  readonly #book = new OrderLevelBook();
  readonly #source: OrderTapeSource;
  readonly #instrument: InstrumentId;
  readonly #clock: Clock;
  readonly #wake: BookWake;
  readonly #bars: PrintBars | undefined;
  #batchIndex = 0;
  #batch: OrderTapeBatch | undefined;
  #row = 0;
  #rows = 0;
  #arrivals = 0;
  #reached = Number.NEGATIVE_INFINITY;
  #updatedAt = Number.NEGATIVE_INFINITY;
  /** Prints and bars the bot wants, met while catching up. */
  readonly #news: Event[] = [];

  constructor(
    parts: Readonly<{
      source: OrderTapeSource;
      instrument: InstrumentId;
      clock: Clock;
      want: Want | undefined;
    }>,
  ) {
    this.#source = parts.source;
    this.#instrument = parts.instrument;
    this.#clock = parts.clock;
    this.#wake = new BookWake(parts.instrument, parts.want);
    this.#batch = parts.source.batchCount > 0 ? parts.source.batch(0) : undefined;
    this.#bars = printBarsOf(parts.want, {
      instrument: parts.instrument,
      header: parts.source.header,
      tell: (bar) => this.#news.push(bar),
    });
  }

  get rows(): number {
    return this.#rows;
  }

  nextWake(): number {
    const bars = this.#bars;
    if (this.#wake.wantsNothing && bars === undefined) return Number.POSITIVE_INFINITY;
    if (this.#news.length > 0) return this.#reached;
    const bookAt = this.#wake.next(this.#nextAt(), this.#updatedAt, this.#reached);
    return bars === undefined ? bookAt : Math.min(bars.nextAt, bookAt);
  }

  wake(at: TimeUs, deliver: Deliver): void {
    this.#catchUp(at);
    for (const event of this.#news.splice(0)) deliver({ ...event, at });
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

  bestBid(): PriceTicks | undefined {
    this.#catchUp(this.#clock.now());
    return this.#book.level(0)?.price as PriceTicks | undefined;
  }

  bestAsk(): PriceTicks | undefined {
    this.#catchUp(this.#clock.now());
    return this.#book.level(1)?.price as PriceTicks | undefined;
  }

  sizeAt(side: Side, price: PriceTicks): SizeLots {
    this.#catchUp(this.#clock.now());
    return (this.#book.levelAt(side === "bid" ? 0 : 1, price)?.lots ?? 0) as SizeLots;
  }

  levels(side: Side, depth: number): readonly Level[] {
    this.#catchUp(this.#clock.now());
    const code = side === "bid" ? 0 : 1;
    const levels: Level[] = [];
    let level = this.#book.level(code);
    while (level !== undefined && levels.length < depth) {
      levels.push({ price: level.price as PriceTicks, size: level.lots as SizeLots });
      level = this.#book.level(code, level.price);
    }
    return levels;
  }

  get fresh(): boolean {
    return this.updatedAt > Number.NEGATIVE_INFINITY;
  }

  get updatedAt(): TimeUs {
    this.#catchUp(this.#clock.now());
    return this.#updatedAt as TimeUs;
  }

  #nextAt(): number {
    const batch = this.#batch;
    return batch === undefined ? Number.POSITIVE_INFINITY : (batch.receivedAt[this.#row] as number);
  }

  /** Whole messages only: a message's rows share their time. */
  #catchUp(at: TimeUs): void {
    if (at <= this.#reached) return;
    this.#reached = at;
    while (this.#nextAt() <= at) {
      this.#updatedAt = this.#nextAt();
      this.#apply(this.#batch as OrderTapeBatch, this.#row);
      this.#next();
    }
    this.#bars?.pass(at);
  }

  #apply(batch: OrderTapeBatch, row: number): void {
    const meta = batch.meta[row] as number;
    const side = (meta & META_ASK) === 0 ? 0 : 1;
    const ref = batch.orderRef[row] as number;
    const price = batch.price[row] as number;
    const lots = batch.size[row] as number;
    switch (meta & META_KIND) {
      case ORDER_ADD:
        this.#arrivals += 1;
        this.#book.add(side, ref, price, lots, this.#arrivals);
        break;
      case ORDER_REDUCE:
      case ORDER_EXECUTE:
      case ORDER_DELETE:
        this.#shrink(meta & META_KIND, ref, lots);
        break;
      case ORDER_CLEAR:
        this.#book.clear();
        break;
      default:
        break;
    }
    const kind = meta & META_KIND;
    if (kind === ORDER_EXECUTE || kind === ORDER_HIDDEN) this.#print(batch, row, side);
  }

  #shrink(kind: number, ref: number, lots: number): void {
    const order = this.#book.find(ref);
    if (order === undefined) return;
    if (kind === ORDER_DELETE) this.#book.delete(order);
    else this.#book.reduce(order, lots);
  }

  /** The resting order's side was hit, so the other side took. */
  #print(batch: OrderTapeBatch, row: number, side: 0 | 1): void {
    const at = batch.receivedAt[row] as number;
    this.#bars?.print(at, batch.price[row] as number, batch.size[row] as number);
    if (!this.#wake.wantsPrints) return;
    this.#news.push({
      kind: "TradePrinted",
      at: batch.receivedAt[row] as TimeUs,
      venueAt: batch.venueAt[row] as TimeUs,
      instrument: this.#instrument,
      price: batch.price[row] as PriceTicks,
      size: batch.size[row] as SizeLots,
      aggressor: side === 0 ? "ask" : "bid",
    });
  }

  #next(): void {
    this.#row += 1;
    this.#rows += 1;
    if (this.#batch === undefined || this.#row < this.#batch.rows) return;
    this.#batchIndex += 1;
    this.#row = 0;
    const more = this.#batchIndex < this.#source.batchCount;
    this.#batch = more ? this.#source.batch(this.#batchIndex) : undefined;
  }
}
