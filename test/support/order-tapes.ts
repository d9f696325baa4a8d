// Order tapes written by hand: one line a row, for tests of order-level markets.

import { OrderTapeBuilder, orderTapeInMemory } from "../../src/data/tapes/order-tape-builder.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import type { OrderTapeBatch } from "../../src/domain/order-tape.ts";
import {
  ORDER_ADD,
  ORDER_CLEAR,
  ORDER_DELETE,
  ORDER_EXECUTE,
  ORDER_HALT,
  ORDER_HIDDEN,
  ORDER_REDUCE,
  ORDER_SNAPSHOT,
} from "../../src/domain/order-tape.ts";
import { META_ASK } from "../../src/domain/tape.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";

const KINDS = {
  add: ORDER_ADD,
  restate: ORDER_ADD | ORDER_SNAPSHOT,
  reduce: ORDER_REDUCE,
  delete: ORDER_DELETE,
  execute: ORDER_EXECUTE,
  hidden: ORDER_HIDDEN,
  halt: ORDER_HALT,
  clear: ORDER_CLEAR,
} as const;

/** One row: what, whose side, order, lots at price. A row whose `at` equals the one before belongs to its message. */
export type OrderTapeLine = Readonly<{
  at: number;
  what: keyof typeof KINDS;
  side?: "bid" | "ask";
  ref?: number;
  price?: number;
  lots?: number;
}>;

export const orderTapeInstrument: InstrumentSpec = {
  venueName: "test",
  symbol: "COIN",
  contract: "linear",
  base: "COIN",
  quote: "USD",
  tickSize: "0.01",
  lotSize: "1",
  contractSize: "1",
};

/** A tape of these rows, in batches of `batchRows`. */
export function orderTapeOf(lines: readonly OrderTapeLine[], batchRows = 4): OrderTapeSource {
  const batches: OrderTapeBatch[] = [];
  const builder = new OrderTapeBuilder((batch) => batches.push(batch), batchRows);
  let at: number | undefined;
  for (const { what, side = "bid", ref = 0, price = 0, lots = 0, ...line } of lines) {
    if (at !== line.at) builder.endMessage();
    at = line.at;
    const meta = KINDS[what] | (side === "ask" ? META_ASK : 0);
    builder.push({ meta, orderRef: ref, price, size: lots, venueAt: at, receivedAt: at });
  }
  const span = builder.finish();
  const header = { instrument: orderTapeInstrument, ...span, importer: "test 1", sources: [] };
  return orderTapeInMemory(header, batches);
}
