// One CSV line as fields: where each begins and ends in the bytes. Quotes are not interpreted: no recording needs them.

import { DIGITS_MAX } from "./decimal-grid.ts";
import { textBetween } from "./decimal-text.ts";

/** The widest recording here, a LOBSTER book of 200 levels, has 800; a line with more is refused by its header first. */
const FIELDS_MAX = 1_024;
const ZERO = 0x30;
const MINUS = 0x2d;

/** Reused line after line; valid until the next `split`. */
export class CsvFields {
  count = 0;
  bytes: Uint8Array = new Uint8Array(0);
  readonly from = new Int32Array(FIELDS_MAX);
  readonly to = new Int32Array(FIELDS_MAX);
  readonly #delimiter: number;

  constructor(delimiter = ",") {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Finds the fields of bytes [from, to); what lies beyond the 1,024th is one field. */
  split(bytes: Uint8Array, from: number, to: number): void {
    const delimiter = this.#delimiter;
    const { from: starts, to: ends } = this;
    this.bytes = bytes;
    let count = 0;
    let start = from;
    for (let at = from; at < to; at += 1) {
      if (bytes[at] !== delimiter || count === FIELDS_MAX - 1) continue;
      starts[count] = start;
      ends[count] = at;
      count += 1;
      start = at + 1;
    }
    starts[count] = start;
    ends[count] = to;
    this.count = count + 1;
  }

  /** Field `index` as a whole number of at most 15 digits, NaN when it is none. */
  whole(index: number): number {
    if (index >= this.count) return Number.NaN;
    const { bytes } = this;
    const to = this.to[index] as number;
    let at = this.from[index] as number;
    const negative = bytes[at] === MINUS;
    if (negative) at += 1;
    if (at >= to || to - at > DIGITS_MAX) return Number.NaN;
    let value = 0;
    for (; at < to; at += 1) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) return Number.NaN;
      value = value * 10 + digit;
    }
    return negative ? 0 - value : value;
  }

  /** The whole line as text. */
  line(): string {
    return textBetween(this.bytes, this.from[0] as number, this.to[this.count - 1] as number);
  }

  /** Field `index` as text; for headers, messages and slow paths. */
  text(index: number): string {
    return textBetween(this.bytes, this.from[index] as number, this.to[index] as number);
  }

  /** All fields as text. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, index) => this.text(index));
  }
}
