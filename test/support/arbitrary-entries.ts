// Any event and any command, as fast-check arbitraries: every kind, with values at both ends of their ranges.

import fc from "fast-check";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import {
  CLOSE_REASONS,
  REFUSAL_REASONS,
  REQUEST_KINDS,
  TIMES_IN_FORCE,
} from "../../src/journal/entry-codes.ts";

const MICROSECONDS_2255 = 9_000_000_000_000_000;

/** Mostly what fits 32 bits, sometimes what does not, and the very value that marks an absent field. */
const integer = fc.oneof(
  { weight: 8, arbitrary: fc.integer() },
  { weight: 2, arbitrary: fc.maxSafeInteger() },
  { weight: 1, arbitrary: fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 2 ** 31, 0) },
);
const count = fc.oneof(fc.nat(), fc.maxSafeNat());
const index = fc.nat({ max: 300 });
const optional = fc.option(integer, { nil: undefined });
const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }));
const side = fc.constantFrom("bid", "ask");
const request = fc.constantFrom(...REQUEST_KINDS);
const time = fc.oneof(
  fc.integer({ min: 1_700_000_000_000_000, max: 1_700_000_100_000_000 }),
  fc.integer({ min: 0, max: MICROSECONDS_2255 }),
);

type Fields = Record<string, fc.Arbitrary<unknown>>;
const kindOf = (kind: string, fields: Fields) => fc.record({ kind: fc.constant(kind), ...fields });
const told = (kind: string, fields: Fields) => kindOf(kind, { at: time, venueAt: time, ...fields });
const about = { instrument: index, orderId: count };

const report = told("AccountReported", {
  venue: index,
  balance: integer,
  positions: fc.array(fc.record({ instrument: index, lots: integer }), { maxLength: 40 }),
  openOrders: fc.array(fc.record({ ...about, side, price: integer, leaves: count }), {
    maxLength: 40,
  }),
});

export const arbitraryEvents: Readonly<Record<Event["kind"], fc.Arbitrary<Event>>> = {
  BookChanged: told("BookChanged", { instrument: index, bid: optional, ask: optional }),
  TradePrinted: told("TradePrinted", {
    instrument: index,
    price: integer,
    size: count,
    aggressor: fc.option(side, { nil: undefined }),
  }),
  BarClosed: told("BarClosed", {
    instrument: index,
    periodUs: count,
    open: integer,
    high: integer,
    low: integer,
    close: integer,
    volume: count,
  }),
  OrderAccepted: told("OrderAccepted", {
    ...about,
    request: fc.constantFrom("place", "amend"),
    price: integer,
    size: count,
  }),
  OrderRefused: told("OrderRefused", {
    ...about,
    request,
    reason: fc.constantFrom(...REFUSAL_REASONS),
    text,
  }),
  OrderFilled: told("OrderFilled", {
    ...about,
    tradeId: count,
    side,
    price: integer,
    size: count,
    cumulative: count,
    liquidity: fc.constantFrom("maker", "taker"),
    fee: integer,
  }),
  OrderClosed: told("OrderClosed", {
    ...about,
    reason: fc.constantFrom(...CLOSE_REASONS),
    filled: count,
  }),
  OrderUnknown: told("OrderUnknown", {
    ...about,
    request,
    cause: fc.constantFrom("timed-out", "not-found"),
  }),
  AccountReported: report,
  FundingPaid: told("FundingPaid", {
    instrument: index,
    rate: integer,
    mark: integer,
    lots: integer,
    amount: integer,
  }),
  LinkChanged: told("LinkChanged", {
    venue: index,
    link: fc.constantFrom("up", "down"),
    cause: text,
  }),
  TimerFired: told("TimerFired", { timer: count }),
  CancelScheduled: told("CancelScheduled", {
    venue: index,
    cancelAt: fc.option(time, { nil: undefined }),
    refusal: fc.option(text, { nil: undefined }),
  }),
} as unknown as Record<Event["kind"], fc.Arbitrary<Event>>;

export const arbitraryCommands: Readonly<Record<Command["kind"], fc.Arbitrary<Command>>> = {
  PlaceOrder: kindOf("PlaceOrder", {
    ...about,
    side,
    price: optional,
    size: count,
    timeInForce: fc.constantFrom(...TIMES_IN_FORCE),
    reduceOnly: fc.boolean(),
  }),
  CancelOrder: kindOf("CancelOrder", about),
  AmendOrder: kindOf("AmendOrder", { ...about, price: integer, size: count }),
  CancelAll: kindOf("CancelAll", {
    venue: index,
    instrument: fc.option(index, { nil: undefined }),
  }),
  ReportAccount: kindOf("ReportAccount", { venue: index }),
  ScheduleCancel: kindOf("ScheduleCancel", {
    venue: index,
    at: fc.option(time, { nil: undefined }),
  }),
  SetTimer: kindOf("SetTimer", { timer: count, at: time }),
  ClearTimer: kindOf("ClearTimer", { timer: count }),
  Halt: kindOf("Halt", { reason: text }),
} as unknown as Record<Command["kind"], fc.Arbitrary<Command>>;

/** A time an entry may carry. */
export const arbitraryTime = time;

/** Any text an entry may carry. */
export const arbitraryText = text;
