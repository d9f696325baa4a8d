// What happens to an order that would match on arrival: refused by its kind, or walked level by level.
// Each level gives at most what it displays and what we have not taken already; one fill a level.

import type { CloseReason, RefusalReason } from "../../src/domain/event.ts";
import type { PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { LevelBook, SideCode } from "./level-book.ts";
import type { MarketSink, SelfTradeRule, VenueOrder } from "./market.ts";
import type { OwnOrders, RestingOrder } from "./own-orders.ts";
import { fillableLots } from "./resting-fills.ts";
import type { TakenLiquidity } from "./taken-liquidity.ts";

type Parts = Readonly<{
  book: LevelBook;
  taken: TakenLiquidity;
  own: readonly [OwnOrders, OwnOrders];
  sink: MarketSink;
  remove: (resting: RestingOrder, side: SideCode) => void;
}>;

export class TakerWalk {
  readonly #parts: Parts;
  readonly #selfTrade: SelfTradeRule;

  constructor(parts: Parts, selfTrade: SelfTradeRule) {
    this.#parts = parts;
    this.#selfTrade = selfTrade;
  }

  /** Why the order is refused on arrival, undefined when it is taken. Equality crosses. */
  refusal(order: VenueOrder, side: SideCode): RefusalReason | undefined {
    const opposite: SideCode = side === 0 ? 1 : 0;
    const best = this.#parts.taken.best(opposite);
    const crosses = best !== undefined && reaches(order.price, best, side);
    switch (order.timeInForce) {
      case "POST_ONLY": {
        const own = this.#parts.own[opposite].best();
        const crossesOwn = own !== undefined && reaches(order.price, own, side);
        return crosses || crossesOwn ? "post-only-would-cross" : undefined;
      }
      case "IOC":
        if (crosses) return undefined;
        return order.price === undefined ? "no-liquidity" : "ioc-no-liquidity";
      case "FOK":
        return this.#fillsWhole(order, side) ? undefined : "fok-not-fillable";
      case "GTC":
        return undefined;
    }
  }

  /** Takes what there is. Returns why the order is over now, or undefined when its remainder rests. */
  take(order: VenueOrder, side: SideCode, at: TimeUs): CloseReason | undefined {
    const { taken, own } = this.#parts;
    const opposite: SideCode = side === 0 ? 1 : 0;
    while (order.filled < order.size) {
      const ownBest = own[opposite].best();
      const meetsOwn = ownBest !== undefined && reaches(order.price, ownBest, side);
      const best = taken.best(opposite);
      const meetsFeed = best !== undefined && reaches(order.price, best, side);
      // At one price the feed's lots that stand ahead of our own order come first.
      const feedFirst =
        meetsFeed &&
        (!meetsOwn || !own[opposite].better(ownBest, best)) &&
        !(meetsOwn && ownBest === best && this.#nobodyAhead(ownBest, opposite));
      if (feedFirst) {
        const upTo = meetsOwn && ownBest === best ? this.#ahead(best, opposite) : undefined;
        if (this.#takeLevel(order, best, opposite, upTo, at) === 0) break;
      } else if (meetsOwn) {
        if (this.#meetOwn(own[opposite], opposite, at)) return "self-trade";
      } else break;
    }
    if (order.filled === order.size) return "filled";
    if (order.price === undefined) return "market-remainder";
    if (order.timeInForce === "IOC" || order.timeInForce === "FOK") return "ioc-remainder";
    return undefined;
  }

  #takeLevel(
    order: VenueOrder,
    tick: number,
    opposite: SideCode,
    upTo: number | undefined,
    at: TimeUs,
  ): number {
    const { taken, sink, own } = this.#parts;
    const there = taken.available(tick, opposite);
    const most = upTo === undefined ? there : Math.min(there, Math.ceil(upTo));
    const lots = Math.min(most, fillableLots(order, sink));
    if (lots <= 0) return 0;
    taken.take(tick, opposite, lots);
    for (const resting of own[opposite].at(tick)?.orders ?? []) {
      resting.ahead = Math.max(0, resting.ahead - lots);
    }
    order.filled = (order.filled + lots) as SizeLots;
    sink.filled(order, tick as PriceTicks, lots as SizeLots, "taker", at);
    return lots;
  }

  /** Our arriving order meets our resting one. Returns true when the arriving one is over. */
  #meetOwn(own: OwnOrders, side: SideCode, at: TimeUs): boolean {
    const resting = own.levels[0]?.orders[0] as RestingOrder;
    if (this.#selfTrade !== "expire-taker") {
      this.#parts.remove(resting, side);
      this.#parts.sink.closed(resting.order, "self-trade", at);
    }
    return this.#selfTrade !== "expire-maker";
  }

  #ahead(tick: number, side: SideCode): number {
    return this.#parts.own[side].at(tick)?.orders[0]?.ahead ?? 0;
  }

  #nobodyAhead(tick: number, side: SideCode): boolean {
    return this.#ahead(tick, side) <= 0;
  }

  /** Enough displayed lots within the limit, and no order of ours in the way that would end it early. */
  #fillsWhole(order: VenueOrder, side: SideCode): boolean {
    const { book, taken, own, sink } = this.#parts;
    const opposite: SideCode = side === 0 ? 1 : 0;
    const leaves = order.size - order.filled;
    if (fillableLots(order, sink) < leaves) return false;
    const wall = this.#selfTrade === "expire-maker" ? undefined : own[opposite].best();
    let lots = 0;
    let tick = book.best(opposite);
    while (tick !== undefined && lots < leaves && reaches(order.price, tick, side)) {
      if (wall !== undefined && own[opposite].better(wall, tick)) break;
      const there = taken.available(tick, opposite);
      lots += tick === wall ? Math.min(there, Math.ceil(this.#ahead(tick, opposite))) : there;
      tick = book.nextWorse(tick, opposite);
    }
    return lots >= leaves;
  }
}

/** Does a limit on `side` reach an opposite level at `tick`? A market order reaches every level. */
function reaches(limit: number | undefined, tick: number, side: SideCode): boolean {
  if (limit === undefined) return true;
  return side === 0 ? limit >= tick : limit <= tick;
}
