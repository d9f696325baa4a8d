import { expect, test } from "vitest";
import { instrumentId, orderId, venueId } from "../../../src/domain/units.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

test("sends what was approved, and journals it first with its cause", () => {
  const bench = new BotBench();
  bench.place(1);
  expect(bench.sent).toEqual([bench.order(1)]);
  expect(bench.log.entries.at(-1)).toMatchObject({ kind: "command", cause: 0, seq: 1 });
});

test("refuses an order id used twice, open or over", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.place(1);
  bench.close(1, 0);
  bench.place(1);
  expect(bench.refusals).toEqual(["duplicate-order-id", "duplicate-order-id"]);
  expect(bench.sent).toHaveLength(1);
});

test("refuses the order id that venues keep for orders of their own", () => {
  const bench = new BotBench();
  bench.place(0);
  expect(bench.refusals).toEqual(["duplicate-order-id"]);
});

test("refuses a second request while the first has no answer", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.cancel(1);
  bench.accept(1);
  bench.cancel(1);
  bench.cancel(1);
  bench.amend(1, 5);
  expect(bench.refusals).toEqual(Array(3).fill("request-in-flight"));
  expect(bench.sent.map((each) => each.kind)).toEqual(["PlaceOrder", "CancelOrder"]);
});

test("lets an order of unknown outcome be cancelled, not amended", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
  bench.amend(1, 5);
  bench.cancel(1);
  expect(bench.refusals).toEqual(["request-in-flight"]);
  expect(bench.sent.at(-1)?.kind).toBe("CancelOrder");
});

test("refuses to cancel or amend what it does not know, or what is over", () => {
  const bench = new BotBench();
  bench.cancel(7);
  bench.place(1);
  bench.close(1, 0);
  bench.amend(1, 5);
  expect(bench.refusals).toEqual(["unknown-order", "unknown-order"]);
});

test("cancelling everything reaches one venue, or one instrument of it", () => {
  const bench = new BotBench({}, benchInstruments(2));
  bench.place(1);
  bench.place(2, { instrument: instrumentId(1) });
  for (const id of [1, 2]) bench.accept(id, { instrument: id - 1 });
  bench.command({ kind: "CancelAll", venue: venueId(1), instrument: undefined });
  const states = [0, 1].map(
    (id) => bench.bot.view.openOrders(instrumentId(id)).map((each) => each.state)[0],
  );
  expect(states).toEqual(["live", "cancelling"]);
  bench.command({ kind: "CancelAll", venue: venueId(0), instrument: instrumentId(1) });
  expect(bench.open).toEqual(["1 live 0/10"]);
});

test("an instrument that is not in the run breaks a promise", () => {
  const bench = new BotBench();
  const stray = { instrument: instrumentId(5), orderId: orderId(1) };
  expect(() => bench.command(bench.order(1, stray))).toThrow();
});
