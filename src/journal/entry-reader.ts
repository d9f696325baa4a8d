// The fields of one stored entry, read in the order they were written; the layout is told in journal-header.ts.

import { ABSENT, ABSENT_WIDE, HEAD_BYTES, WIDE } from "./entry-codes.ts";
import { readUtf8 } from "./utf-8.ts";

/** Points at one entry at a time; `open`, then `next…` in the order of the format. */
export class EntryReader {
  readonly #bytes: Uint8Array;
  readonly #data: DataView;
  #offset = 0;
  #wide = false;
  /** The entry's code, without its width. */
  code = 0;
  at = 0;
  venueAt = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes of the entry at `offset`; 0 when it does not end before `limit`, or is none. */
  lengthAt(offset: number, limit: number): number {
    if (offset + HEAD_BYTES > limit) return 0;
    const length = this.#data.getUint32(offset, true) & 0xff_ffff;
    return length > HEAD_BYTES && offset + length <= limit ? length : 0;
  }

  /** Starts on the entry at `offset`. */
  open(offset: number): void {
    const head = this.#data.getUint32(offset, true) >>> 24;
    this.#wide = (head & WIDE) !== 0;
    this.code = head & ~WIDE;
    this.at = this.#data.getFloat64(offset + 4, true);
    this.#offset = offset + HEAD_BYTES;
    const time = this.next();
    this.venueAt = this.#wide ? time : this.at - time;
  }

  next(): number {
    const offset = this.#offset;
    this.#offset = offset + (this.#wide ? 8 : 4);
    return this.#wide ? this.#data.getFloat64(offset, true) : this.#data.getInt32(offset, true);
  }

  nextOptional(): number | undefined {
    const value = this.next();
    return value === (this.#wide ? ABSENT_WIDE : ABSENT) ? undefined : value;
  }

  /** The entry of a table that the next field is the index of. */
  nextOf<T>(table: readonly T[]): T {
    const index = this.next();
    const value = table[index];
    if (value === undefined)
      throw new RangeError(`expected an index below ${table.length}, was ${index}`);
    return value;
  }

  nextText(): string {
    const from = this.#offset + 4;
    const to = from + this.#data.getUint32(this.#offset, true);
    this.#offset = to;
    return readUtf8(this.#bytes, from, to);
  }
}
