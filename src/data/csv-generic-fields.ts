// One CSV line as fields: where each begins and ends in the bytes. Quotes are not interpreted: no recording needs them.

/** No recording here has more columns; a line with more is refused by its header first. */
const FIELDS_MAX = 256;

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

  /** Finds the fields of bytes [from, to); what lies beyond the 256th is one field. */
  split(bytes: Uint8Array, from: number, to: number): void {
    const delimiter = this.#delimiter;
    this.bytes = bytes;
    let count = 0;
    let start = from;
    for (let at = from; at < to; at += 1) {
      if (bytes[at] !== delimiter || count === FIELDS_MAX - 1) continue;
      this.from[count] = start;
      this.to[count] = at;
      count += 1;
      start = at + 1;
    }
    this.from[count] = start;
    this.to[count] = to;
    this.count = count + 1;
  }

  /** Field `index` as text; for headers, messages and slow paths. */
  text(index: number): string {
    const start = this.from[index] as number;
    return Buffer.from(
      this.bytes.buffer,
      this.bytes.byteOffset + start,
      (this.to[index] as number) - start,
    ).toString("utf8");
  }

  /** All fields as text. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, index) => this.text(index));
  }
}
