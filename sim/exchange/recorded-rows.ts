// The rows of a recording again, behind a market that has passed them: prints and levels as the venue saw them.
// For explanations alone; a market reads its own rows.

import type { OrderTapeBatch } from "../../src/domain/order-tape.ts";
import { ORDER_EXECUTE, ORDER_HIDDEN } from "../../src/domain/order-tape.ts";
import type { TapeBatch } from "../../src/domain/tape.ts";
import {
  META_ASK,
  META_KIND,
  META_LOCAL_ONLY,
  ROW_DEPTH,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { SideCode } from "./level-book.ts";

/** Whoever is shown rows. `hit` is the side of resting orders that a print could fill; undefined: not told. */
export interface RowReader {
  print(tick: number, lots: number, hit: SideCode | undefined, at: number): void;
  level(tick: number, lots: number, side: SideCode): void;
}

type Batch = TapeBatch | OrderTapeBatch;
type ShowRow = (batch: Batch, row: number, reader: RowReader) => void;

/** Rows by their number, asked for in ascending order. */
export class RecordedRows {
  readonly #source: TapeSource | OrderTapeSource;
  readonly #show: ShowRow;
  #index = 0;
  #first = 0;

  private constructor(source: TapeSource | OrderTapeSource, show: ShowRow) {
    this.#source = source;
    this.#show = show;
  }

  static ofLevels(source: TapeSource): RecordedRows {
    return new RecordedRows(source, showLevelRow);
  }

  static ofOrders(source: OrderTapeSource): RecordedRows {
    return new RecordedRows(source, showOrderRow);
  }

  /** Shows rows `from` up to, and not including, `to`. */
  show(from: number, to: number, reader: RowReader): void {
    let next = from;
    while (next < to && this.#index < this.#source.batchCount) {
      const batch = this.#source.batch(this.#index);
      const end = Math.min(to, this.#first + batch.rows);
      for (; next < end; next += 1) this.#show(batch, next - this.#first, reader);
      if (next < to) {
        this.#first += batch.rows;
        this.#index += 1;
      }
    }
  }

  /** Shows every row the venue saw from `from` to `until`, both included. */
  between(from: number, until: number, reader: RowReader): void {
    for (let index = 0; index < this.#source.batchCount; index += 1) {
      const batch = this.#source.batch(index);
      if (batch.rows === 0 || lastVenueAt(batch) < from) continue;
      for (let row = 0; row < batch.rows; row += 1) {
        const at = batch.venueAt[row] as number;
        if (at >= from && at <= until) this.#show(batch, row, reader);
        else if (at > until && !isLocalOnly(batch, row)) return;
      }
    }
  }
}

/** Nothing the venue saw in this batch is later: a row of ours alone may stand anywhere. */
function lastVenueAt({ venueAt, rows }: Batch): number {
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row += 1) last = Math.max(last, venueAt[row] as number);
  return last;
}

function isLocalOnly(batch: Batch, row: number): boolean {
  return !("orderRef" in batch) && ((batch.meta[row] as number) & META_LOCAL_ONLY) !== 0;
}

function showLevelRow(batch: Batch, row: number, reader: RowReader): void {
  const meta = batch.meta[row] as number;
  if ((meta & META_LOCAL_ONLY) !== 0) return;
  const kind = meta & META_KIND;
  const tick = batch.price[row] as number;
  const lots = batch.size[row] as number;
  const isAsk = (meta & META_ASK) !== 0;
  const at = batch.venueAt[row] as number;
  if (kind === ROW_DEPTH) reader.level(tick, lots, isAsk ? 1 : 0);
  // Of a print the side bit is the aggressor: a seller hits bids.
  else if (kind === ROW_TRADE) reader.print(tick, lots, isAsk ? 0 : 1, at);
  else if (kind === ROW_TRADE_UNKNOWN) reader.print(tick, lots, undefined, at);
}

function showOrderRow(batch: Batch, row: number, reader: RowReader): void {
  const meta = batch.meta[row] as number;
  const kind = meta & META_KIND;
  if (kind !== ORDER_EXECUTE && kind !== ORDER_HIDDEN) return;
  // Here the side bit is the resting order's.
  const side: SideCode = (meta & META_ASK) === 0 ? 0 : 1;
  const at = batch.venueAt[row] as number;
  reader.print(batch.price[row] as number, batch.size[row] as number, side, at);
}
