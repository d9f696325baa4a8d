// A tape's rows as objects, for tests that look at few of them, and the book they make, the naive way.

import { META_ASK, META_KIND, META_LAST, ROW_CLEAR, ROW_DEPTH } from "../../src/domain/tape.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";

export type TapeRow = Readonly<{
  kind: number;
  ask: boolean;
  last: boolean;
  meta: number;
  price: number;
  size: number;
  venueAt: number;
  receivedAt: number;
}>;

export function* rowsOf(tape: TapeSource): Generator<TapeRow> {
  for (let index = 0; index < tape.batchCount; index += 1) {
    const batch = tape.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const meta = batch.meta[row] as number;
      yield {
        kind: meta & META_KIND,
        ask: (meta & META_ASK) !== 0,
        last: (meta & META_LAST) !== 0,
        meta,
        price: batch.price[row] as number,
        size: batch.size[row] as number,
        venueAt: batch.venueAt[row] as number,
        receivedAt: batch.receivedAt[row] as number,
      };
    }
  }
}

/** Displayed levels as two maps; best prices by looking at every key. */
export class NaiveBook {
  readonly bids = new Map<number, number>();
  readonly asks = new Map<number, number>();

  apply(row: TapeRow): void {
    if (row.kind === ROW_CLEAR) {
      this.bids.clear();
      this.asks.clear();
    }
    if (row.kind !== ROW_DEPTH) return;
    const side = row.ask ? this.asks : this.bids;
    if (row.size === 0) side.delete(row.price);
    else side.set(row.price, row.size);
  }

  bestBid(): number {
    return Math.max(...this.bids.keys());
  }

  bestAsk(): number {
    return Math.min(...this.asks.keys());
  }
}
