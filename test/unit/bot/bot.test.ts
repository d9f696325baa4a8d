import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { instrumentId, sizeLots, timerId, timeUs, venueId } from "../../../src/domain/units.ts";
import { readJournal } from "../../../src/journal/journal-reader.ts";
import { BotBench, benchInstruments, sha256 } from "../../support/bot-bench.ts";

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

describe("an order that our own rules refuse", () => {
  const limits = { instruments: [{ instrument: 0, orderLotsMax: 10 }] };
  const told = (bench: BotBench) =>
    bench.log.entries.flatMap((entry) =>
      entry.kind === "event" && entry.event.kind === "OrderRefused"
        ? [[entry.event.request, entry.event.reason, entry.event.text].join(" | ")]
        : [],
    );

  test("is told to the strategy at once, with the rule, and its id is not spent", () => {
    const bench = new BotBench(limits);
    bench.place(1, { size: sizeLots(11) });
    expect(bench.refusals).toEqual(["max-order-size"]);
    expect(told(bench)).toEqual([
      "place | risk | max-order-size: the order is 11 lots, limit is 10",
    ]);
    bench.place(1);
    expect(bench.open).toEqual(["1 sent 0/10"]);
  });

  test("leaves an order of unknown outcome as unknown as it was when its amend is refused", () => {
    const bench = new BotBench(limits);
    bench.place(1);
    bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
    bench.amend(1, 11);
    expect(told(bench)).toEqual([
      "amend | risk | max-order-size: the order is 11 lots, limit is 10",
    ]);
    expect(bench.open).toEqual(["1 unknown 0/10"]);
  });

  test("is no failure of the venue: the circuit breaker does not count it", () => {
    const machinery = { ...MACHINERY_DEFAULTS, poll: undefined };
    const bench = new BotBench(limits, benchInstruments(), { machinery });
    for (let id = 1; id <= 9; id += 1) bench.place(id, { size: sizeLots(11) });
    expect(told(bench)).toHaveLength(9);
    expect(bench.sent).toEqual([]);
  });
});
