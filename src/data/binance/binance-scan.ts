// Reads one Binance market-data message from its bytes, without making a string or an object a level.
// Covers depthUpdate, trade, aggTrade, bookTicker and REST depth snapshots, alone or in a {"stream","data"} envelope,
// keys in any order, white space allowed. Any other event is recognised as such and passed over.

import { OffGrid } from "../../domain/decimal.ts";
import { DecimalGrid, DIGITS_MAX } from "../fields/decimal-grid.ts";
import { textBetween } from "../fields/decimal-text.ts";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfArray,
  endOfString,
  isNumberByte,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  POINT,
  QUOTE,
  SPACE,
  skipSpace,
} from "../fields/json-bytes.ts";

export const EVENT_OTHER = 0;
export const EVENT_DEPTH = 1;
export const EVENT_TRADE = 2;
export const EVENT_AGG_TRADE = 3;
export const EVENT_BOOK_TICKER = 4;
export const EVENT_SNAPSHOT = 5;

/** One side's levels as read: absolute sizes, 0 removes. */
export class Levels {
  count = 0;
  ticks = new Int32Array(1_024);
  lots = new Int32Array(1_024);

  grow(): void {
    const ticks = new Int32Array(this.ticks.length * 2);
    const lots = new Int32Array(this.lots.length * 2);
    ticks.set(this.ticks);
    lots.set(this.lots);
    this.ticks = ticks;
    this.lots = lots;
  }
}

/** `scan` found no such message. */
export const MALFORMED = -1;

/** The message read last; its texts are places in the bytes it was read from, −1 when absent. */
export class BinanceScanner {
  event = EVENT_OTHER;
  /** E and T as written (ms, or µs on newer spot feeds); 0 when absent. */
  eventTime = 0;
  transactionTime = 0;
  /** U, u, pu of a diff; `finalId` is also a bookTicker's u and a snapshot's lastUpdateId. −1 when absent. */
  firstId = -1;
  finalId = -1;
  previousId = -1;
  /** t of a trade. */
  tradeId = -1;
  /** a of an aggTrade; on spot trades the seller's order. */
  aggregateId = -1;
  buyerIsMaker = false;
  readonly bids = new Levels();
  readonly asks = new Levels();
  /** Where the texts of one-letter keys stand: from and to by character code. */
  readonly textFrom = new Int32Array(128);
  readonly textTo = new Int32Array(128);
  readonly price: DecimalGrid;
  readonly size: DecimalGrid;
  #at = 0;
  #to = 0;

  constructor(tickSize: string, lotSize: string) {
    this.price = new DecimalGrid(tickSize, "refuse-noise");
    this.size = new DecimalGrid(lotSize, "refuse-noise");
  }

  /** Ticks of the text under a one-letter key. @throws {OffGrid} when absent or not on the grid. */
  ticksOf(bytes: Uint8Array, key: number): number {
    return this.price.steps(bytes, this.textFrom[key] as number, this.textTo[key] as number);
  }

  /** Lots of the text under a one-letter key. @throws {OffGrid} when absent or not on the grid. */
  lotsOf(bytes: Uint8Array, key: number): number {
    return this.size.steps(bytes, this.textFrom[key] as number, this.textTo[key] as number);
  }

  /** True when the text under a one-letter key is `text`. */
  isText(bytes: Uint8Array, key: number, text: Uint8Array): boolean {
    const from = this.textFrom[key] as number;
    if ((this.textTo[key] as number) - from !== text.length) return false;
    for (let index = 0; index < text.length; index += 1) {
      if (bytes[from + index] !== text[index]) return false;
    }
    return true;
  }

  /**
   * Reads the object that starts at `from`, before `to`. Returns the place behind it, or `MALFORMED`.
   * @throws {OffGrid} when a level's price or size is not on its grid.
   */
  scan(bytes: Uint8Array, from: number, to: number): number {
    this.#reset();
    this.#to = to;
    let at = from;
    let depth = 0;
    while (at < to) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) {
        at = this.#pair(bytes, at + 1, to);
        if (at < 0) return MALFORMED;
        if (bytes[at] === OPEN_BRACE) {
          depth += 1;
          at += 1;
        }
      } else if (byte === CLOSE_BRACE) {
        depth -= 1;
        at += 1;
        if (depth === 0) return this.#finish(bytes, at);
      } else if (byte === OPEN_BRACE && depth === 0) {
        depth += 1;
        at += 1;
      } else if (byte === COMMA || byte <= SPACE) at += 1;
      else return MALFORMED;
    }
    return MALFORMED;
  }

  #reset(): void {
    this.event = EVENT_OTHER;
    this.eventTime = 0;
    this.transactionTime = 0;
    this.firstId = -1;
    this.finalId = -1;
    this.previousId = -1;
    this.tradeId = -1;
    this.aggregateId = -1;
    this.buyerIsMaker = false;
    this.bids.count = 0;
    this.asks.count = 0;
    this.textTo.fill(-1);
    this.textFrom.fill(-1);
  }

  /** A key (its first byte at `from`) and its value; returns the place behind, or at the brace of an object. */
  #pair(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && bytes[at] !== QUOTE) at += 1;
    const length = at - from;
    const key = length === 1 ? (bytes[from] as number) & 127 : 0;
    at = skipSpace(bytes, at + 1);
    if (bytes[at] !== COLON) return MALFORMED;
    at = skipSpace(bytes, at + 1);
    const first = bytes[at] as number;
    if (first === QUOTE) {
      const end = endOfString(bytes, at + 1, to);
      this.textFrom[key] = at + 1;
      this.textTo[key] = end;
      return end < 0 ? MALFORMED : end + 1;
    }
    if (first === MINUS || (first >= 48 && first <= 57))
      return this.#number(bytes, at, from, length);
    if (first === OPEN_BRACKET) {
      const sort = bytes[from];
      if (sort === 0x62 && (length === 1 || length === 4)) {
        return this.#levels(bytes, at + 1, to, this.bids);
      }
      if (sort === 0x61 && (length === 1 || length === 4)) {
        return this.#levels(bytes, at + 1, to, this.asks);
      }
      return endOfArray(bytes, at, to);
    }
    if (first === OPEN_BRACE) return at;
    return this.#literal(bytes, at, key);
  }

  #literal(bytes: Uint8Array, from: number, key: number): number {
    let at = from;
    while ((bytes[at] as number) >= 0x61 && (bytes[at] as number) <= 0x7a) at += 1;
    if (at === from) return MALFORMED;
    if (key === 0x6d) this.buyerIsMaker = bytes[from] === 0x74;
    return at;
  }

  #number(bytes: Uint8Array, from: number, keyFrom: number, keyLength: number): number {
    let at = from;
    let value = 0;
    for (;;) {
      const digit = (bytes[at] as number) - 48;
      if (digit >= 0 && digit <= 9) value = value * 10 + digit;
      else if (at > from || digit !== MINUS - 48) break;
      at += 1;
    }
    while (isNumberByte(bytes[at] as number)) at += 1;
    const first = bytes[keyFrom];
    if (keyLength === 1) {
      if (first === 0x45) this.eventTime = value;
      else if (first === 0x54) this.transactionTime = value;
      else if (first === 0x55) this.firstId = value;
      else if (first === 0x75) this.finalId = value;
      else if (first === 0x74) this.tradeId = value;
      else if (first === 0x61) this.aggregateId = value;
    } else if (keyLength === 2 && first === 0x70 && bytes[keyFrom + 1] === 0x75) {
      this.previousId = value;
    } else if (keyLength === 12 && first === 0x6c && bytes[keyFrom + 4] === 0x55) {
      this.finalId = value;
      this.event = EVENT_SNAPSHOT;
    }
    return at;
  }

  /** `[["price","size"],…]` from behind its first bracket; this loop is where the time goes. */
  #levels(bytes: Uint8Array, from: number, to: number, side: Levels): number {
    let at = skipSpace(bytes, from);
    let { count, ticks, lots } = side;
    while (at < to) {
      if (bytes[at] === CLOSE_BRACKET) {
        side.count = count;
        return at + 1;
      }
      if (bytes[at] !== OPEN_BRACKET) return MALFORMED;
      at = skipSpace(bytes, at + 1);
      if (count === ticks.length) {
        side.grow();
        ({ ticks, lots } = side);
      }
      if (bytes[at] !== QUOTE) return MALFORMED;
      ticks[count] = this.#decimal(bytes, at + 1, this.price);
      at = this.#at + 1;
      if (bytes[at] === COMMA) at += 1;
      if (bytes[at] !== QUOTE) at = skipSpace(bytes, at);
      if (bytes[at] !== QUOTE) return MALFORMED;
      lots[count] = this.#decimal(bytes, at + 1, this.size);
      at = skipSpace(bytes, this.#at + 1);
      if (bytes[at] !== CLOSE_BRACKET) return MALFORMED;
      count += 1;
      at += 1;
      if (bytes[at] === COMMA) at += 1;
      if ((bytes[at] as number) <= SPACE) at = skipSpace(bytes, at);
    }
    return MALFORMED;
  }

  /** Steps of a decimal up to its closing quote, whose place is left in `#at`. */
  #decimal(bytes: Uint8Array, from: number, grid: DecimalGrid): number {
    let at = from;
    let mantissa = 0;
    let point = 0;
    for (;;) {
      const byte = bytes[at] as number;
      const digit = byte - 48;
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
      else if (byte === POINT && point === 0) point = at;
      else break;
      at += 1;
    }
    const length = at - from;
    const decimals = point === 0 ? 0 : at - point - 1;
    if (bytes[at] === QUOTE && length > 0 && length <= DIGITS_MAX + 1) {
      this.#at = at;
      const units = mantissa * (grid.multiply[decimals] as number);
      const steps = units / (grid.divide[decimals] as number);
      if ((steps | 0) === steps) return steps;
    }
    const end = endOfString(bytes, from, this.#to);
    this.#at = end < 0 ? this.#to : end;
    const text = textBetween(bytes, from, this.#at);
    const slow = grid.slowSteps(text);
    if ((slow | 0) === slow) return slow;
    throw new OffGrid(text, `${grid.step} below 2^31 steps`);
  }

  /** Names the event, now that all keys are known. */
  #finish(bytes: Uint8Array, end: number): number {
    if (this.event === EVENT_SNAPSHOT) return end;
    if (this.isText(bytes, 0x65, DEPTH_UPDATE)) this.event = EVENT_DEPTH;
    else if (this.isText(bytes, 0x65, TRADE)) this.event = EVENT_TRADE;
    else if (this.isText(bytes, 0x65, AGG_TRADE)) this.event = EVENT_AGG_TRADE;
    else if (this.isText(bytes, 0x65, BOOK_TICKER)) this.event = EVENT_BOOK_TICKER;
    // Spot's bookTicker carries no event name, only u, s, b, B, a, A.
    else if ((this.textFrom[0x42] as number) >= 0 && (this.textFrom[0x65] as number) < 0) {
      this.event = EVENT_BOOK_TICKER;
    }
    return end;
  }
}

const DEPTH_UPDATE = Buffer.from("depthUpdate", "latin1");
const TRADE = Buffer.from("trade", "latin1");
const AGG_TRADE = Buffer.from("aggTrade", "latin1");
const BOOK_TICKER = Buffer.from("bookTicker", "latin1");
