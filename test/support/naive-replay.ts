// The slow and obvious way to replay a tape as received: two maps, one callback a message. The twin of fast cursors.

import type { TapeBatch } from "../../src/domain/tape.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_VENUE_ONLY,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_GAP,
  ROW_TRADE,
  ROW_TRADE_UNKNOWN,
} from "../../src/domain/tape.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";

export type NaiveTrade = Readonly<{
  price: number;
  size: number;
  aggressor: "buyer" | "seller" | "unknown";
}>;

/** State after a message. The maps are live: read them in the callback. */
export type NaiveMessage = Readonly<{
  bids: ReadonlyMap<number, number>;
  asks: ReadonlyMap<number, number>;
  trades: readonly NaiveTrade[];
  bookChanged: boolean;
  gap: boolean;
  venueAt: number;
  receivedAt: number;
}>;

/** Calls `onMessage` after each message of our view of the tape. */
export function naiveReplay(source: TapeSource, onMessage: (message: NaiveMessage) => void): void {
  const bids = new Map<number, number>();
  const asks = new Map<number, number>();
  let trades: NaiveTrade[] = [];
  let bookChanged = false;
  let gap = false;
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch: TapeBatch = source.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const meta = batch.meta[row] as number;
      if ((meta & META_VENUE_ONLY) !== 0) continue;
      const kind = meta & META_KIND;
      const price = batch.price[row] as number;
      const size = batch.size[row] as number;
      const side = (meta & META_ASK) === 0 ? bids : asks;
      if (kind === ROW_DEPTH) {
        bookChanged = true;
        if (size === 0) side.delete(price);
        else side.set(price, size);
      } else if (kind === ROW_CLEAR) {
        bookChanged = true;
        bids.clear();
        asks.clear();
      } else if (kind === ROW_GAP) gap = true;
      else if (kind === ROW_TRADE) {
        trades.push({ price, size, aggressor: side === asks ? "seller" : "buyer" });
      } else if (kind === ROW_TRADE_UNKNOWN) trades.push({ price, size, aggressor: "unknown" });
      if ((meta & META_LAST) === 0) continue;
      const venueAt = batch.venueAt[row] as number;
      const receivedAt = batch.receivedAt[row] as number;
      onMessage({ bids, asks, trades, bookChanged, gap, venueAt, receivedAt });
      trades = [];
      bookChanged = false;
      gap = false;
    }
  }
}
