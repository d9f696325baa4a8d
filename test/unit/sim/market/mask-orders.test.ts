// A masked recording: the same prints and levels, no orders.

import { expect, test } from "vitest";
import { maskOrders } from "../../../../sim/market/mask-orders.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
} from "../../../../src/domain/tape.ts";
import type { TapeSource } from "../../../../src/ports/tape-source.ts";
import { orderTapeOf } from "../../../support/order-tapes.ts";

const NAMES = new Map([
  [ROW_DEPTH, "depth"],
  [ROW_TRADE, "trade"],
  [ROW_CLEAR, "clear"],
]);

/** Rows as "7 depth ask 20@101 last": for a trade the side is the aggressor's, "ask" the seller. */
function rowsOf(tape: TapeSource): string[] {
  const rows: string[] = [];
  for (let index = 0; index < tape.batchCount; index += 1) {
    const { rows: count, meta, price, size, venueAt } = tape.batch(index);
    for (let row = 0; row < count; row += 1) {
      const bits = meta[row] ?? 0;
      const side = (bits & META_ASK) === 0 ? "bid" : "ask";
      const marks = `${(bits & META_SNAPSHOT) === 0 ? "" : " ="}${(bits & META_LAST) === 0 ? "" : " last"}`;
      const name = NAMES.get(bits & META_KIND);
      rows.push(`${venueAt[row]} ${name} ${side} ${size[row]}@${price[row]}${marks}`);
    }
  }
  return rows;
}

test("shows levels for orders, and prints before the levels they took from", () => {
  const tape = maskOrders(
    orderTapeOf([
      { at: 1, what: "clear" },
      { at: 1, what: "restate", side: "bid", ref: 1, price: 100, lots: 10 },
      { at: 2, what: "add", side: "bid", ref: 2, price: 100, lots: 5 },
      { at: 3, what: "execute", side: "bid", ref: 1, price: 100, lots: 4 },
      { at: 4, what: "reduce", side: "bid", ref: 2, price: 100, lots: 1 },
      { at: 5, what: "hidden", side: "ask", price: 101, lots: 3 },
      { at: 6, what: "delete", side: "bid", ref: 1, price: 100, lots: 6 },
      { at: 7, what: "execute", side: "bid", ref: 2, price: 100, lots: 4 },
    ]),
  );
  expect(rowsOf(tape)).toEqual([
    "1 clear bid 0@0",
    "1 depth bid 10@100 = last",
    "2 depth bid 15@100 last",
    "3 trade ask 4@100",
    "3 depth bid 11@100 last",
    "4 depth bid 10@100 last",
    "5 trade bid 3@101 last",
    "6 depth bid 4@100 last",
    "7 trade ask 4@100",
    "7 depth bid 0@100 last",
  ]);
  expect(tape.header).toMatchObject({ rows: 10, firstVenueAt: 1, lastVenueAt: 7 });
});

test("drops halts and changes of unknown orders, keeping the message's end and unknown orders' prints", () => {
  const tape = maskOrders(
    orderTapeOf(
      [
        { at: 1, what: "add", side: "ask", ref: 1, price: 101, lots: 10 },
        { at: 1, what: "delete", side: "ask", ref: 9, price: 101, lots: 10 },
        { at: 2, what: "halt", price: -1 },
        { at: 3, what: "execute", side: "ask", ref: 9, price: 101, lots: 2 },
      ],
      1,
    ),
  );
  expect(rowsOf(tape)).toEqual(["1 depth ask 10@101 last", "3 trade bid 2@101 last"]);
  expect(tape.batchCount).toBe(2);
});

test("counts locked and crossed books by message", () => {
  const tape = maskOrders(
    orderTapeOf([
      { at: 1, what: "add", side: "bid", ref: 1, price: 100, lots: 10 },
      { at: 2, what: "add", side: "ask", ref: 2, price: 101, lots: 10 },
      { at: 3, what: "add", side: "bid", ref: 3, price: 101, lots: 10 },
      { at: 4, what: "add", side: "bid", ref: 4, price: 102, lots: 10 },
      { at: 5, what: "delete", side: "bid", ref: 4, price: 102, lots: 10 },
      { at: 6, what: "delete", side: "bid", ref: 3, price: 101, lots: 10 },
    ]),
  );
  expect(tape.header).toMatchObject({ lockedBooks: 2, crossedBooks: 1 });
});
