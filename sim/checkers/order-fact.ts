// One order as the run has seen it, from both ends: what was asked for, and what the venue has said of it since.

import type { TimeInForce } from "../../src/domain/command.ts";
import type { InstrumentId, OrderId, Side, VenueId } from "../../src/domain/units.ts";

/** At the venue. Asked: nothing was said of it. Over: accepted once, and ended. */
export type OrderStage = "asked" | "live" | "over" | "refused";

export type OrderFact = {
  readonly orderId: OrderId;
  readonly instrument: InstrumentId;
  readonly venue: VenueId;
  readonly side: Side;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  /** Asked for by the bot; else a stranger's, or the venue's own. */
  readonly isOurs: boolean;
  readonly sentAt: number;
  /** Lots of its side that were filled and not heard of when it was sent. */
  readonly unheard: number;
  /** Price and size as asked, then as the venue told them. */
  price: number | undefined;
  size: number;
  filled: number;
  stage: OrderStage;
  /** Before the last thing that was said of it. */
  stageBefore: OrderStage;
  /** When it reached its venue, and when it became live; −1 before. */
  arrivedAt: number;
  liveAt: number;
  /** A report of the account left it out while it lived, or a refusal denied what a copy of it became. */
  isDenied: boolean;
  /** The venue booked it at another price than was asked. */
  isRepriced: boolean;
  /** Its request arrived more than once. */
  isCopied: boolean;
  /** Raised by whatever sends it to the back of its queue: among equal prices the least is first. */
  place: number;
};

/** An order that took this long to arrive was rightly taken for lost: its bot has asked, and been told of nothing. */
const LATE_US = 1_500_000;

/**
 * May its bot rightly have taken it for gone? It reached its venue so late that nobody expected it any more, or the venue
 * itself left it out of a report.
 */
export function isExcused(order: OrderFact): boolean {
  return order.isDenied || (order.arrivedAt >= 0 && order.arrivedAt - order.sentAt > LATE_US);
}

export function leavesOf(order: OrderFact): number {
  return order.size - order.filled;
}
