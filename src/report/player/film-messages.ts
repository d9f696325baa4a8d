// Commands and events as messages of a film: what of them is drawn and told.

import type { VenueCommand } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { FilmMessage, StepKind } from "./film.ts";

type Leaves = Readonly<{ at: number; venue: number }>;
type Body = Pick<
  FilmMessage,
  "kind" | "instrument" | "order" | "side" | "price" | "size" | "filled" | "text"
>;

const NOTHING: Omit<Body, "kind"> = {
  instrument: undefined,
  order: undefined,
  side: undefined,
  price: undefined,
  size: undefined,
  filled: undefined,
  text: "",
};

/** A command on its way to a venue. */
export function commandMessage(command: VenueCommand, leaves: Leaves): FilmMessage {
  return { ...onWire(leaves, false), ...commandBody(command) };
}

/** An answer on its way to the bot; undefined: no venue says this. */
export function eventMessage(event: Event, leaves: Leaves): FilmMessage | undefined {
  const body = eventBody(event);
  return body === undefined ? undefined : { ...onWire(leaves, true), ...body };
}

/** What tells an answer from every other, wherever and however often it arrives. */
export function keyOf(event: Event): string {
  const told = event as Readonly<Record<string, unknown>>;
  const { kind, venueAt, instrument, orderId, tradeId, request, reason, venue } = told;
  return [kind, venueAt, instrument, orderId, tradeId, request, reason, venue].join(" ");
}

/** What hearing an event is. */
export function stepKindOf(event: Event): StepKind {
  switch (event.kind) {
    case "BookChanged":
      return "book";
    case "TradePrinted":
      return "print";
    case "BarClosed":
      return "bar";
    case "TimerFired":
      return "timer";
    case "LinkChanged":
      return "link";
    default:
      return eventBody(event)?.kind ?? "moved";
  }
}

function onWire({ at, venue }: Leaves, toBot: boolean) {
  return { toBot, venue, sentAt: at, gotAt: undefined, isCopy: false, faults: [] };
}

function commandBody(command: VenueCommand): Body {
  switch (command.kind) {
    case "PlaceOrder": {
      const { instrument, orderId: order, side, price, size, timeInForce, reduceOnly } = command;
      const text = `${timeInForce}${reduceOnly ? " reduce-only" : ""}`;
      return { ...NOTHING, kind: "place", instrument, order, side, price, size, text };
    }
    case "AmendOrder": {
      const { instrument, orderId: order, price, size } = command;
      return { ...NOTHING, kind: "amend", instrument, order, price, size };
    }
    case "CancelOrder":
      return {
        ...NOTHING,
        kind: "cancel",
        instrument: command.instrument,
        order: command.orderId,
      };
    case "CancelAll":
      return { ...NOTHING, kind: "cancel", instrument: command.instrument, text: "all" };
    case "ReportAccount":
      return { ...NOTHING, kind: "ask", text: "account" };
    case "ScheduleCancel":
      return { ...NOTHING, kind: "ask", text: "scheduled cancel" };
  }
}

function eventBody(event: Event): Body | undefined {
  switch (event.kind) {
    case "OrderAccepted": {
      const { instrument, orderId: order, price, size, request } = event;
      const text = request === "amend" ? "amended" : "";
      return { ...NOTHING, kind: "accepted", instrument, order, price, size, text };
    }
    case "OrderRefused": {
      const { instrument, orderId: order, request } = event;
      const text = `${request}: ${event.reason}${event.text === event.reason ? "" : `, ${event.text}`}`;
      return { ...NOTHING, kind: "refused", instrument, order, text };
    }
    case "OrderFilled": {
      const { instrument, orderId: order, side, price, size, cumulative, liquidity } = event;
      const told = { instrument, order, side, price, size, filled: cumulative, text: liquidity };
      return { kind: "filled", ...told };
    }
    case "OrderClosed": {
      const { instrument, orderId: order, filled, reason: text } = event;
      return { ...NOTHING, kind: "closed", instrument, order, filled, text };
    }
    case "OrderUnknown": {
      const { instrument, orderId: order, request, cause } = event;
      return { ...NOTHING, kind: "unknown", instrument, order, text: `${request}: ${cause}` };
    }
    case "AccountReported": {
      const { positions, openOrders } = event;
      const held = positions.map(({ instrument, lots }) => `${instrument}: ${lots}`).join(", ");
      const text = `holds ${held === "" ? "nothing" : held} lots, ${openOrders.length} orders open`;
      return { ...NOTHING, kind: "report", text };
    }
    case "FundingPaid":
      return { ...NOTHING, kind: "funding", instrument: event.instrument };
    case "CancelScheduled":
      return { ...NOTHING, kind: "scheduled", text: event.refusal ?? "" };
    default:
      return undefined;
  }
}
