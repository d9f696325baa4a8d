import { expect, test } from "vitest";
import type { FundingPaid, OrderFilled } from "../../../src/domain/event.ts";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../../src/domain/units.ts";
import type { JsonValue } from "../../../src/ports/strategy.ts";
import { BrokenSnapshot } from "../../../src/state/snapshot.ts";
import { StateStore } from "../../../src/state/state-store.ts";
import { BenchBook } from "../../support/bench-book.ts";
import { benchInstruments } from "../../support/bot-bench.ts";

const UNIT = 100_000_000n;

function store(instruments = benchInstruments(2)) {
  const books = instruments.map(() => new BenchBook());
  const state = new StateStore({
    instruments,
    startingCash: [1000n * UNIT, 500n * UNIT],
    books: (id) => books[id] as BenchBook,
  });
  return { state, books };
}

function fill(side: "bid" | "ask", size: number, price: number, fee = 0, instrument = 0) {
  return { kind: "OrderFilled", at: 5, instrument, side, size, price, fee } as OrderFilled;
}

function funding(venueAt: number, amount: number): FundingPaid {
  return { kind: "FundingPaid", venueAt, instrument: 0, amount } as FundingPaid;
}

test("cash holds realised parts only; equity adds what is open, at the mid", () => {
  const { state, books } = store();
  // A tick × lot is 0.0001: 10,000 units of 1e-8.
  state.filled(fill("bid", 10, 1000, 500));
  const account = state.account(venueId(0));
  expect(account.cash).toBe(1000n * UNIT - 500n);
  expect(account.fees).toBe(500n);
  state.filled(fill("ask", 4, 1100));
  expect(account.realised).toBe(400n * 10_000n);
  expect(account.cash).toBe(1000n * UNIT - 500n + 400n * 10_000n);
  Object.assign(books[0] as BenchBook, { bid: 1000, ask: 1001 });
  // 6 lots that cost 1000 each, at 1000.5: 3 tick-lots.
  expect(account.equity()).toBe(account.cash + 3n * 10_000n);
});

test("marks at cost while a side of the book is empty", () => {
  const { state, books } = store();
  state.filled(fill("bid", 10, 1000));
  Object.assign(books[0] as BenchBook, { bid: undefined });
  expect(state.account(venueId(0)).equity()).toBe(1000n * UNIT);
});

test("counts the money of venues of different scales together", () => {
  const [coarse] = benchInstruments();
  const fine = instrumentOf(
    { ...(coarse as never as object), tickSize: "0.000001", lotSize: "0.0001" } as never,
    instrumentId(1),
    venueId(1),
  );
  expect(fine.moneyDecimals).toBe(10);
  const { state } = store([coarse as never, fine]);
  expect(state.equity()).toBe(1000n * UNIT * 100n + 500n * UNIT);
});

test("books a settlement once", () => {
  const { state } = store();
  expect(state.funded(funding(8, -300))).toBe(true);
  expect(state.funded(funding(8, -300))).toBe(false);
  expect(state.funded(funding(9, 100))).toBe(true);
  expect(state.account(venueId(0)).funding).toBe(-200n);
});

test("books a settlement that is told after a younger one", () => {
  const { state } = store();
  expect(state.funded(funding(9, 100))).toBe(true);
  expect(state.funded(funding(8, -300))).toBe(true);
  expect(state.funded(funding(8, -300))).toBe(false);
  expect(state.funded(funding(9, 100))).toBe(false);
  expect(state.account(venueId(0)).funding).toBe(-200n);
});

test("takes what comes more than eight settlements late for one told before", () => {
  const { state } = store();
  for (let hour = 10; hour < 18; hour += 1) expect(state.funded(funding(hour, 1))).toBe(true);
  expect(state.funded(funding(9, 1))).toBe(false);
  expect(state.funded(funding(18, 1))).toBe(true);
  expect(state.funded(funding(10, 1))).toBe(false);
});

test("comes back from a snapshot as it was", () => {
  const { state } = store();
  state.filled(fill("bid", 10, 1000, 500));
  state.filled(fill("ask", 3, 1100, 500));
  state.funded(funding(8, -300));
  const text = JSON.stringify(state.snapshot());
  const { state: other } = store();
  other.restore(JSON.parse(text) as JsonValue);
  expect(JSON.stringify(other.snapshot())).toBe(text);
  expect(other.position(instrumentId(0)).lots).toBe(7);
  expect(other.funded(funding(8, -300))).toBe(false);
});

test("does not come back from a snapshot that was changed, or is of another version", () => {
  const { state } = store();
  const snapshot = state.snapshot() as Record<string, JsonValue>;
  const changed = JSON.parse(JSON.stringify(snapshot).replace('"lots":0', '"lots":1'));
  expect(() => state.restore(changed as JsonValue)).toThrow(BrokenSnapshot);
  expect(() => state.restore({ ...snapshot, version: 0 })).toThrow("version 2, was 0");
  expect(() => state.restore(null)).toThrow(BrokenSnapshot);
});
