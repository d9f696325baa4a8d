// One line of a LOBSTER message file, judged and read: time, type, order id, size, price × 10,000, direction.
// Source: LOBSTER sample files readme, 1 September 2013. Type 6 (auction print) appears in later files.

import { DataError } from "./data-error.ts";

export const LOBSTER_ADD = 1;
export const LOBSTER_REDUCE = 2;
export const LOBSTER_DELETE = 3;
export const LOBSTER_EXECUTE = 4;
export const LOBSTER_HIDDEN = 5;
export const LOBSTER_CROSS = 6;
export const LOBSTER_HALT = 7;

/** File units (1/10,000 USD) in a tick of one cent. */
export const FILE_UNITS_PER_TICK = 100;

/** A message; `timeNs` counts from midnight at the venue. */
export type LobsterMessage = Readonly<{
  timeNs: number;
  type: number;
  orderRef: number;
  size: number;
  /** 1/10,000 USD, except for a halt, where it is the state. */
  price: number;
  isAsk: boolean;
}>;

/** Where a line stands, for messages. */
type Place = Readonly<{ path: string; line: number }>;

const COLUMNS = 6;
const NS_PER_SECOND = 1_000_000_000;
const SECONDS_PER_DAY = 86_400;
/** Nine decimals, and more where the file's maker printed a double: they round away. */
const TIME = /^\d{1,5}(?:\.\d{1,18})?$/;
const WHOLE = /^-?\d{1,15}$/;
/** The largest price whose ticks fit the tape's 32 bits. */
const PRICE_MAX = 2_147_483_647 * FILE_UNITS_PER_TICK;

/** @throws {DataError} naming file, line, what was expected and what was found. */
export function lobsterMessage(text: string, place: Place): LobsterMessage {
  const fields = text.split(",");
  if (fields.length !== COLUMNS) {
    throw wrong(place, `${COLUMNS} columns`, `${fields.length} in "${text}"`);
  }
  const [time = "", type = "", orderRef = "", size = "", price = "", direction = ""] = fields;
  const message = {
    timeNs: nanoseconds(time, place),
    type: whole(type, "a type", place),
    orderRef: whole(orderRef, "an order id", place),
    size: whole(size, "a size", place),
    price: whole(price, "a price × 10,000", place),
    isAsk: direction === "-1",
  };
  if (direction !== "1" && direction !== "-1") throw wrong(place, "a direction 1 or -1", direction);
  if (message.type < LOBSTER_ADD || message.type > LOBSTER_HALT) {
    throw wrong(place, "a type from 1 to 7", type);
  }
  if (message.type === LOBSTER_HALT) return message;
  if (message.size <= 0 || message.size > 2_147_483_647) {
    throw wrong(place, "a size of 1 to 2^31 - 1 shares", size);
  }
  if (message.price <= 0 || message.price > PRICE_MAX) throw wrong(place, "a price > 0", price);
  const displayed = message.type !== LOBSTER_HIDDEN && message.type !== LOBSTER_CROSS;
  if (displayed && message.price % FILE_UNITS_PER_TICK !== 0) {
    throw wrong(place, "a displayed price on the grid of 0.01 USD (100)", price);
  }
  return message;
}

function nanoseconds(text: string, place: Place): number {
  const seconds = Number(text);
  if (!TIME.test(text) || seconds >= SECONDS_PER_DAY) {
    throw wrong(place, "a time in seconds after midnight", text);
  }
  return Math.round(seconds * NS_PER_SECOND);
}

function whole(text: string, name: string, place: Place): number {
  if (!WHOLE.test(text)) throw wrong(place, `${name} as a whole number`, text);
  return Number(text);
}

function wrong(place: Place, expected: string, was: string): DataError {
  const advice = "check that this is an unchanged LOBSTER message file";
  return new DataError({ file: place.path, line: place.line, expected, was, advice });
}
