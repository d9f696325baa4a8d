// The truth about one instrument at one venue: the recorded flow, with our orders added to it.
// Three kinds of recording make three markets (levels, orders, candles); the venue in front of them is one.
// A market knows prices, queues and sizes. Rules, fees, accounts and latencies belong to the venue.

import type { TimeInForce } from "../../src/domain/command.ts";
import type { CloseReason, RefusalReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderId, PriceTicks, Side, SizeLots, TimeUs } from "../../src/domain/units.ts";

/** What a market does when an arriving order of ours would match a resting one of ours. */
export type SelfTradeRule = "expire-maker" | "expire-taker" | "expire-both";

/** An order of ours as the venue holds it. Owned and changed by the market it rests in. */
export type VenueOrder = {
  readonly orderId: OrderId;
  readonly side: Side;
  /** undefined: a market order. */
  price: PriceTicks | undefined;
  /** Total size; leaves = size − filled. */
  size: SizeLots;
  filled: SizeLots;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
};

/** What a market reports to its venue, at the moment it happens. A report may not call back into the market. */
export interface MarketSink {
  accepted(order: VenueOrder, request: "place" | "amend", at: TimeUs): void;
  refused(order: VenueOrder, request: "place" | "amend", reason: RefusalReason, at: TimeUs): void;
  /** `order.filled` already counts these lots. */
  filled(
    order: VenueOrder,
    price: PriceTicks,
    lots: SizeLots,
    liquidity: "maker" | "taker",
    at: TimeUs,
  ): void;
  /** The order left the market. Not called when a place was refused. */
  closed(order: VenueOrder, reason: CloseReason, at: TimeUs): void;
  /** Most lots the order may still fill now; asked before each fill of a reduce-only order, and only then. */
  fillable(order: VenueOrder): number;
  /** The recording settles funding: `rateE8` (1e-8, signed) of the position's value at `mark`. */
  funding(rateE8: number, mark: PriceTicks, at: TimeUs): void;
}

/** One instrument's truth, driven by the venue's clock. Every `at` is at or after the time last advanced to. */
export interface Market {
  readonly instrument: Instrument;
  /** Rows of the recording passed so far, where they are counted. */
  readonly rows?: number;
  /** Venue time of the next row not yet applied; Infinity when the recording has ended. */
  nextAt(): number;
  /** True while one of our orders rests here, so that a row may fill it. */
  hasOrders(): boolean;
  /**
   * Applies rows with venueAt ≤ limit, in order, and stops early after the first message in which it reported
   * something. Returns the time reached: `limit`, or the venue time of that message.
   */
  advance(limit: TimeUs): TimeUs;
  /** A new order arrives: reports accepted (then fills, then perhaps closed), or refused. */
  place(order: VenueOrder, at: TimeUs): void;
  /** Returns false, reporting nothing, when no such order rests here; otherwise reports closed. */
  cancel(orderId: OrderId, reason: CloseReason, at: TimeUs): boolean;
  /** Returns false when no such order rests here; otherwise reports accepted or refused, then fills if it now crosses. */
  amend(orderId: OrderId, price: PriceTicks, size: SizeLots, at: TimeUs): boolean;
  /** Our resting orders, ascending by order id. */
  orders(): readonly VenueOrder[];
  /** Truth's touch, undefined on an empty side. */
  bestBid(): PriceTicks | undefined;
  bestAsk(): PriceTicks | undefined;
  /** The last mark price told, else the mid rounded down to a tick; undefined while the book is empty. */
  mark(): PriceTicks | undefined;
}
