// Brings messages from the order they arrived in to the order of a tape file, which serves two views at once:
// rows for our view ascend by received time, rows for the venue's view by venue time. A message both views reach at
// the same place stands once; one that arrived out of the venue's order stands twice, marked for one view each.
// Messages wait until none that could precede them can still arrive (a window of received time), in bounded memory.

import { META_LOCAL_ONLY, META_VENUE_ONLY } from "../../domain/tape.ts";

/** Where ordered messages go: rows [from, to) of the window's columns, with `mark` to be set on each. */
export interface OrderedRows {
  take(window: TapeOrder, message: number, mark: number): void;
}

/** How long and how much to wait for a message that is earlier in the venue's time. */
export type OrderLimits = Readonly<{ windowUs: number; rowsMax: number }>;

const MESSAGES_AT_FIRST = 4_096;
const ROWS_AT_FIRST = 65_536;

/** Rows enter by `push` between `begin` and `end`; messages leave through `OrderedRows`, oldest first. */
export class TapeOrder {
  /** Messages that came too late for the window; their venue time was moved up to the last one already written. */
  lateMessages = 0;
  /** The furthest such a time was moved, µs. */
  lateUsMax = 0;
  /** Messages that stand twice, because the two views disagree about their place. */
  reorderedMessages = 0;

  // Columns of the rows that wait; [0, #rowTail) are in use.
  meta = new Uint8Array(ROWS_AT_FIRST);
  price = new Int32Array(ROWS_AT_FIRST);
  size = new Int32Array(ROWS_AT_FIRST);
  // Columns of the messages that wait, in order of arrival; [#head, #tail) are in use.
  venueAt = new Float64Array(MESSAGES_AT_FIRST);
  receivedAt = new Float64Array(MESSAGES_AT_FIRST);
  firstRow = new Int32Array(MESSAGES_AT_FIRST + 1);
  #venueDone = new Uint8Array(MESSAGES_AT_FIRST);
  /** Messages by venue time; [#orderHead, #orderTail) are in use. */
  #order = new Int32Array(MESSAGES_AT_FIRST);

  #head = 0;
  #tail = 0;
  #orderHead = 0;
  #orderTail = 0;
  #rowTail = 0;
  /** Venue time of the last message written for the venue's view: nothing may go before it. */
  #floor = Number.NEGATIVE_INFINITY;

  readonly #limits: OrderLimits;
  readonly #out: OrderedRows;

  constructor(limits: OrderLimits, out: OrderedRows) {
    this.#limits = limits;
    this.#out = out;
  }

  /** Adds a row to the message that is being put together. */
  push(meta: number, price: number, size: number): void {
    if (this.#rowTail === this.meta.length) this.#makeRoomForRows();
    const row = this.#rowTail++;
    this.meta[row] = meta;
    this.price[row] = price;
    this.size[row] = size;
  }

  /** Rows pushed since the last message ended. */
  get openRows(): number {
    return this.#rowTail - (this.firstRow[this.#tail] as number);
  }

  /** First row of the message that is being put together. */
  get openFrom(): number {
    return this.firstRow[this.#tail] as number;
  }

  /** Closes the message (it has rows) and lets go of those that have waited long enough. */
  end(venueAt: number, receivedAt: number): void {
    let at = venueAt;
    if (at < this.#floor) {
      this.lateMessages += 1;
      this.lateUsMax = Math.max(this.lateUsMax, this.#floor - at);
      at = this.#floor;
    }
    const message = this.#tail++;
    this.firstRow[this.#tail] = this.#rowTail;
    this.venueAt[message] = at;
    this.receivedAt[message] = receivedAt;
    this.#venueDone[message] = 0;
    this.#insert(message, at);
    const horizon = receivedAt - this.#limits.windowUs;
    while (this.#head < this.#tail && (this.receivedAt[this.#head] as number) < horizon) {
      this.#release();
    }
    while (this.#rowTail - (this.firstRow[this.#head] as number) > this.#limits.rowsMax) {
      this.#release();
    }
    if (this.#tail === this.venueAt.length) this.#makeRoomForMessages();
  }

  /** Lets go of everything. */
  flush(): void {
    while (this.#head < this.#tail) this.#release();
  }

  /** Puts a message into the venue's order, after those of the same time. Nearly always it belongs at the end. */
  #insert(message: number, at: number): void {
    let place = this.#orderTail++;
    while (place > this.#orderHead) {
      const before = this.#order[place - 1] as number;
      if ((this.venueAt[before] as number) <= at) break;
      this.#order[place] = before;
      place -= 1;
    }
    this.#order[place] = message;
  }

  /** Writes the oldest message for our view, after whatever the venue's view has before it. */
  #release(): void {
    const message = this.#head;
    if (this.#venueDone[message] === 1) {
      this.#out.take(this, message, META_LOCAL_ONLY);
    } else {
      for (;;) {
        const next = this.#order[this.#orderHead++] as number;
        this.#floor = this.venueAt[next] as number;
        if (next === message) break;
        this.#venueDone[next] = 1;
        this.reorderedMessages += 1;
        this.#out.take(this, next, META_VENUE_ONLY);
      }
      this.#out.take(this, message, 0);
    }
    this.#head += 1;
  }

  /** Moves what waits to the front of the row columns; doubles them when that frees less than half. */
  #makeRoomForRows(): void {
    const from = this.firstRow[this.#head] as number;
    const used = this.#rowTail - from;
    if (used > this.meta.length / 2) {
      this.meta = grown(this.meta, new Uint8Array(this.meta.length * 2));
      this.price = grown(this.price, new Int32Array(this.price.length * 2));
      this.size = grown(this.size, new Int32Array(this.size.length * 2));
    }
    this.meta.copyWithin(0, from, this.#rowTail);
    this.price.copyWithin(0, from, this.#rowTail);
    this.size.copyWithin(0, from, this.#rowTail);
    for (let message = this.#head; message <= this.#tail; message += 1) {
      this.firstRow[message] = (this.firstRow[message] as number) - from;
    }
    this.#rowTail = used;
  }

  /** The same for the message columns and the venue's order, whose entries are places in them. */
  #makeRoomForMessages(): void {
    const from = this.#head;
    const used = this.#tail - from;
    if (used > this.venueAt.length / 2) {
      const room = this.venueAt.length * 2;
      this.venueAt = grown(this.venueAt, new Float64Array(room));
      this.receivedAt = grown(this.receivedAt, new Float64Array(room));
      this.firstRow = grown(this.firstRow, new Int32Array(room + 1));
      this.#venueDone = grown(this.#venueDone, new Uint8Array(room));
      this.#order = grown(this.#order, new Int32Array(room));
    }
    this.venueAt.copyWithin(0, from, this.#tail);
    this.receivedAt.copyWithin(0, from, this.#tail);
    this.firstRow.copyWithin(0, from, this.#tail + 1);
    this.#venueDone.copyWithin(0, from, this.#tail);
    const orderUsed = this.#orderTail - this.#orderHead;
    for (let place = 0; place < orderUsed; place += 1) {
      this.#order[place] = (this.#order[this.#orderHead + place] as number) - from;
    }
    this.#head = 0;
    this.#tail = used;
    this.#orderHead = 0;
    this.#orderTail = orderUsed;
  }
}

function grown<Column extends Uint8Array | Int32Array | Float64Array>(
  old: Column,
  wider: Column,
): Column {
  wider.set(old);
  return wider;
}
