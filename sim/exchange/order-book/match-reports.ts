// What a matching engine reports, as one growing array of whole numbers: no object a report.
// Reports stand in the order a venue would send them: by message, and within a message by kind.

/** Report kinds, field 0. The fields after the message's sequence number (field 1) are named beside each. */
export const REPORT_ACCEPTED = 0; // side, id, price, quantity
export const REPORT_TRADE = 1; // price, quantity, maker, taker
export const REPORT_CANCELLED = 2; // side, id, price: the price it rested at; also an IOC's remainder
export const REPORT_MODIFIED = 3; // side, id, price, quantity: as requested
export const REPORT_CANCEL_REFUSED = 4; // id
export const REPORT_MODIFY_REFUSED = 5; // id

/** Fields a report occupies, the unused ones of its kind left as they were. */
export const REPORT_FIELDS = 6;

/** How many fields a line of each kind shows. */
const SHOWN: readonly number[] = [6, 6, 5, 6, 3, 3];

/** A list of reports. `fields` is replaced when it grows: read it anew after each message. */
export class MatchReports {
  fields: Int32Array;
  /** Fields in use: reports × REPORT_FIELDS. */
  used = 0;

  /** `capacity` reports fit before the list has to grow. */
  constructor(capacity = 1_024) {
    this.fields = new Int32Array(Math.max(1, capacity) * REPORT_FIELDS);
  }

  get count(): number {
    return this.used / REPORT_FIELDS;
  }

  /** Forgets every report and keeps the memory. */
  reset(): void {
    this.used = 0;
  }

  /** Doubles the memory; returns the new fields. */
  grow(): Int32Array {
    const grown = new Int32Array(this.fields.length * 2);
    grown.set(this.fields);
    this.fields = grown;
    return grown;
  }

  /** Report `index` as the public workload writes it: its shown fields, joined by commas. */
  line(index: number): string {
    const start = index * REPORT_FIELDS;
    const kind = this.fields[start] as number;
    return this.fields.subarray(start, start + (SHOWN[kind] as number)).join(",");
  }
}
