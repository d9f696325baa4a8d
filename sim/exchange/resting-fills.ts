// When a resting order of ours fills on a level feed: by a print, or by the opposite side touching it.
// One print is one budget for all our orders, best price first, then arrival. Displayed size that touched us is
// taken once. Rules are numbered in docs/FILLS.md.

import { assert } from "../../src/domain/assert.ts";
import type { PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { FillModel } from "./fill-model.ts";
import type { LevelBook, SideCode } from "./level-book.ts";
import type { MarketSink, VenueOrder } from "./market.ts";
import type { OwnLevel, OwnOrders, RestingOrder } from "./own-orders.ts";
import type { TakenLiquidity } from "./taken-liquidity.ts";

type Parts = Readonly<{
  book: LevelBook;
  taken: TakenLiquidity;
  own: readonly [OwnOrders, OwnOrders];
  sink: MarketSink;
  remove: (resting: RestingOrder, side: SideCode) => void;
}>;

type Rules = Readonly<{
  model: FillModel;
  /** The feed rounds prices: only a touch strictly through our price counts. */
  roundsPrices: boolean;
}>;

/** Lots an order may fill now: its leaves, and for a reduce-only order what the venue still allows. */
export function fillableLots(order: VenueOrder, sink: MarketSink): number {
  const leaves = order.size - order.filled;
  return order.reduceOnly ? Math.min(leaves, sink.fillable(order)) : leaves;
}

export class RestingFills {
  /** Counts everything reported, so that the market knows when to stop. */
  reports = 0;
  readonly #parts: Parts;
  readonly #rules: Rules;

  constructor(parts: Parts, rules: Rules) {
    this.#parts = parts;
    this.#rules = rules;
  }

  /** A print of `lots` at `tick`. `aggressor` 0: the buyer took (it can only hit asks), 1: the seller; undefined: not told. */
  print(tick: number, lots: number, aggressor: SideCode | undefined, at: TimeUs): void {
    const taker = aggressor ?? this.#inferAggressor(tick);
    if (taker === undefined) return;
    const side: SideCode = taker === 0 ? 1 : 0;
    const own = this.#parts.own[side];
    const whole = this.#rules.model.kind === "optimistic";
    let used = 0;
    let index = 0;
    while (index < own.levels.length && (whole || used < lots)) {
      const level = own.levels[index] as OwnLevel;
      if (own.better(tick, level.tick)) break;
      used +=
        level.tick === tick
          ? this.#printAt(level, side, lots, used, at)
          : this.#printThrough(level, side, lots - used, at);
      // A level that was filled whole is gone, and the next one stands in its place.
      if (own.levels[index] === level) index += 1;
    }
  }

  /** The opposite side's displayed levels at or through our prices, once a message has ended. */
  touch(at: TimeUs): void {
    this.#touchSide(0, at);
    this.#touchSide(1, at);
  }

  #touchSide(side: SideCode, at: TimeUs): void {
    if (this.#rules.model.kind === "pessimistic") return;
    const { own, taken } = this.#parts;
    const opposite: SideCode = side === 0 ? 1 : 0;
    for (;;) {
      const best = own[side].best();
      const touching = taken.best(opposite);
      if (best === undefined || touching === undefined) return;
      if (!this.#touches(best, touching, side)) return;
      const level = own[side].at(best) as OwnLevel;
      const whole = this.#rules.model.kind === "optimistic";
      const available = whole ? Number.POSITIVE_INFINITY : taken.available(touching, opposite);
      const filled = this.#fillQueue(level, side, available, at);
      if (filled === 0) return;
      if (!whole) taken.take(touching, opposite, filled);
    }
  }

  /** Does the opposite level at `touching` reach our order at `tick`? A locked display does not match with itself. */
  #touches(tick: number, touching: number, side: SideCode): boolean {
    if (touching === tick) {
      return !this.#rules.roundsPrices && this.#parts.book.size(tick, side) === 0;
    }
    return side === 0 ? touching < tick : touching > tick;
  }

  /** A print beyond our level: everyone at it, we included, was hit before. Up to the print's size. */
  #printThrough(level: OwnLevel, side: SideCode, budget: number, at: TimeUs): number {
    const whole = this.#rules.model.kind === "optimistic";
    return this.#fillQueue(level, side, whole ? Number.POSITIVE_INFINITY : budget, at);
  }

  /** A print at our level, of which `used` lots went to better orders of ours. Returns the lots our orders got. */
  #printAt(level: OwnLevel, side: SideCode, lots: number, used: number, at: TimeUs): number {
    if (this.#rules.model.kind === "pessimistic") return 0;
    if (this.#rules.model.kind === "optimistic") {
      return this.#fillQueue(level, side, Number.POSITIVE_INFINITY, at);
    }
    let own = used;
    const { orders } = level;
    for (let index = 0; index < orders.length; ) {
      const resting = orders[index] as RestingOrder;
      const left = lots - own;
      resting.printed += left;
      const reached = left - resting.ahead;
      if (reached <= 0) resting.ahead -= left;
      else {
        resting.ahead = 0;
        own += this.#fill(resting, side, Math.floor(reached), at);
      }
      if (orders[index] === resting) index += 1;
    }
    return own - used;
  }

  /** Fills a level's orders in order of arrival, whatever was ahead of them, up to `budget` lots. */
  #fillQueue(level: OwnLevel, side: SideCode, budget: number, at: TimeUs): number {
    let filled = 0;
    const { orders } = level;
    for (let index = 0; index < orders.length && filled < budget; ) {
      const resting = orders[index] as RestingOrder;
      resting.ahead = 0;
      filled += this.#fill(resting, side, budget - filled, at);
      if (orders[index] === resting) index += 1;
    }
    return filled;
  }

  #fill(resting: RestingOrder, side: SideCode, lots: number, at: TimeUs): number {
    const { sink } = this.#parts;
    const order = resting.order;
    const size = Math.min(lots, fillableLots(order, sink));
    if (size <= 0) return 0;
    order.filled = (order.filled + size) as SizeLots;
    assert(order.filled <= order.size, "an order never fills beyond its size");
    this.reports += 1;
    sink.filled(order, resting.tick as PriceTicks, size as SizeLots, "maker", at);
    if (order.filled === order.size) {
      this.#parts.remove(resting, side);
      sink.closed(order, "filled", at);
    }
    return size;
  }

  /** The side that took, told from the book: at or through the bid is a sale, at or through the ask a purchase. */
  #inferAggressor(tick: number): SideCode | undefined {
    const { book, own } = this.#parts;
    const bid = book.best(0);
    const ask = book.best(1);
    const locked = bid !== undefined && ask !== undefined && bid >= ask;
    if (!locked && bid !== undefined && tick <= bid) return 1;
    if (!locked && ask !== undefined && tick >= ask) return 0;
    // Inside the spread, or on a locked book: only a print strictly through an order of ours is certain.
    const ownBid = own[0].best();
    const ownAsk = own[1].best();
    if (ownBid !== undefined && tick < ownBid) return 1;
    if (ownAsk !== undefined && tick > ownAsk) return 0;
    return undefined;
  }
}
