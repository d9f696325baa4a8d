import { expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { instrumentId } from "../../../src/domain/units.ts";
import { restoreOrders, saveOrders } from "../../../src/execution/saved-order.ts";
import type { TrackedOrder } from "../../../src/execution/tracked-order.ts";
import type { RiskView } from "../../../src/risk/risk-rule.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

/** Lots that may still fill on the bid, as risk sees them. */
function reserved(bench: BotBench): number {
  return (bench.bot.view as RiskView).openLots(instrumentId(0), "bid");
}

test("an order is sent, live, partly filled, and over", () => {
  const bench = new BotBench();
  bench.place(1);
  expect([bench.open, reserved(bench)]).toEqual([["1 sent 0/10"], 10]);
  bench.accept(1);
  bench.fill(1, 4, 4);
  expect([bench.open, reserved(bench)]).toEqual([["1 live 4/10"], 6]);
  bench.fill(1, 6, 10);
  bench.close(1, 10, "filled");
  expect([bench.open, reserved(bench), bench.lots]).toEqual([[], 0, 10]);
  expect(bench.notes).toEqual([]);
});

test("keeps open orders ascending by id, whatever order they were placed in", () => {
  const bench = new BotBench();
  for (const id of [5, 2, 9, 4]) bench.place(id);
  expect(bench.open.map((each) => Number(each.split(" ")[0]))).toEqual([2, 4, 5, 9]);
});

test("a refused place never existed", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.venue("OrderRefused", 1, { request: "place", reason: "off-tick", text: "no" });
  expect([bench.open, reserved(bench)]).toEqual([[], 0]);
});

test("an order whose outcome is unknown counts as live for every limit", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
  expect([bench.open, reserved(bench)]).toEqual([["1 unknown 0/10"], 10]);
});

test("keeps the remainder reserved when an order closes before its last fills arrive", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.accept(1);
  bench.close(1, 7);
  expect([bench.open, reserved(bench)]).toEqual([[], 7]);
  bench.fill(1, 3, 3);
  bench.fill(1, 4, 7);
  expect([reserved(bench), bench.lots]).toEqual([0, 7]);
});

test("reserves the larger size while an amend is in flight", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.accept(1);
  bench.amend(1, 25);
  expect([bench.open, reserved(bench)]).toEqual([["1 amending 0/10"], 25]);
  bench.venue("OrderRefused", 1, { request: "amend", reason: "unsupported", text: "no" });
  expect([bench.open, reserved(bench)]).toEqual([["1 live 0/10"], 10]);
  bench.amend(1, 6, 1001);
  expect(reserved(bench)).toBe(10);
  bench.accept(1, { request: "amend", size: 6, price: 1001 });
  expect([bench.open, reserved(bench)]).toEqual([["1 live 0/6"], 6]);
  expect(bench.bot.view.openOrders(instrumentId(0))[0]?.price).toBe(1001);
});

test("an order amended while its old size fills is not over until the venue says so", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.accept(1);
  bench.amend(1, 25);
  bench.fill(1, 10, 10);
  expect(bench.open).toEqual(["1 amending 10/10"]);
  bench.accept(1, { request: "amend", size: 25 });
  expect([bench.open, reserved(bench)]).toEqual([["1 live 10/25"], 15]);
});

test("a cancel the venue could not place leaves the outcome unknown until the end is told", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.accept(1);
  bench.cancel(1);
  bench.venue("OrderRefused", 1, { request: "cancel", reason: "unknown-order", text: "?" });
  expect([bench.open, reserved(bench)]).toEqual([["1 unknown 0/10"], 10]);
  bench.close(1, 0);
  expect([bench.open, reserved(bench)]).toEqual([[], 0]);
});

test("a market order keeps having no price when it is accepted", () => {
  const bench = new BotBench();
  bench.place(1, { price: undefined, timeInForce: "IOC" });
  bench.accept(1, { price: 0 });
  expect(bench.bot.view.openOrders(instrumentId(0))[0]?.price).toBeUndefined();
});

test("an acceptance that a fill overtook still says at what price the order stands", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.fill(1, 3, 3);
  expect(bench.open).toEqual(["1 live 3/10"]);
  const saved = bench.bot.view.openOrders(instrumentId(0))[0] as TrackedOrder;
  expect(restoreOrders(saveOrders([saved]))[0]?.isBooked).toBe(false);
  bench.accept(1, { price: 997 });
  expect(bench.bot.view.openOrders(instrumentId(0))[0]?.price).toBe(997);
  expect(restoreOrders(saveOrders([saved]))[0]?.isBooked).toBe(true);
  bench.accept(1, { price: 998 });
  expect(bench.bot.view.openOrders(instrumentId(0))[0]?.price).toBe(997);
});

test("a reduce-only order reserves nothing: it cannot carry a position away from flat", () => {
  const bench = new BotBench();
  bench.place(1, { reduceOnly: true });
  expect(reserved(bench)).toBe(0);
});

test("forgets orders long over, and says so when the venue counted lots we never saw", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.accept(1);
  bench.close(1, 7);
  for (let id = 2; id <= 1024; id += 1) {
    bench.place(id);
    bench.close(id, 0);
  }
  expect([bench.notes.length, reserved(bench)]).toEqual([1, 7]);
  bench.place(1025);
  bench.close(1025, 0);
  expect(bench.notes.at(-1)).toBe("order 1 is forgotten with 7 lots never seen");
  expect(reserved(bench)).toBe(0);
  bench.fill(1, 7, 7);
  expect([bench.lots, bench.notes.at(-1)]).toEqual([
    0,
    "fill of order 1, long over: trade 1 is not booked",
  ]);
});

test("a stranger's order, once it is forgotten, has spent no id of ours", () => {
  const orphans = { drift: "alert", orphans: "cancel", graceUs: 0 } as const;
  const bench = new BotBench({}, benchInstruments(), {
    machinery: { ...MACHINERY_DEFAULTS, reconciliation: orphans },
  });
  const stranger = { instrument: 0, orderId: 0x6000_0000, side: "bid", price: 900, leaves: 3 };
  const report = { kind: "AccountReported", venue: 0, balance: 0, positions: [] };
  bench.tell({ ...report, openOrders: [stranger] });
  bench.close(stranger.orderId, 0);
  for (let id = 1; id <= 1100; id += 1) {
    bench.place(id);
    bench.close(id, 0);
  }
  expect(bench.refusals).toEqual([]);
  bench.place(1101);
  expect(bench.open).toEqual(["1101 sent 0/10"]);
});
