import { expect, test } from "vitest";
import { instrumentId, timerId, timeUs, venueId } from "../../../src/domain/units.ts";
import { readJournal } from "../../../src/journal/journal-reader.ts";
import { BotBench, sha256 } from "../../support/bot-bench.ts";

const halt = { kind: "Halt", reason: "enough" } as const;

test("journals an event before anything follows from it", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.journal.flush();
  const kinds = [...readJournal(bench.storage.snapshot(), sha256()).entries].map((e) => e.kind);
  expect(kinds).toEqual(["event", "command"]);
});

test("shows the strategy what the event has already changed", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.fill(1, 3, 3);
  expect(bench.bot.view.now).toBe(bench.now);
  expect(bench.lots).toBe(3);
});

test("timers go to the scheduler, with their command on record", () => {
  const bench = new BotBench();
  bench.command(
    { kind: "SetTimer", timer: timerId(3), at: timeUs(9) },
    { kind: "ClearTimer", timer: timerId(3) },
  );
  expect(bench.timers).toEqual(["set 3 9", "clear 3"]);
  expect(bench.sent).toEqual([]);
  expect(bench.log.entries.map((entry) => entry.kind)).toEqual(["event", "command", "command"]);
});

test("a halt cancels everything, and refuses every order after it", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.accept(1);
  bench.command(halt);
  expect(bench.sent.at(-1)).toEqual({ kind: "CancelAll", venue: 0, instrument: undefined });
  expect(bench.open).toEqual(["1 cancelling 0/10"]);
  bench.place(2, { reduceOnly: true });
  bench.command(halt, { kind: "ReportAccount", venue: venueId(0) });
  expect(bench.refusals).toEqual(["halted"]);
  expect(bench.sent.map((each) => each.kind)).toEqual(["PlaceOrder", "CancelAll", "ReportAccount"]);
  expect(bench.bot.view.health.degradation).toBe("emergency");
});

test("an order on its way while the bot halts is cancelled once it is accepted", () => {
  const bench = new BotBench();
  bench.place(1);
  bench.command(halt);
  expect(bench.open).toEqual(["1 sent 0/10"]);
  bench.accept(1);
  expect(bench.sent.at(-1)?.kind).toBe("CancelOrder");
  expect(bench.open).toEqual(["1 cancelling 0/10"]);
});

test("time does not go back: the event is handled now, and noted", () => {
  const bench = new BotBench();
  bench.tell({ kind: "TimerFired", timer: timerId(1) });
  const at = timeUs(bench.now - 400);
  bench.bot.handle({ kind: "TimerFired", at, venueAt: at, timer: timerId(2) });
  expect(bench.bot.view.now).toBe(bench.now);
  expect(bench.notes).toEqual(["TimerFired is 400 µs before the last event"]);
});

test("health follows links and books", () => {
  const bench = new BotBench();
  const link = { kind: "LinkChanged", venue: venueId(0), cause: "test" };
  expect(bench.bot.view.health.degradation).toBe("degraded");
  bench.tell({ ...link, link: "up" });
  expect([bench.bot.view.health.linkUp(venueId(0)), bench.bot.view.health.degradation]).toEqual([
    true,
    "normal",
  ]);
  bench.tell({ ...link, link: "down" });
  expect(bench.bot.view.health.linkUp(venueId(0))).toBe(false);
  expect(bench.bot.view.health.staleness(instrumentId(0))).toBe(bench.now);
});

test("notes a settlement told twice", () => {
  const bench = new BotBench();
  const funding = { kind: "FundingPaid", instrument: 0, rate: 1, mark: 1, lots: 1, amount: 5 };
  bench.tell({ ...funding, venueAt: 1 });
  bench.tell({ ...funding, venueAt: 1 });
  expect(bench.notes).toEqual(["funding of 0 was booked before"]);
  expect(bench.bot.view.account(venueId(0)).funding).toBe(5n);
});
