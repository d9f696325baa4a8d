// The path we say a price took through a bar, and which of our orders it met in what order. Pure.
// A candle does not tell whether the high or the low came first: the order that the close goes against is met first.

import type { Side } from "../../src/domain/units.ts";
import type { VenueOrder } from "./market.ts";

/** One bar, ticks and lots. */
export type Bar = Readonly<{
  openAt: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}>;

/** An order as a candle market holds it. */
export type CandleOrder = {
  readonly order: VenueOrder;
  readonly arrivedAt: number;
  /** It crossed when it arrived: it takes at the next open before it rests. */
  taking: boolean;
  over: boolean;
};

/** What a taker pays for a market at `price`: half a spread against it, ticks. */
export function takingPriceTicks(side: Side, price: number, halfSpread: number): number {
  return side === "bid" ? price + halfSpread : price - halfSpread;
}

/** Would the limit accept this price? A market order accepts any. */
export function crossesAt(order: VenueOrder, price: number): boolean {
  if (order.price === undefined) return true;
  return order.side === "bid" ? order.price >= price : order.price <= price;
}

/** Beyond the limit, not at it: at the price itself we may have been last in the queue. */
export function tradedThrough(order: VenueOrder, bar: Bar): boolean {
  if (order.price === undefined) return false;
  return order.side === "bid" ? bar.low < order.price : bar.high > order.price;
}

/**
 * Our orders as the path meets them. In a bar that falls the bids come first: who bought in it holds a loss at its
 * close, so the loss is certain to be filled and the profit has what volume is left. In a rising bar the asks come
 * first; in a bar that closes where it opened, the bids. Within a side: best price first, then order of arrival.
 */
export function walkOrder(orders: readonly CandleOrder[], bar: Bar): readonly CandleOrder[] {
  const first: Side = bar.close > bar.open ? "ask" : "bid";
  const rank = ({ order }: CandleOrder): number => (order.side === first ? 0 : 1);
  const reach = ({ order }: CandleOrder): number =>
    order.price === undefined ? 0 : order.side === "bid" ? -order.price : order.price;
  return [...orders].sort((a, b) => rank(a) - rank(b) || reach(a) - reach(b));
}
