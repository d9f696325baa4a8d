// What an event's fields are in the journal, kind by kind. The order of fields is the format; event-decoder.ts mirrors it.

import { unreachable } from "../domain/assert.ts";
import type { AccountReported, Event } from "../domain/event.ts";
import type { Side } from "../domain/units.ts";
import { CLOSE_REASONS, EVENT, REFUSAL_REASONS, REQUEST_KINDS } from "./entry-codes.ts";
import type { EntryFields } from "./entry-fields.ts";

/** Takes in an event; the entry is complete. */
export function putEvent(fields: EntryFields, event: Event): void {
  const { at, venueAt } = event;
  switch (event.kind) {
    case "BookChanged":
      fields.begin(EVENT, at, venueAt);
      fields.add(event.instrument);
      fields.addOptional(event.bid);
      fields.addOptional(event.ask);
      break;
    case "TradePrinted":
      fields.begin(EVENT + 1, at, venueAt);
      fields.add(event.instrument);
      fields.add(event.price);
      fields.add(event.size);
      fields.addOptional(event.aggressor === undefined ? undefined : sideCode(event.aggressor));
      break;
    case "OrderAccepted":
      fields.begin(EVENT + 3, at, venueAt);
      putOrder(fields, event.instrument, event.orderId);
      fields.add(REQUEST_KINDS.indexOf(event.request));
      fields.add(event.price);
      fields.add(event.size);
      break;
    case "OrderFilled":
      fields.begin(EVENT + 5, at, venueAt);
      putOrder(fields, event.instrument, event.orderId);
      fields.add(event.tradeId);
      fields.add(sideCode(event.side));
      fields.add(event.price);
      fields.add(event.size);
      fields.add(event.cumulative);
      fields.add(event.liquidity === "maker" ? 0 : 1);
      fields.add(event.fee);
      break;
    case "OrderClosed":
      fields.begin(EVENT + 6, at, venueAt);
      putOrder(fields, event.instrument, event.orderId);
      fields.add(CLOSE_REASONS.indexOf(event.reason));
      fields.add(event.filled);
      break;
    default:
      putRareEvent(fields, event);
  }
}

function putRareEvent(
  fields: EntryFields,
  event: Exclude<
    Event,
    { kind: "BookChanged" | "TradePrinted" | "OrderAccepted" | "OrderFilled" | "OrderClosed" }
  >,
): void {
  const { at, venueAt } = event;
  switch (event.kind) {
    case "BarClosed":
      fields.begin(EVENT + 2, at, venueAt);
      fields.add(event.instrument);
      fields.add(event.periodUs);
      fields.add(event.open);
      fields.add(event.high);
      fields.add(event.low);
      fields.add(event.close);
      fields.add(event.volume);
      break;
    case "OrderRefused":
      fields.begin(EVENT + 4, at, venueAt);
      putOrder(fields, event.instrument, event.orderId);
      fields.add(REQUEST_KINDS.indexOf(event.request));
      fields.add(REFUSAL_REASONS.indexOf(event.reason));
      fields.addText(event.text);
      break;
    case "OrderUnknown":
      fields.begin(EVENT + 7, at, venueAt);
      putOrder(fields, event.instrument, event.orderId);
      fields.add(REQUEST_KINDS.indexOf(event.request));
      fields.add(event.cause === "timed-out" ? 0 : 1);
      break;
    case "AccountReported":
      putAccountReported(fields, event);
      break;
    case "FundingPaid":
      fields.begin(EVENT + 9, at, venueAt);
      fields.add(event.instrument);
      fields.add(event.rate);
      fields.add(event.mark);
      fields.add(event.lots);
      fields.add(event.amount);
      break;
    case "LinkChanged":
      fields.begin(EVENT + 10, at, venueAt);
      fields.add(event.venue);
      fields.add(event.link === "up" ? 1 : 0);
      fields.addText(event.cause);
      break;
    case "TimerFired":
      fields.begin(EVENT + 11, at, venueAt);
      fields.add(event.timer);
      break;
    case "CancelScheduled":
      fields.begin(EVENT + 12, at, venueAt);
      fields.add(event.venue);
      fields.addOptional(event.cancelAt);
      fields.add(event.refusal === undefined ? 0 : 1);
      fields.addText(event.refusal ?? "");
      break;
    default:
      unreachable(event);
  }
}

function putAccountReported(fields: EntryFields, event: AccountReported): void {
  fields.begin(EVENT + 8, event.at, event.venueAt);
  fields.add(event.venue);
  fields.add(event.balance);
  fields.add(event.positions.length);
  fields.add(event.openOrders.length);
  for (const position of event.positions) {
    fields.add(position.instrument);
    fields.add(position.lots);
  }
  for (const order of event.openOrders) {
    putOrder(fields, order.instrument, order.orderId);
    fields.add(sideCode(order.side));
    fields.add(order.price);
    fields.add(order.leaves);
  }
}

export function putOrder(fields: EntryFields, instrument: number, orderId: number): void {
  fields.add(instrument);
  fields.add(orderId);
}

export function sideCode(side: Side): number {
  return side === "bid" ? 0 : 1;
}
