import { expect, test } from "vitest";
import { causalChain } from "../../../src/journal/causal-chain.ts";
import type { JournalEntry } from "../../../src/ports/journal.ts";

const entries = [
  { kind: "event", seq: 0, event: { kind: "BookChanged" } },
  { kind: "command", seq: 1, cause: 0, command: { kind: "SetTimer", timer: 4 } },
  { kind: "event", seq: 2, event: { kind: "BookChanged" } },
  { kind: "event", seq: 3, event: { kind: "TimerFired", timer: 4 } },
  { kind: "command", seq: 4, cause: 3, command: { kind: "PlaceOrder", orderId: 7 } },
  { kind: "event", seq: 5, event: { kind: "OrderFilled", orderId: 8 } },
  { kind: "note", seq: 6, text: "x" },
  { kind: "event", seq: 7, event: { kind: "OrderFilled", orderId: 7 } },
  { kind: "refusal", seq: 8, cause: 7, command: { kind: "PlaceOrder", orderId: 9 } },
] as unknown as readonly JournalEntry[];

const chain = (seq: number): readonly number[] => causalChain(entries, seq).map((each) => each.seq);

test("a refused order comes from a fill, of an order a timer placed, that a book set", () => {
  expect(chain(8)).toEqual([0, 1, 3, 4, 7, 8]);
});

test("what nobody here asked for has no cause: a book, a fill of an order never sent, a note", () => {
  expect([chain(2), chain(5), chain(6)]).toEqual([[2], [5], [6]]);
});

test("what comes later is no cause", () => {
  expect(chain(3)).toEqual([0, 1, 3]);
});
