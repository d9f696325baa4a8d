// A market over a recorded order-level (L3) feed: every recorded order is known, so our place in a queue is exact.
// An order of ours queues behind all that rests at its price on arrival, ahead of all that arrives later, and fills:
//   1. when the feed executes an order behind it, or at a worse price: whoever took that would have hit us first;
//   2. when a hidden order is executed at its price or worse: displayed orders stand before hidden ones;
//   3. when an arriving recorded order reaches its price.
// Each such row is one budget, shared by our orders in price-time order. Cancels ahead move us exactly.
//
// Where it is not exact. The replay goes on as recorded: lots that fill us still execute the recorded order behind
// us, recorded takers do not go on to us when we took the lots they took, and nobody reacts to our orders. Hidden
// liquidity gives our takes nothing. The true queue includes hidden and not yet recorded orders; a windowed feed
// (LOBSTER) restates a level that comes back into sight, and what changed there meanwhile is counted ahead of us.
// An execution of an order the tape never showed fills us only at a better price: it may have stood ahead of us.

import type { CloseReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderTapeBatch } from "../../src/domain/order-tape.ts";
import {
  HALT_TRADING,
  ORDER_ADD,
  ORDER_CLEAR,
  ORDER_DELETE,
  ORDER_EXECUTE,
  ORDER_HALT,
  ORDER_HIDDEN,
  ORDER_REDUCE,
  ORDER_SNAPSHOT,
} from "../../src/domain/order-tape.ts";
import { META_ASK, META_KIND, META_LAST } from "../../src/domain/tape.ts";
import type { OrderId, PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { Market, MarketSink, SelfTradeRule, VenueOrder } from "./market.ts";
import type { FeedOrder } from "./order-level-book.ts";
import { OrderLevelBook } from "./order-level-book.ts";
import type { OwnResting } from "./order-level-own.ts";
import { OwnQueue } from "./order-level-own.ts";
import { OrderLevelTaker } from "./order-level-taker.ts";
import { fillableLots } from "./resting-fills.ts";

export type OrderLevelMarketRules = Readonly<{
  selfTrade: SelfTradeRule;
  /** Whether an amend that only makes an order smaller keeps its place. */
  amend: "keep-when-smaller" | "back";
}>;

/** Arrivals of restated orders count up from here: far ahead of everything that arrives during the run. */
const ARRIVAL_RESTATED = -4_503_599_627_370_496;

export class OrderLevelMarket implements Market {
  readonly instrument: Instrument;
  /** The recorded book. Read-only to everyone else. */
  readonly book = new OrderLevelBook();
  readonly #source: OrderTapeSource;
  readonly #rules: OrderLevelMarketRules;
  readonly #sink: MarketSink;
  readonly #own = [new OwnQueue(0), new OwnQueue(1)] as const;
  readonly #taker: OrderLevelTaker;
  #batchIndex = 0;
  #batch: OrderTapeBatch | undefined;
  #row = 0;
  #rowsBefore = 0;
  #arrivals = 0;
  #restated = ARRIVAL_RESTATED;
  /** After a CLEAR, to the end of its message: every ADD restates. */
  #restating = false;
  #halted = false;
  #reports = 0;

  constructor(
    instrument: Instrument,
    source: OrderTapeSource,
    rules: OrderLevelMarketRules,
    sink: MarketSink,
  ) {
    this.instrument = instrument;
    this.#source = source;
    this.#rules = rules;
    this.#sink = sink;
    const { selfTrade } = rules;
    this.#taker = new OrderLevelTaker({ book: this.book, own: this.#own, sink, selfTrade });
    this.#load(0);
  }

  get rows(): number {
    return this.#rowsBefore + this.#row;
  }

  nextAt(): number {
    const batch = this.#batch;
    return batch === undefined ? Number.POSITIVE_INFINITY : (batch.venueAt[this.#row] as number);
  }

  hasOrders(): boolean {
    return this.#own[0].resting.length + this.#own[1].resting.length > 0;
  }

  advance(limit: TimeUs): TimeUs {
    const reportsBefore = this.#reports;
    for (let batch = this.#batch; batch !== undefined; batch = this.#batch) {
      const { meta, venueAt, rows } = batch;
      while (this.#row < rows) {
        const row = this.#row;
        const at = venueAt[row] as TimeUs;
        if (at > limit) return limit;
        this.#row = row + 1;
        this.#apply(batch, row, at);
        if (((meta[row] as number) & META_LAST) === 0) continue;
        this.#restating = false;
        if (this.#reports === reportsBefore) continue;
        if (this.#row === rows) this.#load(this.#batchIndex + 1);
        return at;
      }
      this.#load(this.#batchIndex + 1);
    }
    return limit;
  }

  place(order: VenueOrder, at: TimeUs): void {
    const side = order.side === "bid" ? 0 : 1;
    const refusal = this.#halted ? "halted" : this.#taker.refusal(order, side);
    if (refusal !== undefined) {
      this.#sink.refused(order, "place", refusal, at);
      return;
    }
    this.#sink.accepted(order, "place", at);
    this.#takeThenRest(order, side, at);
  }

  cancel(id: OrderId, reason: CloseReason, at: TimeUs): boolean {
    for (const own of this.#own) {
      const found = own.find(id);
      if (found === undefined) continue;
      own.remove(found);
      this.#sink.closed(found.order, reason, at);
      return true;
    }
    return false;
  }

  amend(id: OrderId, price: PriceTicks, size: SizeLots, at: TimeUs): boolean {
    const side = this.#own[0].find(id) === undefined ? 1 : 0;
    const found = this.#own[side].find(id);
    if (found === undefined) return false;
    const order = found.order;
    const keeps =
      this.#rules.amend === "keep-when-smaller" && price === order.price && size <= order.size;
    const refusal = this.#amendRefusal(order, side, price, size, keeps);
    if (refusal !== undefined) {
      this.#sink.refused(order, "amend", refusal, at);
      return true;
    }
    order.price = price;
    order.size = size;
    if (!keeps) this.#own[side].remove(found);
    this.#sink.accepted(order, "amend", at);
    if (!keeps) this.#takeThenRest(order, side, at);
    return true;
  }

  orders(): readonly VenueOrder[] {
    const all = [...this.#own[0].resting, ...this.#own[1].resting].map(({ order }) => order);
    return all.sort((left, right) => left.orderId - right.orderId);
  }

  bestBid(): PriceTicks | undefined {
    return this.book.level(0)?.price as PriceTicks | undefined;
  }

  bestAsk(): PriceTicks | undefined {
    return this.book.level(1)?.price as PriceTicks | undefined;
  }

  mark(): PriceTicks | undefined {
    const bid = this.bestBid();
    const ask = this.bestAsk();
    if (bid === undefined || ask === undefined) return undefined;
    return Math.floor((bid + ask) / 2) as PriceTicks;
  }

  /** Recorded lots ahead of an order of ours at its price, exactly; undefined when it does not rest here. */
  queueAhead(id: OrderId): number | undefined {
    for (const side of [0, 1] as const) {
      const found = this.#own[side].find(id);
      if (found === undefined) continue;
      let lots = 0;
      for (const order of this.book.levelAt(side, found.price)?.orders ?? []) {
        if (order.arrival < found.arrival) lots += order.left - order.taken;
      }
      return lots;
    }
    return undefined;
  }

  #amendRefusal(order: VenueOrder, side: 0 | 1, price: PriceTicks, size: SizeLots, keeps: boolean) {
    if (this.#halted) return "halted";
    if (size <= order.filled) return "min-size";
    return keeps ? undefined : this.#taker.refusal({ ...order, price, size }, side);
  }

  #takeThenRest(order: VenueOrder, side: 0 | 1, at: TimeUs): void {
    const over = this.#taker.take(order, side, at);
    if (over !== undefined) {
      this.#sink.closed(order, over, at);
      return;
    }
    this.#arrivals += 1;
    this.#own[side].add({ order, price: order.price as number, arrival: this.#arrivals });
  }

  #apply(batch: OrderTapeBatch, row: number, at: TimeUs): void {
    const meta = batch.meta[row] as number;
    const side = (meta & META_ASK) === 0 ? 0 : 1;
    const kind = meta & META_KIND;
    const price = batch.price[row] as number;
    const lots = batch.size[row] as number;
    if (kind === ORDER_ADD) {
      const restated = this.#restating || (meta & ORDER_SNAPSHOT) !== 0;
      this.#add(side, batch.orderRef[row] as number, price, lots, restated, at);
    } else if (kind === ORDER_HIDDEN) {
      this.#fill(side, price, Number.POSITIVE_INFINITY, lots, at);
    } else if (kind === ORDER_HALT) {
      this.#halted = price !== HALT_TRADING;
    } else if (kind === ORDER_CLEAR) {
      this.book.clear();
      this.#restating = true;
    } else {
      const order = this.book.find(batch.orderRef[row] as number);
      if (kind === ORDER_EXECUTE) this.#executed(side, price, lots, order, at);
      if (order === undefined) return;
      if (kind === ORDER_DELETE) this.book.delete(order);
      else if (kind === ORDER_REDUCE || kind === ORDER_EXECUTE) this.book.reduce(order, lots);
    }
  }

  #add(
    side: 0 | 1,
    orderRef: number,
    price: number,
    lots: number,
    restated: boolean,
    at: TimeUs,
  ): void {
    const arrival = restated ? this.#restated + 1 : this.#arrivals + 1;
    if (restated) this.#restated = arrival;
    else this.#arrivals = arrival;
    const order = this.book.add(side, orderRef, price, lots, arrival);
    const opposite = side === 0 ? 1 : 0;
    if (this.#own[opposite].resting.length === 0) return;
    const filled = this.#fill(opposite, price, Number.POSITIVE_INFINITY, lots, at);
    if (filled > 0) this.book.take(order, filled);
  }

  #executed(
    side: 0 | 1,
    price: number,
    lots: number,
    order: FeedOrder | undefined,
    at: TimeUs,
  ): void {
    if (this.#own[side].resting.length === 0) return;
    const arrival = order?.level.price === price ? order.arrival : Number.NEGATIVE_INFINITY;
    this.#fill(side, price, arrival, lots, at);
  }

  /** Fills our orders better than `price`, and those at it that came before `arrival`, up to `lots`; returns how many. */
  #fill(side: 0 | 1, price: number, arrival: number, lots: number, at: TimeUs): number {
    const own = this.#own[side];
    if (own.resting.length === 0) return 0;
    let used = 0;
    for (const resting of [...own.resting]) {
      if (used === lots || own.better(price, resting.price)) break;
      if (resting.price === price && resting.arrival > arrival) break;
      used += this.#fillOne(resting, own, lots - used, at);
    }
    return used;
  }

  #fillOne(resting: OwnResting, own: OwnQueue, budget: number, at: TimeUs): number {
    const { order, price } = resting;
    const lots = Math.min(budget, fillableLots(order, this.#sink));
    if (lots <= 0) return 0;
    order.filled = (order.filled + lots) as SizeLots;
    this.#reports += 1;
    this.#sink.filled(order, price as PriceTicks, lots as SizeLots, "maker", at);
    if (order.filled < order.size) return lots;
    own.remove(resting);
    this.#sink.closed(order, "filled", at);
    return lots;
  }

  #load(index: number): void {
    this.#rowsBefore += this.#batch?.rows ?? 0;
    this.#batchIndex = index;
    this.#row = 0;
    this.#batch = index < this.#source.batchCount ? this.#source.batch(index) : undefined;
  }
}
