// What a bot asks for. A command never answers; its outcome arrives as events.

import type {
  InstrumentId,
  OrderId,
  PriceTicks,
  Side,
  SizeLots,
  TimerId,
  TimeUs,
  VenueId,
} from "./units.ts";

/** How long an order may stand. POST_ONLY is GTC that is refused (or as the venue does) if it would match on arrival. */
export type TimeInForce = "GTC" | "IOC" | "FOK" | "POST_ONLY";

/** A new order. `price` undefined is a market order, which must be IOC. */
export type PlaceOrder = Readonly<{
  kind: "PlaceOrder";
  instrument: InstrumentId;
  orderId: OrderId;
  side: Side;
  price: PriceTicks | undefined;
  size: SizeLots;
  timeInForce: TimeInForce;
  reduceOnly: boolean;
}>;
export type CancelOrder = Readonly<{
  kind: "CancelOrder";
  instrument: InstrumentId;
  orderId: OrderId;
}>;
/** New price and new total size of a resting order, keeping its id; priority by the venue's rule. */
export type AmendOrder = Readonly<{
  kind: "AmendOrder";
  instrument: InstrumentId;
  orderId: OrderId;
  price: PriceTicks;
  size: SizeLots;
}>;
/** Cancel everything of ours at a venue, or of one instrument there. */
export type CancelAll = Readonly<{
  kind: "CancelAll";
  venue: VenueId;
  instrument: InstrumentId | undefined;
}>;
/** Ask the venue for its account of us; answered by AccountReported. */
export type ReportAccount = Readonly<{ kind: "ReportAccount"; venue: VenueId }>;
/**
 * Have the venue cancel everything of ours there at `at`, whatever becomes of us; undefined takes that back. Asked for
 * again and again with a later `at`, it is the venue's dead man's switch. Answered by CancelScheduled.
 */
export type ScheduleCancel = Readonly<{
  kind: "ScheduleCancel";
  venue: VenueId;
  at: TimeUs | undefined;
}>;
/** Fire TimerFired at `at`; setting a timer that is set moves it. */
export type SetTimer = Readonly<{ kind: "SetTimer"; timer: TimerId; at: TimeUs }>;
export type ClearTimer = Readonly<{ kind: "ClearTimer"; timer: TimerId }>;
/** Stop trading: everything is cancelled, nothing new is sent. */
export type Halt = Readonly<{ kind: "Halt"; reason: string }>;

export type Command =
  | PlaceOrder
  | CancelOrder
  | AmendOrder
  | CancelAll
  | ReportAccount
  | ScheduleCancel
  | SetTimer
  | ClearTimer
  | Halt;

/** The commands a venue may take several of in one request. */
export type BatchCommand = PlaceOrder | AmendOrder | CancelOrder;

/** The commands that leave for a venue, as opposed to those the bot serves itself. */
export type VenueCommand =
  | PlaceOrder
  | CancelOrder
  | AmendOrder
  | CancelAll
  | ReportAccount
  | ScheduleCancel;
