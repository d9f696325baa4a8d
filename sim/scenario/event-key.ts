// By what an event of ours is known again when it is told a second time.

import type { Event } from "../../src/domain/event.ts";

/**
 * An event told again has the same key; in one moment only the two copies of an answer share it. Of reports several may be
 * heard in one moment, after a pause, say: each is of a time of its own.
 */
export function keyOf(event: Event): string {
  const { kind, at } = event;
  const trade = "tradeId" in event ? ` of trade ${event.tradeId}` : "";
  return `${kind} ${numberOf(event)}${trade} at ${at}`;
}

function numberOf(event: Event): string {
  if ("orderId" in event) return `${event.orderId}`;
  if ("timer" in event) return `${event.timer}`;
  return "venue" in event ? `of venue ${event.venue} as of ${event.venueAt}` : "";
}
