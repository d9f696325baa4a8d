// An event as it is told at another moment. The frequent kinds are written out, each as where it is made: a spread of
// whatever comes is slow, and gives its result another shape than all the others of its kind have.

import type { Event } from "../../src/domain/event.ts";
import type { TimeUs } from "../../src/domain/units.ts";

/** The same event, learned at `at`. */
export function toldAt(event: Event, at: TimeUs): Event {
  if (event.at === at) return event;
  const { kind, venueAt } = event;
  switch (kind) {
    case "BookChanged": {
      const { instrument, bid, ask } = event;
      return { kind, at, venueAt, instrument, bid, ask };
    }
    case "TradePrinted": {
      const { instrument, price, size, aggressor } = event;
      return { kind, at, venueAt, instrument, price, size, aggressor };
    }
    case "TimerFired":
      return { kind, at, venueAt, timer: event.timer };
    case "OrderAccepted": {
      const { instrument, orderId, request, price, size } = event;
      return { kind, at, venueAt, instrument, orderId, request, price, size };
    }
    case "OrderClosed": {
      const { instrument, orderId, reason, filled } = event;
      return { kind, at, venueAt, instrument, orderId, reason, filled };
    }
    case "AccountReported": {
      const { venue, balance, positions, openOrders } = event;
      return { kind, at, venueAt, venue, balance, positions, openOrders };
    }
    default:
      return { ...event, at };
  }
}
