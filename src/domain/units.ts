// The integer units every decision is made in, branded so that ticks never meet lots by accident.
// A raw number becomes a unit at an edge (importers, config, wire) and nowhere else.

import { assert } from "./assert.ts";

declare const unit: unique symbol;
type Unit<Base, Name extends string> = Base & { readonly [unit]: Name };

/** Microseconds since the Unix epoch; an integer in a double, exact until the year 2255. */
export type TimeUs = Unit<number, "TimeUs">;
/** A length of time in microseconds, ≥ 0. */
export type DurationUs = Unit<number, "DurationUs">;
/** A price as a whole number of the instrument's ticks. */
export type PriceTicks = Unit<number, "PriceTicks">;
/** A size as a whole number of the instrument's lots, ≥ 0. */
export type SizeLots = Unit<number, "SizeLots">;
/** A signed number of lots: long above zero, short below. */
export type PositionLots = Unit<number, "PositionLots">;
/** One amount of money in ledger units of its currency (10^-decimals), a safe integer; sums are `bigint`. */
export type MoneyUnits = Unit<number, "MoneyUnits">;
/** A fee or funding rate in units of 1e-8: 1 basis point is 10,000. Negative is a rebate. */
export type RateE8 = Unit<number, "RateE8">;
/** Dense index of an instrument in a run, in the order of the run's configuration. */
export type InstrumentId = Unit<number, "InstrumentId">;
/** Dense index of a venue in a run, in the order of the run's configuration. */
export type VenueId = Unit<number, "VenueId">;
/** Our own order number, chosen before sending and never used twice in a run; the anchor of every reply. */
export type OrderId = Unit<number, "OrderId">;
/** The venue's number of a trade; unique per (venue, instrument, side). */
export type TradeId = Unit<number, "TradeId">;
/** A timer's number, chosen by whoever sets it; setting it again moves it. */
export type TimerId = Unit<number, "TimerId">;

/** Which side of the book: a bid buys, an ask sells. As a trade's aggressor: "bid" means the buyer initiated. */
export type Side = "bid" | "ask";

/** The opposite side. */
export function opposite(side: Side): Side {
  return side === "bid" ? "ask" : "bid";
}

/** +1 for a bid, −1 for an ask: the sign a fill moves a position by. */
export function signOf(side: Side): 1 | -1 {
  return side === "bid" ? 1 : -1;
}

function safeInteger(value: number, name: string): number {
  assert(Number.isSafeInteger(value), `${name} is a safe integer, was ${value}`);
  return value;
}

function count(value: number, name: string): number {
  assert(safeInteger(value, name) >= 0, `${name} is not negative, was ${value}`);
  return value;
}

export const timeUs = (value: number): TimeUs => safeInteger(value, "time in µs") as TimeUs;
export const durationUs = (value: number): DurationUs =>
  count(value, "duration in µs") as DurationUs;
export const priceTicks = (value: number): PriceTicks =>
  safeInteger(value, "price in ticks") as PriceTicks;
export const sizeLots = (value: number): SizeLots => count(value, "size in lots") as SizeLots;
export const positionLots = (value: number): PositionLots =>
  safeInteger(value, "position in lots") as PositionLots;
export const moneyUnits = (value: number): MoneyUnits =>
  safeInteger(value, "money in ledger units") as MoneyUnits;
export const rateE8 = (value: number): RateE8 => safeInteger(value, "rate in 1e-8") as RateE8;
export const instrumentId = (value: number): InstrumentId =>
  count(value, "instrument index") as InstrumentId;
export const venueId = (value: number): VenueId => count(value, "venue index") as VenueId;
export const orderId = (value: number): OrderId => count(value, "order id") as OrderId;
export const tradeId = (value: number): TradeId => count(value, "trade id") as TradeId;
export const timerId = (value: number): TimerId => count(value, "timer id") as TimerId;
