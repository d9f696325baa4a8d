// What a strategy is told of a request that never left: it hears of it like of one that a venue refused.

import type { AmendOrder, PlaceOrder } from "../domain/command.ts";
import type { OrderRefused, RefusalReason } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";

/** A refusal of our own making, of a request that never left. */
export function ownRefusal(
  command: PlaceOrder | AmendOrder,
  reason: RefusalReason,
  text: string,
  now: TimeUs,
): OrderRefused {
  const { instrument, orderId } = command;
  const request = command.kind === "PlaceOrder" ? "place" : "amend";
  const about = { instrument, orderId, request, reason, text } as const;
  return { kind: "OrderRefused", at: now, venueAt: now, ...about };
}
