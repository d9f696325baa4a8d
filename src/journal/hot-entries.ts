// The entries a run is full of, written straight into the block: the same bytes as through EntryFields (a property
// test compares them), a few times faster. Only narrow entries, and timers that are set, which are wide as they hold a
// time; for any other a function returns 0, having written nothing that counts, and the entry takes the general way.

import type { CancelOrder, Command, PlaceOrder, SetTimer } from "../domain/command.ts";
import type { Event, OrderAccepted, OrderClosed, OrderFilled } from "../domain/event.ts";
import { ABSENT, CLOSE_REASONS, COMMAND, EVENT, TIMES_IN_FORCE, WIDE } from "./entry-codes.ts";

/** No entry written here is longer. */
export const HOT_BYTES_MAX = 64;

/** Code and length in the place and order of an entry's first four bytes. */
const head = (code: number, length: number): number => (code << 24) | length;

const BOOK_CHANGED = head(EVENT, 28);
const ORDER_ACCEPTED = head(EVENT + 3, 36);
const ORDER_FILLED = head(EVENT + 5, 52);
const ORDER_CLOSED = head(EVENT + 6, 32);
const TIMER_FIRED = head(EVENT + 11, 20);
const PLACE_ORDER = head(COMMAND, 48);
const CANCEL_ORDER = head(COMMAND + 1, 28);
const SET_TIMER = head((COMMAND + 5) | WIDE, 44);

/** Writes an event at `offset`; returns the offset after it, or 0. */
export function writeHotEvent(event: Event, data: DataView, offset: number): number {
  const { at } = event;
  const lag = at - event.venueAt;
  if (!fits(lag)) return 0;
  switch (event.kind) {
    case "BookChanged": {
      const bid = event.bid ?? ABSENT;
      const ask = event.ask ?? ABSENT;
      if (!fits(event.instrument) || !fitsOptional(event.bid) || !fitsOptional(event.ask)) return 0;
      writeHead(data, offset, BOOK_CHANGED, at, lag);
      data.setInt32(offset + 16, event.instrument, true);
      data.setInt32(offset + 20, bid, true);
      data.setInt32(offset + 24, ask, true);
      return offset + 28;
    }
    case "OrderAccepted":
      return writeAccepted(event, data, offset, lag);
    case "OrderFilled":
      return writeFilled(event, data, offset, lag);
    case "OrderClosed":
      return writeClosed(event, data, offset, lag);
    case "TimerFired":
      if (!fits(event.timer)) return 0;
      writeHead(data, offset, TIMER_FIRED, at, lag);
      data.setInt32(offset + 16, event.timer, true);
      return offset + 20;
    default:
      return 0;
  }
}

/** Writes a command that was sent at `offset`; returns the offset after it, or 0. */
export function writeHotCommand(
  command: Command,
  at: number,
  cause: number,
  data: DataView,
  offset: number,
): number {
  if (command.kind === "SetTimer") return writeSetTimer(command, at, cause, data, offset);
  if (!fits(cause)) return 0;
  if (command.kind === "PlaceOrder") return writePlace(command, at, cause, data, offset);
  if (command.kind === "CancelOrder") return writeCancel(command, at, cause, data, offset);
  return 0;
}

function writeAccepted(event: OrderAccepted, data: DataView, offset: number, lag: number): number {
  const { instrument, orderId, price, size } = event;
  if (!fits(instrument) || !fits(orderId) || !fits(price) || !fits(size)) return 0;
  writeHead(data, offset, ORDER_ACCEPTED, event.at, lag);
  data.setInt32(offset + 16, instrument, true);
  data.setInt32(offset + 20, orderId, true);
  data.setInt32(offset + 24, event.request === "place" ? 0 : 2, true);
  data.setInt32(offset + 28, price, true);
  data.setInt32(offset + 32, size, true);
  return offset + 36;
}

function writeFilled(event: OrderFilled, data: DataView, offset: number, lag: number): number {
  const { instrument, orderId, tradeId, price, size, cumulative, fee } = event;
  if (!fits(instrument) || !fits(orderId) || !fits(tradeId) || !fits(price)) return 0;
  if (!fits(size) || !fits(cumulative) || !fits(fee)) return 0;
  writeHead(data, offset, ORDER_FILLED, event.at, lag);
  data.setInt32(offset + 16, instrument, true);
  data.setInt32(offset + 20, orderId, true);
  data.setInt32(offset + 24, tradeId, true);
  data.setInt32(offset + 28, event.side === "bid" ? 0 : 1, true);
  data.setInt32(offset + 32, price, true);
  data.setInt32(offset + 36, size, true);
  data.setInt32(offset + 40, cumulative, true);
  data.setInt32(offset + 44, event.liquidity === "maker" ? 0 : 1, true);
  data.setInt32(offset + 48, fee, true);
  return offset + 52;
}

function writeClosed(event: OrderClosed, data: DataView, offset: number, lag: number): number {
  const { instrument, orderId, filled } = event;
  if (!fits(instrument) || !fits(orderId) || !fits(filled)) return 0;
  writeHead(data, offset, ORDER_CLOSED, event.at, lag);
  data.setInt32(offset + 16, instrument, true);
  data.setInt32(offset + 20, orderId, true);
  data.setInt32(offset + 24, placeIn(CLOSE_REASONS, event.reason), true);
  data.setInt32(offset + 28, filled, true);
  return offset + 32;
}

function writePlace(
  command: PlaceOrder,
  at: number,
  cause: number,
  data: DataView,
  offset: number,
): number {
  const { instrument, orderId, size } = command;
  if (!fits(instrument) || !fits(orderId) || !fits(size) || !fitsOptional(command.price)) return 0;
  writeHead(data, offset, PLACE_ORDER, at, 0);
  data.setInt32(offset + 16, cause, true);
  data.setInt32(offset + 20, instrument, true);
  data.setInt32(offset + 24, orderId, true);
  data.setInt32(offset + 28, command.side === "bid" ? 0 : 1, true);
  data.setInt32(offset + 32, command.price ?? ABSENT, true);
  data.setInt32(offset + 36, size, true);
  data.setInt32(offset + 40, placeIn(TIMES_IN_FORCE, command.timeInForce), true);
  data.setInt32(offset + 44, command.reduceOnly ? 1 : 0, true);
  return offset + 48;
}

function writeCancel(
  command: CancelOrder,
  at: number,
  cause: number,
  data: DataView,
  offset: number,
): number {
  const { instrument, orderId } = command;
  if (!fits(instrument) || !fits(orderId)) return 0;
  writeHead(data, offset, CANCEL_ORDER, at, 0);
  data.setInt32(offset + 16, cause, true);
  data.setInt32(offset + 20, instrument, true);
  data.setInt32(offset + 24, orderId, true);
  return offset + 28;
}

function writeSetTimer(
  command: SetTimer,
  at: number,
  cause: number,
  data: DataView,
  offset: number,
): number {
  if (fits(command.at)) return 0;
  data.setInt32(offset, SET_TIMER, true);
  data.setFloat64(offset + 4, at, true);
  data.setFloat64(offset + 12, at, true);
  data.setFloat64(offset + 20, cause, true);
  data.setFloat64(offset + 28, command.timer, true);
  data.setFloat64(offset + 36, command.at, true);
  return offset + 44;
}

function writeHead(data: DataView, offset: number, word: number, at: number, lag: number): void {
  data.setInt32(offset, word, true);
  data.setFloat64(offset + 4, at, true);
  data.setInt32(offset + 12, lag, true);
}

/** Is it a 32-bit integer that does not mean "absent"? */
function fits(value: number): boolean {
  return (value | 0) === value && value !== ABSENT;
}

function fitsOptional(value: number | undefined): boolean {
  return value === undefined || fits(value);
}

/** Array.indexOf, which for a few short words costs more than looking. */
function placeIn<T>(table: readonly T[], value: T): number {
  let index = 0;
  while (table[index] !== value) index += 1;
  return index;
}
