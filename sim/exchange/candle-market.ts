// The truth of an instrument of which only candles were recorded: a documented, pessimistic path through each bar.
// A bar is known when it closes, so everything it fills is stamped with its closing time; an order takes part from
// the first bar that opens at or after its arrival. The only counterparty is the market: our orders never meet each
// other, so self-trade rules do not apply. Source: DESIGN §7, "Candles only"; told to users in docs/FILLS.md.

import { assert } from "../../src/domain/assert.ts";
import type { CloseReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderId, PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import { priceTicks, sizeLots, timeUs } from "../../src/domain/units.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";
import { BarCursor } from "./candle-market-cursor.ts";
import type { Bar, CandleOrder } from "./candle-market-path.ts";
import { crossesAt, takingPriceTicks, tradedThrough, walkOrder } from "./candle-market-path.ts";
import type { Market, MarketSink, VenueOrder } from "./market.ts";

/** How pessimistic a candle is. */
export type CandleMarketConfig = Readonly<{
  /** The spread a taker crosses half of, at the bar's open. Half of it is never taken as less than one tick. */
  spreadTicks: number;
  /** Of a bar's volume at most this part fills our orders, all together; 1,000 = 10 %. */
  volumeShareMaxBps: number;
  /**
   * An order that arrives at most this long after a bar opened still takes part in that bar: for a bot that decides
   * on a close and whose latency is small beside the period. 0: it waits for the next bar.
   */
  arrivalGraceUs: number;
}>;

/** A tenth of the volume: the share beyond which a bar's prices would hardly have been the recorded ones. */
export const CANDLE_MARKET_DEFAULTS: CandleMarketConfig = {
  spreadTicks: 2,
  volumeShareMaxBps: 1_000,
  arrivalGraceUs: 0,
};

const BPS = 10_000;

/** One instrument driven by bars. `nextAt` is the close of the next bar: the moment it may be told to a bot. */
export class CandleMarket implements Market {
  readonly instrument: Instrument;
  readonly #sink: MarketSink;
  readonly #config: CandleMarketConfig;
  readonly #cursor: BarCursor;
  readonly #halfSpread: number;
  /** In order of arrival. */
  #orders: CandleOrder[] = [];
  #lastClose: number | undefined;
  #reported = false;

  constructor(
    instrument: Instrument,
    source: BarSource,
    sink: MarketSink,
    config: CandleMarketConfig = CANDLE_MARKET_DEFAULTS,
  ) {
    const { spreadTicks, volumeShareMaxBps } = config;
    assert(Number.isSafeInteger(spreadTicks) && spreadTicks >= 0, "spread is whole ticks, ≥ 0");
    assert(volumeShareMaxBps > 0 && volumeShareMaxBps <= BPS, "volume share is in (0, 10000] bps");
    this.instrument = instrument;
    this.#sink = sink;
    this.#config = config;
    this.#cursor = new BarCursor(source);
    this.#halfSpread = Math.max(1, Math.ceil(spreadTicks / 2));
  }

  nextAt(): number {
    return this.#cursor.closeAt;
  }

  hasOrders(): boolean {
    return this.#orders.length > 0;
  }

  advance(limit: TimeUs): TimeUs {
    const cursor = this.#cursor;
    while (cursor.closeAt <= limit) {
      if (this.#orders.length === 0) {
        this.#lastClose = cursor.skipTo(limit);
        break;
      }
      const at = timeUs(cursor.closeAt);
      this.#reported = false;
      this.#trade(cursor.bar(), at);
      this.#lastClose = cursor.close();
      cursor.next();
      if (this.#reported) return at;
    }
    return limit;
  }

  place(order: VenueOrder, at: TimeUs): void {
    assert(order.filled === 0, "a new order has no fills");
    if (order.timeInForce === "POST_ONLY" && this.#crossesNow(order)) {
      this.#sink.refused(order, "place", "post-only-would-cross", at);
      return;
    }
    if (order.price === undefined && this.nextAt() === Number.POSITIVE_INFINITY) {
      this.#sink.refused(order, "place", "no-liquidity", at);
      return;
    }
    this.#orders.push(this.#held(order, at));
    this.#sink.accepted(order, "place", at);
  }

  /** A cancel takes the order out of the bar it arrives in: whether that bar filled it before is not yet known. */
  cancel(orderId: OrderId, reason: CloseReason, at: TimeUs): boolean {
    const index = this.#orders.findIndex((held) => held.order.orderId === orderId);
    const held = this.#orders[index];
    if (held === undefined) return false;
    this.#orders.splice(index, 1);
    this.#sink.closed(held.order, reason, at);
    return true;
  }

  /** An amended order is a new arrival: it loses its place and takes part from the next bar on. */
  amend(orderId: OrderId, price: PriceTicks, size: SizeLots, at: TimeUs): boolean {
    const index = this.#orders.findIndex((held) => held.order.orderId === orderId);
    const held = this.#orders[index];
    if (held === undefined) return false;
    const { order } = held;
    if (size <= order.filled) {
      this.#sink.refused(order, "amend", "min-size", at);
      return true;
    }
    const amended = { ...order, price };
    if (order.timeInForce === "POST_ONLY" && this.#crossesNow(amended)) {
      this.#sink.refused(order, "amend", "post-only-would-cross", at);
      return true;
    }
    order.price = price;
    order.size = size;
    this.#orders.splice(index, 1);
    this.#orders.push(this.#held(order, at));
    this.#sink.accepted(order, "amend", at);
    return true;
  }

  orders(): readonly VenueOrder[] {
    return this.#orders.map((held) => held.order).sort((a, b) => a.orderId - b.orderId);
  }

  /** The last known close less half a spread: what a candle can say of a touch. */
  bestBid(): PriceTicks | undefined {
    if (this.#lastClose === undefined) return undefined;
    return priceTicks(this.#lastClose - this.#halfSpread);
  }

  bestAsk(): PriceTicks | undefined {
    if (this.#lastClose === undefined) return undefined;
    return priceTicks(this.#lastClose + this.#halfSpread);
  }

  mark(): PriceTicks | undefined {
    return this.#lastClose === undefined ? undefined : priceTicks(this.#lastClose);
  }

  /** Would it take, judged by what is known at its arrival: the last close? A market order always takes. */
  #crossesNow(order: VenueOrder): boolean {
    if (order.price === undefined) return true;
    if (this.#lastClose === undefined) return false;
    return crossesAt(order, takingPriceTicks(order.side, this.#lastClose, this.#halfSpread));
  }

  #held(order: VenueOrder, at: TimeUs): CandleOrder {
    return { order, arrivedAt: at, taking: isOnce(order) || this.#crossesNow(order), over: false };
  }

  /** Open, adverse extreme, other extreme, close; one budget of volume for all of our orders. */
  #trade(bar: Bar, at: TimeUs): void {
    const present = this.#orders.filter(
      (held) => held.arrivedAt <= bar.openAt + this.#config.arrivalGraceUs,
    );
    let budget = Math.floor((bar.volume * this.#config.volumeShareMaxBps) / BPS);
    for (const held of present) if (held.taking) budget = this.#take(held, bar, budget, at);
    for (const held of walkOrder(present, bar)) {
      const { order } = held;
      if (held.over || held.taking || budget === 0 || !tradedThrough(order, bar)) continue;
      assert(order.price !== undefined, "a resting order has a price");
      const lots = Math.min(budget, this.#fillable(held, at));
      if (lots > 0) this.#fill(held, order.price, lots, "maker", at);
      budget -= lots;
    }
    this.#orders = this.#orders.filter((held) => !held.over);
  }

  /** Takes at the open; returns the budget left. What a limit order cannot take there rests from now on. */
  #take(held: CandleOrder, bar: Bar, budget: number, at: TimeUs): number {
    const { order } = held;
    const price = takingPriceTicks(order.side, bar.open, this.#halfSpread);
    const crosses = order.price === undefined || crossesAt(order, price);
    const leaves = crosses && budget > 0 ? this.#fillable(held, at) : 0;
    const fits = order.timeInForce !== "FOK" || Math.min(budget, leaves) >= order.size;
    const lots = fits ? Math.min(budget, leaves) : 0;
    if (lots > 0) this.#fill(held, priceTicks(price), lots, "taker", at);
    if (isOnce(order) && !held.over) this.#close(held, "ioc-remainder", at);
    if (!crosses) held.taking = false;
    return budget - lots;
  }

  /** What is left of the order, and of the position a reduce-only order may reduce; with none of that it is over. */
  #fillable(held: CandleOrder, at: TimeUs): number {
    const { order } = held;
    const leaves = order.size - order.filled;
    if (!order.reduceOnly) return leaves;
    const lots = Math.min(leaves, this.#sink.fillable(order));
    if (lots <= 0) this.#close(held, "reduce-only", at);
    return Math.max(0, lots);
  }

  #fill(
    held: CandleOrder,
    price: PriceTicks,
    lots: number,
    liquidity: "maker" | "taker",
    at: TimeUs,
  ): void {
    const { order } = held;
    assert(lots > 0 && order.filled + lots <= order.size, "a fill is within what is left");
    order.filled = sizeLots(order.filled + lots);
    this.#reported = true;
    this.#sink.filled(order, price, sizeLots(lots), liquidity, at);
    if (order.filled === order.size) this.#close(held, "filled", at);
  }

  #close(held: CandleOrder, reason: CloseReason, at: TimeUs): void {
    held.over = true;
    this.#reported = true;
    this.#sink.closed(held.order, reason, at);
  }
}

/** A limit that lives for one bar's open. A market order is not: what a bar's volume cannot fill goes on to the next. */
function isOnce(order: VenueOrder): boolean {
  return order.price !== undefined && (order.timeInForce === "IOC" || order.timeInForce === "FOK");
}
