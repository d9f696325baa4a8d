// What messages become under faults: refused by a venue out of turn, unreadable, cut short.

import type {
  AmendOrder,
  CancelOrder,
  PlaceOrder,
  VenueCommand,
} from "../../src/domain/command.ts";
import type {
  AccountReported,
  Event,
  OrderUnknown,
  RefusalReason,
  RequestKind,
} from "../../src/domain/event.ts";
import type { InstrumentId, PriceTicks, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { InstrumentDesk } from "../exchange/instrument-desk.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import type { Fault } from "../faults/fault.ts";
import { RANK_ANSWER, RANK_LAST } from "./booked.ts";

const THOUSAND = 1000;

/** What a gateway that fails says of a request: nothing that proves anything. */
export function unknownOutcome(
  command: PlaceOrder | CancelOrder | AmendOrder,
  venueAt: TimeUs,
  at: TimeUs,
): OrderUnknown {
  const { instrument, orderId } = command;
  const request = requestOf(command) ?? "place";
  return { kind: "OrderUnknown", at, venueAt, instrument, orderId, request, cause: "timed-out" };
}

/** Which of our requests a command is; undefined for what is about no one order. */
function requestOf(command: VenueCommand): RequestKind | undefined {
  switch (command.kind) {
    case "PlaceOrder":
      return "place";
    case "CancelOrder":
      return "cancel";
    case "AmendOrder":
      return "amend";
    default:
      return undefined;
  }
}

/** Where an answer stands among what falls on its microsecond while ties are permuted: by a coin of `word` and `ordinal`. */
export function permutedRank(word: number, ordinal: number): number {
  const mixed = Math.imul(word ^ ordinal, 0x9e3779b1);
  return ((mixed >>> 15) & 1) === 0 ? RANK_ANSWER : RANK_LAST;
}

/** Refuses what can be refused: a cancel-all for each order it would have reached, a question not at all. */
export function refuse(
  exchange: MockExchange,
  command: VenueCommand,
  reason: RefusalReason,
  at: TimeUs,
): void {
  const request = requestOf(command);
  if (request !== undefined && "orderId" in command) {
    deskOf(exchange, command.instrument)?.refuse(command.orderId, request, reason, at);
    return;
  }
  if (command.kind !== "CancelAll") return;
  for (const desk of exchange.desks) {
    if (command.instrument !== undefined && command.instrument !== desk.instrument.id) continue;
    for (const { orderId } of desk.market.orders()) desk.refuse(orderId, "cancel", reason, at);
  }
}

/** The desk of an instrument at a venue. */
export function deskOf(
  exchange: MockExchange,
  id: InstrumentId | undefined,
): InstrumentDesk | undefined {
  return exchange.desks.find((each) => each.instrument.id === id);
}

/** An answer whose body cannot be read: of an order it proves nothing, any other is lost. */
export function unreadable(event: Event): OrderUnknown | undefined {
  if (!("orderId" in event)) return undefined;
  const { at, venueAt, instrument, orderId } = event;
  const request = "request" in event ? event.request : "place";
  return { kind: "OrderUnknown", at, venueAt, instrument, orderId, request, cause: "timed-out" };
}

/** A report without the newest of the open orders. */
export function cut(report: AccountReported, orders: number): AccountReported {
  const byAge = [...report.openOrders].sort((a, b) => a.orderId - b.orderId);
  return { ...report, openOrders: byAge.slice(0, Math.max(0, byAge.length - orders)) };
}

/** What is said of an order that was cut down to a part: that the whole was accepted, and the rest has gone. */
export function uncut(event: Event, asked: PlaceOrder): Event {
  if (!("orderId" in event) || event.orderId !== asked.orderId) return event;
  if (event.kind === "OrderAccepted") return { ...event, size: asked.size };
  if (event.kind !== "OrderClosed") return event;
  if (event.reason !== "filled" && event.reason !== "ioc-remainder") return event;
  if (asked.price === undefined) return { ...event, reason: "market-remainder" };
  return { ...event, reason: asked.timeInForce === "IOC" ? "ioc-remainder" : "cancelled" };
}

/** The order that goes on instead, or why it is refused. */
export function alteredPlace(
  exchange: MockExchange,
  command: PlaceOrder,
  { kind, parameter }: Fault,
): PlaceOrder | RefusalReason {
  const desk = deskOf(exchange, command.instrument);
  const { price, side, size } = command;
  switch (kind) {
    case "place-refused":
      return desk === undefined ? "insufficient-margin" : exchange.account.lacks(desk.holding);
    case "post-only-refused":
      return "post-only-would-cross";
    case "reduce-only-refused":
      return "reduce-only";
    case "post-only-repriced": {
      if (price === undefined) return command;
      const off = side === "bid" ? price - parameter : price + parameter;
      return off < 1 ? command : { ...command, price: off as PriceTicks };
    }
    case "place-partly-filled": {
      const touch = side === "bid" ? desk?.market.bestAsk() : desk?.market.bestBid();
      if (touch === undefined || command.timeInForce === "POST_ONLY") return command;
      const takes = price === undefined || (side === "bid" ? price >= touch : price <= touch);
      const part = Math.floor((size * parameter) / THOUSAND);
      if (!takes || part === 0 || command.timeInForce === "FOK") return command;
      // Of the part, too, nothing may rest: the whole was told.
      const timeInForce = price === undefined ? command.timeInForce : "IOC";
      return { ...command, size: part as SizeLots, timeInForce };
    }
    default:
      return command;
  }
}
