// The numbers journal entries are written with. They are part of the format: append to a table, never reorder it.

import type { Command, TimeInForce } from "../domain/command.ts";
import type { CloseReason, Event, RefusalReason, RequestKind } from "../domain/event.ts";

/** An entry's code: 1 + index for an event; COMMAND + index for a command; REFUSAL + index for a refused one. */
export const EVENT = 1;
export const COMMAND = 32;
export const REFUSAL = 64;
export const NOTE = 96;

/** Set in the code of an entry whose fields are doubles; otherwise they are 32-bit integers. */
export const WIDE = 0x80;

/** An absent field of a narrow entry, and of a wide one (not NaN, whose bits an engine may choose). */
export const ABSENT = -0x8000_0000;
export const ABSENT_WIDE = Number.NEGATIVE_INFINITY;

/** Bytes before an entry's fields: code and length (u32), at (f64). */
export const HEAD_BYTES = 12;

export const EVENT_KINDS: readonly Event["kind"][] = [
  "BookChanged",
  "TradePrinted",
  "BarClosed",
  "OrderAccepted",
  "OrderRefused",
  "OrderFilled",
  "OrderClosed",
  "OrderUnknown",
  "AccountReported",
  "FundingPaid",
  "LinkChanged",
  "TimerFired",
  "CancelScheduled",
];

export const COMMAND_KINDS: readonly Command["kind"][] = [
  "PlaceOrder",
  "CancelOrder",
  "AmendOrder",
  "CancelAll",
  "ReportAccount",
  "SetTimer",
  "ClearTimer",
  "Halt",
  "ScheduleCancel",
];

export const TIMES_IN_FORCE: readonly TimeInForce[] = ["GTC", "IOC", "FOK", "POST_ONLY"];

export const REQUEST_KINDS: readonly RequestKind[] = ["place", "cancel", "amend"];

export const REFUSAL_REASONS: readonly RefusalReason[] = [
  "off-tick",
  "off-lot",
  "min-size",
  "min-notional",
  "significant-figures",
  "price-band",
  "post-only-would-cross",
  "ioc-no-liquidity",
  "fok-not-fillable",
  "no-liquidity",
  "reduce-only",
  "insufficient-margin",
  "self-trade",
  "max-open-orders",
  "unsupported",
  "unknown-order",
  "duplicate-order-id",
  "halted",
  "rate-limited",
  "insufficient-balance",
  "risk",
];

export const CLOSE_REASONS: readonly CloseReason[] = [
  "filled",
  "cancelled",
  "ioc-remainder",
  "market-remainder",
  "self-trade",
  "reduce-only",
  "liquidated",
  "insufficient-margin",
  "halted",
  "post-only-would-cross",
  "scheduled-cancel",
];
