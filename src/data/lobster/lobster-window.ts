// Holds what is believed against the recorded LOBSTER book, row by row.
// Of a recorded row, a level is CONFIRMED if it was in the row before or the message is about it: then belief must
// equal it to the share. It is REVEALED if it only now came into the window (a better level went): its lots may have
// changed out of sight, and belief is restated from it. Levels past the window are not judged.

import { DataError } from "../data-error.ts";
import { CsvFields } from "../fields/csv-fields.ts";
import type { LinePlace } from "./lobster-message.ts";
import { FILE_UNITS_PER_TICK } from "./lobster-message.ts";
import type { LobsterQueue } from "./lobster-queue.ts";

/** Prices of levels that do not exist are ± this, their sizes 0. Source: LOBSTER readme. */
const NO_LEVEL = 9_999_999_999;
/** More than LOBSTER sells, which is 200. */
const LEVELS_MAX = 256;

/** One side of a row: its levels best first, prices in ticks. */
class Side {
  count = 0;
  readonly prices = new Float64Array(LEVELS_MAX);
  readonly sizes = new Float64Array(LEVELS_MAX);

  has(price: number): boolean {
    for (let level = 0; level < this.count; level += 1) {
      if (this.prices[level] === price) return true;
    }
    return false;
  }

  equals({ count, prices, sizes }: Side): boolean {
    if (count !== this.count) return false;
    for (let level = 0; level < count; level += 1) {
      const same = prices[level] === this.prices[level] && sizes[level] === this.sizes[level];
      if (!same) return false;
    }
    return true;
  }
}

export type LobsterWindowCounts = {
  /** Book rows held against belief. */
  rows: number;
  /** Levels that had to be equal, and were. */
  confirmedLevels: number;
  /** Levels that came into the window, and how many of them were not as last seen. */
  revealedLevels: number;
  restatedLevels: number;
};

export class LobsterWindow {
  readonly counts: LobsterWindowCounts = {
    rows: 0,
    confirmedLevels: 0,
    revealedLevels: 0,
    restatedLevels: 0,
  };
  readonly #queue: LobsterQueue;
  readonly #path: string;
  readonly #fields = new CsvFields();
  #levels = 0;
  #before: readonly [Side, Side] = [new Side(), new Side()];
  #now: readonly [Side, Side] = [new Side(), new Side()];

  constructor(queue: LobsterQueue, path: string) {
    this.#queue = queue;
    this.#path = path;
  }

  /**
   * Judges the row that follows a message at `touched` on `touchedSide` (undefined: it changed no level).
   * @throws {DataError} when a confirmed level is not as the messages make it.
   */
  judge(row: LinePlace, touchedSide: 0 | 1 | undefined, touched: number): void {
    const { line } = row;
    this.#read(row);
    // Of the first row nothing follows from messages: what rested before the open is in no file.
    const first = this.counts.rows === 0;
    this.counts.rows += 1;
    for (const side of [0, 1] as const) {
      this.#judgeSide(side, line, side === touchedSide && !first ? touched : undefined);
    }
    const before = this.#before;
    this.#before = this.#now;
    this.#now = before;
  }

  #judgeSide(side: 0 | 1, line: number, touched: number | undefined): void {
    const now = this.#now[side];
    const before = this.#before[side];
    if (touched === undefined && now.equals(before)) {
      // Belief was held against this very row, and nothing has touched the side since.
      this.counts.confirmedLevels += now.count;
      return;
    }
    let revealed = false;
    for (let level = 0; level < now.count; level += 1) {
      const price = now.prices[level] as number;
      const size = now.sizes[level] as number;
      const believed = this.#queue.total(side, price);
      if (price === touched || before.has(price)) {
        if (believed !== size) throw this.#disagreement(side, line, price, believed, size);
        this.counts.confirmedLevels += 1;
        continue;
      }
      revealed = true;
      this.counts.revealedLevels += 1;
      if (believed === size) continue;
      this.counts.restatedLevels += 1;
      this.#queue.restate(side, price, size);
    }
    for (let level = 0; level < before.count; level += 1) {
      this.#judgeAbsent(side, line, before.prices[level] as number);
    }
    if (touched !== undefined) this.#judgeAbsent(side, line, touched);
    if (revealed) this.#clearGhosts(side);
  }

  /** A level that was in sight and is gone must be gone by belief, unless it left past the window's end. */
  #judgeAbsent(side: 0 | 1, line: number, price: number): void {
    const now = this.#now[side];
    if (now.has(price) || !this.#inWindow(side, price)) return;
    const believed = this.#queue.total(side, price);
    if (believed !== 0) throw this.#disagreement(side, line, price, believed, 0);
  }

  /** Levels believed from long ago that the window, now reaching past them, does not show. */
  #clearGhosts(side: 0 | 1): void {
    const shown = this.#now[side];
    const ghosts: number[] = [];
    for (const price of this.#queue.prices(side)) {
      if (this.#inWindow(side, price) && !shown.has(price)) ghosts.push(price);
    }
    for (const price of ghosts) {
      this.counts.restatedLevels += 1;
      this.#queue.restate(side, price, 0);
    }
  }

  /** True when the row would have shown a level at `price`: all, while the row has room. */
  #inWindow(side: 0 | 1, price: number): boolean {
    const { count, prices } = this.#now[side];
    if (count < this.#levels) return true;
    const worst = prices[count - 1] as number;
    return side === 0 ? price >= worst : price <= worst;
  }

  #read({ bytes, from, to, line }: LinePlace): void {
    const fields = this.#fields;
    fields.split(bytes, from, to);
    const { count } = fields;
    if (count % 4 !== 0 || (this.#levels > 0 && count !== this.#levels * 4)) {
      const columns = this.#levels === 0 ? "four columns a level" : `${this.#levels * 4} columns`;
      throw this.#wrong(line, columns, `${count} in "${fields.line()}"`);
    }
    this.#levels = count / 4;
    const [bids, asks] = this.#now;
    bids.count = 0;
    asks.count = 0;
    for (let field = 0; field < count; field += 4) {
      this.#readLevel(asks, line, field);
      this.#readLevel(bids, line, field + 2);
    }
  }

  /** A price and, in the field behind it, a size. */
  #readLevel(side: Side, line: number, field: number): void {
    const price = this.#fields.whole(field);
    const size = this.#fields.whole(field + 1);
    if (size === 0 && Math.abs(price) === NO_LEVEL) return;
    if (!(size > 0) || price % FILE_UNITS_PER_TICK !== 0) {
      const was = `${this.#fields.text(field)},${this.#fields.text(field + 1)}`;
      throw this.#wrong(line, "a price on the grid of 100 and a size > 0", was);
    }
    side.prices[side.count] = price / FILE_UNITS_PER_TICK;
    side.sizes[side.count] = size;
    side.count += 1;
  }

  #disagreement(
    side: 0 | 1,
    line: number,
    price: number,
    believed: number,
    size: number,
  ): DataError {
    const name = side === 0 ? "bid" : "ask";
    const expected = `${believed} shares at the ${name} of ${price} ticks, as the messages make it`;
    return this.#wrong(line, expected, String(size));
  }

  #wrong(line: number, expected: string, was: string): DataError {
    const advice = "check that both files are unchanged and belong together";
    return new DataError({ file: this.#path, line, expected, was, advice });
  }
}
