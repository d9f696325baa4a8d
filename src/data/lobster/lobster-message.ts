// One line of a LOBSTER message file, judged and read: time, type, order id, size, price × 10,000, direction.
// Source: LOBSTER sample files readme, 1 September 2013. Type 6 (auction print) appears in later files.

import { DataError } from "../data-error.ts";
import { CsvFields } from "../fields/csv-fields.ts";

export const LOBSTER_ADD = 1;
export const LOBSTER_REDUCE = 2;
export const LOBSTER_DELETE = 3;
export const LOBSTER_EXECUTE = 4;
export const LOBSTER_HIDDEN = 5;
export const LOBSTER_CROSS = 6;
export const LOBSTER_HALT = 7;

/** File units (1/10,000 USD) in a tick of one cent. */
export const FILE_UNITS_PER_TICK = 100;

/** Where a line stands. */
export type LinePlace = Readonly<{ bytes: Uint8Array; from: number; to: number; line: number }>;

const COLUMNS = 6;
const [TIME, TYPE, ORDER_REF, SIZE, PRICE, DIRECTION] = [0, 1, 2, 3, 4, 5] as const;
const NS_PER_SECOND = 1_000_000_000;
const SECONDS_PER_DAY = 86_400;
/** Nine decimals, and more where the file's maker printed a double: they round away. */
const TIME_TEXT = /^\d{1,5}(?:\.\d{1,18})?$/;
const NS_DECIMALS = 9;
/** What the last digit of a time with so many decimals stands for. */
const NS_OF_DECIMALS = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1_000, 100, 10, 1] as const;
/** Five digits, a point, nine decimals. */
const TIME_DIGITS_MAX = 15;
const ZERO = 0x30;
/** A point, as far below the digits. */
const POINT = 0x2e - ZERO;
const SHARES_MAX = 2_147_483_647;
/** The largest price whose ticks fit the tape's 32 bits. */
const PRICE_MAX = 2_147_483_647 * FILE_UNITS_PER_TICK;

/** The message read last. */
export class LobsterMessage {
  /** From midnight at the venue. */
  timeNs = 0;
  type = 0;
  orderRef = 0;
  size = 0;
  /** 1/10,000 USD, except for a halt, where it is the state. */
  price = 0;
  isAsk = false;
  readonly #path: string;
  readonly #fields = new CsvFields();
  #line = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws {DataError} naming file, line, what was expected and what was found. */
  read({ bytes, from, to, line }: LinePlace): void {
    const fields = this.#fields;
    this.#line = line;
    fields.split(bytes, from, to);
    if (fields.count !== COLUMNS) {
      throw this.#wrong(`${COLUMNS} columns`, `${fields.count} in "${fields.line()}"`);
    }
    this.timeNs = this.#nanoseconds();
    this.type = this.#whole(TYPE, "a type");
    this.orderRef = this.#whole(ORDER_REF, "an order id");
    this.size = this.#whole(SIZE, "a size");
    this.price = this.#whole(PRICE, "a price × 10,000");
    const direction = fields.whole(DIRECTION);
    if (direction !== 1 && direction !== -1) {
      throw this.#wrong("a direction 1 or -1", fields.text(DIRECTION));
    }
    this.isAsk = direction === -1;
    if (this.type < LOBSTER_ADD || this.type > LOBSTER_HALT) {
      throw this.#wrong("a type from 1 to 7", fields.text(TYPE));
    }
    if (this.type !== LOBSTER_HALT) this.#judge();
  }

  /** The error of a message that is not in its place. */
  before(timeNs: number): DataError {
    const expected = `a time not before ${timeNs / NS_PER_SECOND} s`;
    const advice = "the file is out of order: sort it, or fetch it again";
    return this.#wrong(expected, this.#fields.text(TIME), advice);
  }

  #judge(): void {
    const { type, size, price } = this;
    const fields = this.#fields;
    if (size <= 0 || size > SHARES_MAX) {
      throw this.#wrong("a size of 1 to 2^31 - 1 shares", fields.text(SIZE));
    }
    if (price <= 0 || price > PRICE_MAX) throw this.#wrong("a price > 0", fields.text(PRICE));
    const displayed = type !== LOBSTER_HIDDEN && type !== LOBSTER_CROSS;
    if (displayed && price % FILE_UNITS_PER_TICK !== 0) {
      throw this.#wrong("a displayed price on the grid of 0.01 USD (100)", fields.text(PRICE));
    }
  }

  #nanoseconds(): number {
    const { bytes, from, to } = this.#fields;
    const end = to[TIME] as number;
    let at = from[TIME] as number;
    let ns = 0;
    let decimals = -1;
    for (; at < end && decimals < NS_DECIMALS; at += 1) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit >= 0 && digit <= 9) ns = ns * 10 + digit;
      else if (digit !== POINT || decimals >= 0) break;
      if (decimals >= 0 || digit === POINT) decimals += 1;
    }
    const plain = at === end && decimals > 0 && end - (from[TIME] as number) <= TIME_DIGITS_MAX;
    if (!plain) return this.#slowNanoseconds();
    ns *= NS_OF_DECIMALS[decimals] as number;
    return ns < SECONDS_PER_DAY * NS_PER_SECOND ? ns : this.#slowNanoseconds();
  }

  /** By way of text: for times without a point, with more decimals than nanoseconds, or not a time at all. */
  #slowNanoseconds(): number {
    const text = this.#fields.text(TIME);
    const seconds = Number(text);
    if (!TIME_TEXT.test(text) || seconds >= SECONDS_PER_DAY) {
      throw this.#wrong("a time in seconds after midnight", text);
    }
    return Math.round(seconds * NS_PER_SECOND);
  }

  #whole(index: number, name: string): number {
    const value = this.#fields.whole(index);
    if (!Number.isNaN(value)) return value;
    throw this.#wrong(`${name} as a whole number`, this.#fields.text(index));
  }

  #wrong(
    expected: string,
    was: string,
    advice = "check that this is an unchanged LOBSTER message file",
  ): DataError {
    return new DataError({ file: this.#path, line: this.#line, expected, was, advice });
  }
}
