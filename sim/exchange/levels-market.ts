// A market over a recorded price-level feed: the feed is the truth, our orders are added to it.
// Resting orders queue behind what was displayed when they arrived and fill from prints and touches; taking
// orders walk the displayed levels. docs/FILLS.md states every rule; the numbers behind each are named there.
// Ignored: our orders' effect on other people's behaviour, and hidden liquidity.

import { assert } from "../../src/domain/assert.ts";
import type { CloseReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import {
  META_ASK,
  META_KIND,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_FUNDING,
  ROW_GAP,
  ROW_MARK,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type { OrderId, PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { RowWatcher } from "./book-cursor.ts";
import { BookCursor, MARK_OUTSIDE, WATCH_NO_ASK, WATCH_NO_BID } from "./book-cursor.ts";
import type { FillModel } from "./fill-model.ts";
import type { LevelBook, SideCode } from "./level-book.ts";
import type { Market, MarketSink, SelfTradeRule, VenueOrder } from "./market.ts";
import type { OwnLevel, RestingOrder } from "./own-orders.ts";
import { LevelHandles, OwnOrders } from "./own-orders.ts";
import { behindProbability } from "./queue-model.ts";
import { RestingFills } from "./resting-fills.ts";
import { RestingQueues } from "./resting-queues.ts";
import { feedRoundsPrices } from "./rounding-feed.ts";
import { MARK_TAKEN, TakenLiquidity } from "./taken-liquidity.ts";
import { TakerWalk } from "./taker-walk.ts";

/** A slot's mark: MARK_TAKEN, and above it the handle of the level at which our orders rest, 0 for none. */
const MARK_HANDLE_SHIFT = 1;

export type LevelsMarketRules = Readonly<{
  fillModel: FillModel;
  selfTrade: SelfTradeRule;
  amend: "keep-when-smaller" | "back";
}>;

export class LevelsMarket implements Market, RowWatcher {
  readonly instrument: Instrument;
  readonly #cursor: BookCursor;
  readonly #book: LevelBook;
  readonly #handles = new LevelHandles();
  readonly #own: readonly [OwnOrders, OwnOrders] = [
    new OwnOrders(0, this.#handles),
    new OwnOrders(1, this.#handles),
  ];
  readonly #taken: TakenLiquidity;
  readonly #fills: RestingFills;
  readonly #taker: TakerWalk;
  readonly #rules: LevelsMarketRules;
  readonly #sink: MarketSink;
  readonly #queues: RestingQueues;
  #mark: PriceTicks | undefined;
  #touchPending = false;
  #clearedInMessage = false;
  #reportsBefore = 0;

  constructor(
    instrument: Instrument,
    source: TapeSource,
    rules: LevelsMarketRules,
    sink: MarketSink,
  ) {
    this.instrument = instrument;
    this.#cursor = new BookCursor(source, "venue", this);
    this.#book = this.#cursor.book;
    this.#rules = rules;
    this.#sink = sink;
    const behind = behindProbability(rules.fillModel);
    this.#queues = new RestingQueues(this.#book, this.#own, behind);
    this.#taken = new TakenLiquidity(this.#book);
    const roundsPrices = feedRoundsPrices(source);
    const remove = (resting: RestingOrder, side: SideCode) => this.#remove(resting, side);
    this.#fills = new RestingFills(
      { book: this.#book, taken: this.#taken, own: this.#own, sink, remove },
      { model: rules.fillModel, roundsPrices },
    );
    this.#taker = new TakerWalk(
      { taken: this.#taken, book: this.#book, own: this.#own, sink, remove },
      rules.selfTrade,
    );
  }

  get rows(): number {
    return this.#cursor.rows;
  }

  nextAt(): number {
    return this.#cursor.nextAt();
  }

  hasOrders(): boolean {
    return this.#own[0].levels.length + this.#own[1].levels.length > 0;
  }

  advance(limit: TimeUs): TimeUs {
    this.#reportsBefore = this.#fills.reports;
    return this.#cursor.run(limit) as TimeUs;
  }

  place(order: VenueOrder, at: TimeUs): void {
    const side: SideCode = order.side === "bid" ? 0 : 1;
    const refusal = this.#taker.refusal(order, side);
    if (refusal !== undefined) {
      this.#sink.refused(order, "place", refusal, at);
      return;
    }
    this.#sink.accepted(order, "place", at);
    this.#takeThenRest(order, side, at);
  }

  cancel(id: OrderId, reason: CloseReason, at: TimeUs): boolean {
    const found = this.#find(id);
    if (found === undefined) return false;
    this.#remove(found.resting, found.side);
    this.#sink.closed(found.resting.order, reason, at);
    return true;
  }

  amend(id: OrderId, price: PriceTicks, size: SizeLots, at: TimeUs): boolean {
    const found = this.#find(id);
    if (found === undefined) return false;
    const { resting, side } = found;
    const order = resting.order;
    if (size <= order.filled) {
      this.#sink.refused(order, "amend", "min-size", at);
      return true;
    }
    const keeps = price === order.price && size <= order.size;
    if (keeps && this.#rules.amend === "keep-when-smaller") {
      order.size = size;
      this.#sink.accepted(order, "amend", at);
      return true;
    }
    const probe: VenueOrder = { ...order, price, size };
    const refusal = this.#taker.refusal(probe, side);
    if (refusal !== undefined) {
      this.#sink.refused(order, "amend", refusal, at);
      return true;
    }
    this.#remove(resting, side);
    order.price = price;
    order.size = size;
    this.#sink.accepted(order, "amend", at);
    this.#takeThenRest(order, side, at);
    return true;
  }

  orders(): readonly VenueOrder[] {
    const orders = [...this.#own[0].orders(), ...this.#own[1].orders()];
    return orders.sort((a, b) => a.orderId - b.orderId);
  }

  /** Lots believed ahead of an order of ours, undefined when it does not rest here. For explanations and tests. */
  queueAhead(id: OrderId): number | undefined {
    return this.#find(id)?.resting.ahead;
  }

  bestBid(): PriceTicks | undefined {
    return this.#book.best(0) as PriceTicks | undefined;
  }

  bestAsk(): PriceTicks | undefined {
    return this.#book.best(1) as PriceTicks | undefined;
  }

  mark(): PriceTicks | undefined {
    if (this.#mark !== undefined) return this.#mark;
    const bid = this.#book.best(0);
    const ask = this.#book.best(1);
    if (bid === undefined || ask === undefined) return undefined;
    return Math.floor((bid + ask) / 2) as PriceTicks;
  }

  /** A level we rest at, took from, or could be touched by has changed. Called by the cursor only. */
  level(
    tick: number,
    side: SideCode,
    before: number,
    after: number,
    meta: number,
    mark: number,
  ): boolean {
    const level =
      mark === MARK_OUTSIDE
        ? this.#own[side].at(tick)
        : this.#handles.at(mark >>> MARK_HANDLE_SHIFT);
    if ((mark & MARK_TAKEN) !== 0) this.#taken.restored(tick, side);
    if (level === undefined) {
      this.#touchPending = true;
      return true;
    }
    const restated = this.#clearedInMessage || (meta & META_SNAPSHOT) !== 0;
    this.#queues.changes(level, before, after, restated);
    if (after !== 0) return false;
    this.#queues.leftDisplay(tick, side);
    // With our own side's display gone, the other side may already stand within reach.
    this.#touchPending = true;
    return true;
  }

  /** A row that concerns us and is not about a level. Called by the cursor only. */
  row(meta: number, tick: number, size: number, at: number): boolean {
    const kind = meta & META_KIND;
    if (kind === ROW_CLEAR) {
      this.#book.clear();
      this.#taken.restoredAll();
      this.#clearedInMessage = true;
      return true;
    }
    if (kind === ROW_MARK) this.#mark = tick as PriceTicks;
    else if (kind === ROW_FUNDING) {
      this.#fills.reports += 1;
      this.#sink.funding(size, tick as PriceTicks, at as TimeUs);
    } else if (kind !== ROW_GAP) {
      const aggressor = kind === ROW_TRADE_UNKNOWN ? undefined : (meta & META_ASK) === 0 ? 0 : 1;
      this.#fills.print(tick, size, aggressor, at as TimeUs);
    }
    return this.#fills.reports !== this.#reportsBefore;
  }

  /** A message with rows that concern us has ended; stops the run when anything was reported. */
  messageEnd(at: number): boolean {
    if (this.#clearedInMessage) {
      this.#clearedInMessage = false;
      this.#touchPending = true;
      this.#queues.forgetHidden();
    }
    if (this.#touchPending) {
      this.#touchPending = false;
      this.#fills.touch(at as TimeUs);
    }
    return this.#fills.reports !== this.#reportsBefore;
  }

  #takeThenRest(order: VenueOrder, side: SideCode, at: TimeUs): void {
    const outcome = this.#taker.take(order, side, at);
    if (outcome !== undefined) {
      this.#sink.closed(order, outcome, at);
      return;
    }
    const tick = order.price;
    assert(tick !== undefined, "only a priced order rests");
    const level = this.#queues.joins(order, tick, side, this.#taken.available(tick, side));
    this.#markLevel(level, side);
    this.#watch();
  }

  #remove(resting: RestingOrder, side: SideCode): void {
    this.#own[side].remove(resting);
    if (this.#own[side].at(resting.tick) === undefined) {
      if (this.#book.inWindow(resting.tick)) {
        const slot = this.#book.slotOf(resting.tick, side);
        this.#book.marks[slot] = (this.#book.marks[slot] as number) & MARK_TAKEN;
      }
      this.#watch();
    }
  }

  #find(id: OrderId): { resting: RestingOrder; side: SideCode } | undefined {
    for (const side of [0, 1] as const) {
      const resting = this.#own[side].find(id);
      if (resting !== undefined) return { resting, side };
    }
    return undefined;
  }

  #markLevel(level: OwnLevel, side: SideCode): void {
    if (!this.#book.inWindow(level.tick)) return;
    const slot = this.#book.slotOf(level.tick, side);
    const taken = (this.#book.marks[slot] as number) & MARK_TAKEN;
    this.#book.marks[slot] = taken | (level.handle << MARK_HANDLE_SHIFT);
  }

  /** Sets every mark again: the window moved. */
  moved(): void {
    this.#book.marks.fill(0);
    this.#taken.markAll();
    for (const side of [0, 1] as const) {
      for (const level of this.#own[side].levels) this.#markLevel(level, side);
    }
    this.#watch();
  }

  #watch(): void {
    const bid = this.#own[0].best();
    const ask = this.#own[1].best();
    this.#cursor.watchPrints(bid ?? WATCH_NO_BID, ask ?? WATCH_NO_ASK);
    this.#cursor.watchTouch(bid, ask);
  }
}
