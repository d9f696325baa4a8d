import { expect, test } from "vitest";
import { tradeId } from "../../../src/domain/units.ts";
import { BotBench } from "../../support/bot-bench.ts";

function live(): BotBench {
  const bench = new BotBench();
  bench.place(1);
  bench.accept(1);
  return bench;
}

test("books a repeated fill once, and notes the repetition", () => {
  const bench = live();
  for (let again = 0; again < 3; again += 1) bench.fill(1, 4, 4, { tradeId: tradeId(77) });
  expect([bench.lots, bench.open]).toEqual([4, ["1 live 4/10"]]);
  expect(bench.notes).toEqual(Array(2).fill("trade 77 of order 1 was booked before"));
});

test("books many fills of one order once each", () => {
  const bench = new BotBench();
  bench.place(1, { size: 100 });
  bench.accept(1, { size: 100 });
  for (let round = 0; round < 2; round += 1) {
    for (let lot = 1; lot <= 50; lot += 1) bench.fill(1, 1, lot, { tradeId: tradeId(lot) });
  }
  expect([bench.lots, bench.notes.length]).toEqual([50, 50]);
});

test("finds a missed fill by the venue's own count", () => {
  const bench = live();
  bench.fill(1, 2, 2);
  bench.fill(1, 3, 7);
  expect(bench.notes).toEqual(["order 1 has 7 lots filled, we have seen 5"]);
  bench.fill(1, 2, 4);
  expect([bench.lots, bench.notes.length]).toEqual([7, 1]);
});

test("finds fills that never came when the order closes", () => {
  const bench = live();
  bench.fill(1, 2, 2);
  bench.close(1, 6);
  expect(bench.notes).toEqual(["order 1 closed with 6 lots filled, we have seen 2"]);
});

test("books a fill that comes after the order is over", () => {
  const bench = live();
  bench.close(1, 6);
  bench.fill(1, 6, 6);
  expect([bench.lots, bench.open]).toEqual([6, []]);
});

test("books a fill that beats the acceptance", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.fill(1, 6, 6);
  bench.accept(1);
  expect([bench.lots, bench.open, bench.notes]).toEqual([6, ["1 live 6/10"], []]);
});

test("books a fill of an order that is not ours, once, notes it, and adopts no order", () => {
  const bench = new BotBench();
  for (let again = 0; again < 2; again += 1) {
    bench.fill(0, 5, 5, { side: "ask", tradeId: tradeId(9) });
  }
  expect([bench.lots, bench.open]).toEqual([-5, []]);
  expect(bench.notes).toEqual([
    "order 0 is not ours: ask of 5 at 1000 is booked",
    "trade 9 of order 0, not ours, was booked before",
  ]);
});

test("books what contradicts its order as the venue says, and notes it", () => {
  const bench = live();
  bench.fill(1, 12, 12);
  expect(bench.lots).toBe(12);
  expect(bench.notes[0]).toBe(
    "fill of order 1 contradicts it: a bid of 10 lots on 0, 0 filled, live; " +
      "filled a bid of 12 lots on 0",
  );
});

test("books a fill of an order that was refused, and notes it", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.venue("OrderRefused", 1, { request: "place", reason: "off-tick", text: "no" });
  bench.fill(1, 4, 4);
  expect([bench.lots, bench.notes.length]).toEqual([4, 1]);
});
