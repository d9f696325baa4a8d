// Events back from their fields; the mirror of event-encoder.ts. What the writer took is believed.

import { unreachable } from "../domain/assert.ts";
import type { AccountReported, CancelScheduled, Event } from "../domain/event.ts";
import type {
  DurationUs,
  InstrumentId,
  MoneyUnits,
  OrderId,
  PositionLots,
  PriceTicks,
  RateE8,
  Side,
  SizeLots,
  TimerId,
  TimeUs,
  TradeId,
  VenueId,
} from "../domain/units.ts";
import { CLOSE_REASONS, REFUSAL_REASONS, REQUEST_KINDS } from "./entry-codes.ts";
import type { EntryReader } from "./entry-reader.ts";

const SIDES: readonly Side[] = ["bid", "ask"];

/** The event of a kind that the reader stands at. */
export function takeEvent(reader: EntryReader, kind: Event["kind"]): Event {
  // Written out, as they all are where they are made: a spread a thousand times over is slow.
  const at = reader.at as TimeUs;
  const venueAt = reader.venueAt as TimeUs;
  switch (kind) {
    case "BookChanged":
      return {
        kind,
        at,
        venueAt,
        instrument: reader.next() as InstrumentId,
        bid: reader.nextOptional() as PriceTicks | undefined,
        ask: reader.nextOptional() as PriceTicks | undefined,
      };
    case "TradePrinted":
      return {
        kind,
        at,
        venueAt,
        instrument: reader.next() as InstrumentId,
        price: reader.next() as PriceTicks,
        size: reader.next() as SizeLots,
        aggressor: SIDES[reader.nextOptional() ?? -1],
      };
    case "BarClosed":
      return {
        kind,
        at,
        venueAt,
        instrument: reader.next() as InstrumentId,
        periodUs: reader.next() as DurationUs,
        open: reader.next() as PriceTicks,
        high: reader.next() as PriceTicks,
        low: reader.next() as PriceTicks,
        close: reader.next() as PriceTicks,
        volume: reader.next() as SizeLots,
      };
    case "AccountReported":
      return accountReport(reader, at, venueAt);
    case "FundingPaid":
      return {
        kind,
        at,
        venueAt,
        instrument: reader.next() as InstrumentId,
        rate: reader.next() as RateE8,
        mark: reader.next() as PriceTicks,
        lots: reader.next() as PositionLots,
        amount: reader.next() as MoneyUnits,
      };
    case "LinkChanged":
      return {
        kind,
        at,
        venueAt,
        venue: reader.next() as VenueId,
        link: reader.next() === 1 ? "up" : "down",
        cause: reader.nextText(),
      };
    case "TimerFired":
      return { kind, at, venueAt, timer: reader.next() as TimerId };
    case "CancelScheduled":
      return { kind, at, venueAt, ...cancelScheduled(reader) };
    default:
      return takeOrderEvent(reader, kind);
  }
}

type OrderEventKind =
  | "OrderAccepted"
  | "OrderRefused"
  | "OrderFilled"
  | "OrderClosed"
  | "OrderUnknown";

function takeOrderEvent(reader: EntryReader, kind: OrderEventKind): Event {
  const at = reader.at as TimeUs;
  const venueAt = reader.venueAt as TimeUs;
  const instrument = reader.next() as InstrumentId;
  const orderId = reader.next() as OrderId;
  switch (kind) {
    case "OrderAccepted":
      return {
        kind,
        at,
        venueAt,
        instrument,
        orderId,
        request: reader.nextOf(REQUEST_KINDS) as "place" | "amend",
        price: reader.next() as PriceTicks,
        size: reader.next() as SizeLots,
      };
    case "OrderRefused":
      return {
        kind,
        at,
        venueAt,
        instrument,
        orderId,
        request: reader.nextOf(REQUEST_KINDS),
        reason: reader.nextOf(REFUSAL_REASONS),
        text: reader.nextText(),
      };
    case "OrderFilled":
      return {
        kind,
        at,
        venueAt,
        instrument,
        orderId,
        tradeId: reader.next() as TradeId,
        side: reader.nextOf(SIDES),
        price: reader.next() as PriceTicks,
        size: reader.next() as SizeLots,
        cumulative: reader.next() as SizeLots,
        liquidity: reader.next() === 0 ? "maker" : "taker",
        fee: reader.next() as MoneyUnits,
      };
    case "OrderClosed":
      return {
        kind,
        at,
        venueAt,
        instrument,
        orderId,
        reason: reader.nextOf(CLOSE_REASONS),
        filled: reader.next() as SizeLots,
      };
    case "OrderUnknown":
      return {
        kind,
        at,
        venueAt,
        instrument,
        orderId,
        request: reader.nextOf(REQUEST_KINDS),
        cause: reader.next() === 0 ? "timed-out" : "not-found",
      };
    default:
      return unreachable(kind);
  }
}

function cancelScheduled(
  reader: EntryReader,
): Pick<CancelScheduled, "venue" | "cancelAt" | "refusal"> {
  const venue = reader.next() as VenueId;
  const cancelAt = reader.nextOptional() as TimeUs | undefined;
  const isRefused = reader.next() === 1;
  const text = reader.nextText();
  return { venue, cancelAt, refusal: isRefused ? text : undefined };
}

function accountReport(reader: EntryReader, at: TimeUs, venueAt: TimeUs): AccountReported {
  const venue = reader.next() as VenueId;
  const balance = reader.next() as MoneyUnits;
  const positionCount = reader.next();
  const orderCount = reader.next();
  const positions = Array.from({ length: positionCount }, () => ({
    instrument: reader.next() as InstrumentId,
    lots: reader.next() as PositionLots,
  }));
  const openOrders = Array.from({ length: orderCount }, () => ({
    instrument: reader.next() as InstrumentId,
    orderId: reader.next() as OrderId,
    side: reader.nextOf(SIDES),
    price: reader.next() as PriceTicks,
    leaves: reader.next() as SizeLots,
  }));
  return { kind: "AccountReported", at, venueAt, venue, balance, positions, openOrders };
}
