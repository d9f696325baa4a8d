// One journal entry on its way to bytes: its fields are collected, then written; the layout is in journal-header.ts.
// Nothing is allocated an entry. An entry is narrow (32-bit fields) when every field fits, which nearly all do;
// the choice follows from the values alone, so that equal entries have equal bytes.

import { assert } from "../domain/assert.ts";
import { ABSENT, ABSENT_WIDE, HEAD_BYTES, WIDE } from "./entry-codes.ts";
import { BYTES_PER_UNIT_MAX, writeUtf8 } from "./utf-8.ts";

/** Fields there is room for at first; an account report may need more. */
const FIELDS_FIRST = 64;

/** Entries are smaller than this: 24 bits of length. */
const ENTRY_BYTES_MAX = 0xff_ffff;

/** `begin`, then `add…` in the order of the format, then `write`; used again for each entry. */
export class EntryFields {
  #fields = new Float64Array(FIELDS_FIRST);
  #count = 0;
  #narrow = true;
  #code = 0;
  #at = 0;
  #venueAt = 0;
  /** The refusal of a halt has the most texts: its own, the rule, the reason. */
  readonly #texts = ["", "", ""];
  #textCount = 0;

  /** Starts an entry. What has no venue time gives `at` for it. */
  begin(code: number, at: number, venueAt: number): void {
    this.#code = code;
    this.#at = at;
    this.#venueAt = venueAt;
    this.#count = 0;
    this.#textCount = 0;
    this.#narrow = true;
    const lag = at - venueAt;
    if ((lag | 0) !== lag) this.#narrow = false;
  }

  add(value: number): void {
    if (this.#count === this.#fields.length) this.#grow();
    this.#fields[this.#count] = value;
    this.#count += 1;
    if ((value | 0) !== value || value === ABSENT) this.#narrow = false;
  }

  addOptional(value: number | undefined): void {
    if (value !== undefined) {
      this.add(value);
      return;
    }
    if (this.#count === this.#fields.length) this.#grow();
    this.#fields[this.#count] = ABSENT_WIDE;
    this.#count += 1;
  }

  addText(text: string): void {
    this.#texts[this.#textCount] = text;
    this.#textCount += 1;
  }

  /** Most bytes the entry may take. */
  get bytesMax(): number {
    let bytes = HEAD_BYTES + (this.#count + 1) * 8;
    for (let index = 0; index < this.#textCount; index += 1) {
      bytes += 4 + (this.#texts[index] as string).length * BYTES_PER_UNIT_MAX;
    }
    return bytes;
  }

  /** Writes the entry at `offset`, where `bytesMax` are free; returns the offset after it. */
  write(bytes: Uint8Array, data: DataView, offset: number): number {
    const fields = this.#fields;
    const count = this.#count;
    data.setFloat64(offset + 4, this.#at, true);
    let end = offset + HEAD_BYTES;
    let code = this.#code;
    if (this.#narrow) {
      data.setInt32(end, this.#at - this.#venueAt, true);
      end += 4;
      for (let index = 0; index < count; index += 1) {
        const value = fields[index] as number;
        data.setInt32(end, value === ABSENT_WIDE ? ABSENT : value, true);
        end += 4;
      }
    } else {
      code |= WIDE;
      data.setFloat64(end, this.#venueAt, true);
      end += 8;
      for (let index = 0; index < count; index += 1) {
        data.setFloat64(end, (fields[index] as number) + 0, true); // −0 and 0 are one number
        end += 8;
      }
    }
    for (let index = 0; index < this.#textCount; index += 1) {
      end = writeText(this.#texts[index] as string, bytes, data, end);
    }
    const length = end - offset;
    if (length > ENTRY_BYTES_MAX) assert(false, `an entry has less than 16 MiB, was ${length}`);
    data.setUint32(offset, ((code << 24) | length) >>> 0, true);
    return end;
  }

  #grow(): void {
    const wider = new Float64Array(this.#fields.length * 2);
    wider.set(this.#fields);
    this.#fields = wider;
  }
}

function writeText(text: string, bytes: Uint8Array, data: DataView, offset: number): number {
  const end = writeUtf8(text, bytes, offset + 4);
  data.setUint32(offset, end - offset - 4, true);
  return end;
}
