// The seam of what only a simulated venue knows: when a request arrived, and where in its queue an order of ours stood.
// A bot never hears of it. Nobody has to listen; where nobody does, nothing is gathered.

import type { VenueCommand } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { OrderId, PriceTicks, Side, TimeUs, VenueId } from "../domain/units.ts";

/** A request left, and will be at its venue at `arrivesAt`, whether or not the run goes on until then. */
export type RequestSent = Readonly<{
  kind: "RequestSent";
  at: TimeUs;
  arrivesAt: TimeUs;
  command: VenueCommand;
}>;

/** The venue has carried a place or an amend out, or turned it away; the touch as it stands then. */
export type RequestMet = Readonly<{
  kind: "RequestMet";
  at: TimeUs;
  orderId: OrderId;
  bid: PriceTicks | undefined;
  ask: PriceTicks | undefined;
}>;

/** An order came to rest at `price`, new or amended. `ahead` are the lots it stands behind. */
export type OrderRested = Readonly<{
  kind: "OrderRested";
  at: TimeUs;
  orderId: OrderId;
  side: Side;
  price: PriceTicks;
  ahead: number;
  bid: PriceTicks | undefined;
  ask: PriceTicks | undefined;
}>;

/** A print that reached a resting order's price, or went through it; `ahead` as it was before. */
export type PrintReached = Readonly<{
  kind: "PrintReached";
  at: TimeUs;
  orderId: OrderId;
  price: PriceTicks;
  lots: number;
  through: boolean;
  ahead: number;
}>;

/** A message moved an order in its queue, or changed what is displayed at its price (undefined: not told). */
export type QueueMoved = Readonly<{
  kind: "QueueMoved";
  at: TimeUs;
  orderId: OrderId;
  aheadBefore: number;
  ahead: number;
  displayed: number | undefined;
  /** Lots printed at the price in this message. */
  printed: number;
}>;

/** The other side came nearer to a resting order than ever before: ticks to go, 0 or less: it was touched. */
export type MarketNearer = Readonly<{
  kind: "MarketNearer";
  at: TimeUs;
  orderId: OrderId;
  ticks: number;
}>;

export type TruthFact =
  | RequestSent
  | RequestMet
  | OrderRested
  | PrintReached
  | QueueMoved
  | MarketNearer;

export interface TruthObserver {
  /** Asked when an order comes to rest: is it to be followed? */
  watches(orderId: OrderId, at: TimeUs): boolean;
  /** Told of every order that comes to rest, followed or not; left out by who has no use for it. */
  rested?(fact: OrderRested): void;
  /** Told of what a venue says, when it says it; the market it speaks of may be ahead of the bot. */
  said?(venue: VenueId, event: Event): void;
  learn(fact: TruthFact): void;
}
