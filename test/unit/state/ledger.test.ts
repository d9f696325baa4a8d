import { expect, test } from "vitest";
import { Ledger } from "../../../src/state/ledger.ts";

test("starts with the cash of each venue, against its opening", () => {
  const ledger = new Ledger([500n, 300n], [0, 1]);
  expect([ledger.cash(0), ledger.cash(1), ledger.total()]).toEqual([500n, 300n, 0n]);
});

test("books trades, fees, funding and corrections, each to its own account", () => {
  const ledger = new Ledger([500n], [0]);
  ledger.trade(0, -100n, 100n, 0n);
  ledger.trade(0, 60n, -50n, 10n);
  ledger.fee(0, 3n);
  ledger.funding(0, -2n);
  ledger.correct(0, 7n);
  expect(ledger.cash(0)).toBe(500n - 100n + 60n - 3n - 2n + 7n);
  expect(ledger.balance(0, "position")).toBe(50n);
  expect(ledger.balance(0, "trading")).toBe(-10n);
  expect(ledger.balance(0, "fees")).toBe(3n);
  expect(ledger.balance(0, "funding")).toBe(2n);
  expect(ledger.balance(0, "residual")).toBe(-7n);
  expect(ledger.total()).toBe(0n);
});

test("halts on a posting that does not sum to zero", () => {
  const ledger = new Ledger([500n], [0]);
  expect(() => ledger.trade(0, -100n, 99n, 0n)).toThrow("sums to zero");
});

test("books to the venue of the instrument", () => {
  const ledger = new Ledger([500n, 300n], [0, 1]);
  ledger.fee(1, 5n);
  expect([ledger.cash(0), ledger.cash(1)]).toEqual([500n, 295n]);
});

test("comes back as it was saved, and not from another run's accounts", () => {
  const ledger = new Ledger([500n], [0]);
  ledger.trade(0, -100n, 100n, 0n);
  const other = new Ledger([0n], [0]);
  other.restore(ledger.save());
  expect(other.save()).toEqual(ledger.save());
  expect(() => new Ledger([0n, 0n], [0]).restore(ledger.save())).toThrow("accounts of this run");
  expect(() => other.restore(ledger.save().map(() => "1"))).toThrow("sum to zero");
});
