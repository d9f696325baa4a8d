// An order of ours arriving at an order-level book: what refuses it, and its walk over the displayed orders.
// Takes level by level, one fill a level, each recorded order's lots once; what is taken stays taken until the feed
// takes the order away. Hidden orders are not in the book and give nothing: such fills are missed, never invented.

import type { CloseReason, RefusalReason } from "../../src/domain/event.ts";
import type { PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { MarketSink, SelfTradeRule, VenueOrder } from "./market.ts";
import type { FeedLevel, OrderLevelBook } from "./order-level-book.ts";
import type { OwnQueue, OwnResting } from "./order-level-own.ts";
import { fillableLots } from "./resting-fills.ts";

type Parts = Readonly<{
  book: OrderLevelBook;
  own: readonly [OwnQueue, OwnQueue];
  sink: MarketSink;
  selfTrade: SelfTradeRule;
}>;

export class OrderLevelTaker {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Why the order is refused on arrival, undefined when it is taken. Equality crosses. */
  refusal(order: VenueOrder, side: 0 | 1): RefusalReason | undefined {
    const opposite = side === 0 ? 1 : 0;
    switch (order.timeInForce) {
      case "GTC":
        return undefined;
      case "POST_ONLY": {
        const own = this.#parts.own[opposite].resting[0]?.price;
        const feed = this.#bestAvailable(opposite)?.price;
        const crosses = reaches(order.price, feed, side) || reaches(order.price, own, side);
        return crosses ? "post-only-would-cross" : undefined;
      }
      case "IOC":
        if (reaches(order.price, this.#bestAvailable(opposite)?.price, side)) return undefined;
        return order.price === undefined ? "no-liquidity" : "ioc-no-liquidity";
      case "FOK":
        return this.#fillsWhole(order, side) ? undefined : "fok-not-fillable";
    }
  }

  /** Takes what there is. Returns why the order is over now, or undefined when its remainder rests. */
  take(order: VenueOrder, side: 0 | 1, at: TimeUs): CloseReason | undefined {
    const opposite = side === 0 ? 1 : 0;
    const own = this.#parts.own[opposite];
    while (order.filled < order.size) {
      const meets = own.resting.find(({ price }) => reaches(order.price, price, side));
      const level = this.#bestAvailable(opposite);
      const feedReached = level !== undefined && reaches(order.price, level.price, side);
      if (feedReached && this.#takeLevel(order, level, meets, own, at) > 0) continue;
      const blocked = feedReached && fillableLots(order, this.#parts.sink) === 0;
      if (meets === undefined || blocked) break;
      if (this.#meetOwn(meets, own, at)) return "self-trade";
    }
    if (order.filled === order.size) return "filled";
    if (order.price === undefined) return "market-remainder";
    if (order.timeInForce === "IOC" || order.timeInForce === "FOK") return "ioc-remainder";
    return undefined;
  }

  /** Takes a level's lots that stand before an order of ours there; returns how many. */
  #takeLevel(
    order: VenueOrder,
    level: FeedLevel,
    meets: OwnResting | undefined,
    own: OwnQueue,
    at: TimeUs,
  ): number {
    if (meets !== undefined && own.better(meets.price, level.price)) return 0;
    const { book, sink } = this.#parts;
    const before = meets?.price === level.price ? meets.arrival : Number.POSITIVE_INFINITY;
    const wanted = fillableLots(order, sink);
    let lots = 0;
    for (const resting of level.orders) {
      if (lots === wanted) break;
      if (resting.arrival >= before) continue;
      const taken = Math.min(resting.left - resting.taken, wanted - lots);
      if (taken > 0) book.take(resting, taken);
      lots += taken;
    }
    if (lots === 0) return 0;
    order.filled = (order.filled + lots) as SizeLots;
    sink.filled(order, level.price as PriceTicks, lots as SizeLots, "taker", at);
    return lots;
  }

  /** Our arriving order meets our resting one. Returns true when the arriving one is over. */
  #meetOwn(meets: OwnResting, own: OwnQueue, at: TimeUs): boolean {
    const { selfTrade, sink } = this.#parts;
    if (selfTrade !== "expire-taker") {
      own.remove(meets);
      sink.closed(meets.order, "self-trade", at);
    }
    return selfTrade !== "expire-maker";
  }

  /** Enough displayed lots within the limit, and no order of ours in the way that would end it early. */
  #fillsWhole(order: VenueOrder, side: 0 | 1): boolean {
    const { book, selfTrade, sink } = this.#parts;
    const opposite = side === 0 ? 1 : 0;
    const own = this.#parts.own[opposite];
    const wall = selfTrade === "expire-maker" ? undefined : own.resting[0]?.price;
    let wanted = order.size - order.filled;
    if (fillableLots(order, sink) < wanted) return false;
    let level = book.level(opposite);
    while (level !== undefined && wanted > 0 && reaches(order.price, level.price, side)) {
      if (wall !== undefined && !own.better(level.price, wall)) break;
      wanted -= level.lots - level.taken;
      level = book.level(opposite, level.price);
    }
    return wanted <= 0;
  }

  /** The best level that still has lots for us. */
  #bestAvailable(side: 0 | 1): FeedLevel | undefined {
    const { book } = this.#parts;
    let level = book.level(side);
    while (level !== undefined && level.taken === level.lots) level = book.level(side, level.price);
    return level;
  }
}

/** Does a limit on `side` reach an opposite price? A market order reaches every price there is. */
function reaches(limit: number | undefined, price: number | undefined, side: 0 | 1): boolean {
  if (price === undefined) return false;
  if (limit === undefined) return true;
  return side === 0 ? limit >= price : limit <= price;
}
