// The grid bot's safety: breakers, halts, dead man's switches, gates, and errors that must be seen, on the real bot.

import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import type { RiskConfig } from "../../../src/risk/risk-config.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

function kept(over: object = {}, risk: RiskConfig = {}): BotBench {
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined, ...over };
  const bench = new BotBench(risk, benchInstruments(), { machinery });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  return bench;
}

const refuse = (bench: BotBench, id: number, request = "place", reason = "rate-limited") =>
  bench.venue("OrderRefused", id, { request, reason, text: "no" });

const count = (bench: BotBench, kind: string) =>
  bench.sent.filter((each) => each.kind === kind).length;

const report = (bench: BotBench) => {
  bench.now += 3_000_000;
  bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions: [], openOrders: [] });
};

/** Sixty orders rest, as thirty levels a side do. */
function sixtyResting(over: object = {}): BotBench {
  const bench = kept(over);
  for (let id = 1; id <= 60; id += 1) {
    bench.place(id, { side: id % 2 === 0 ? "ask" : "bid" });
    bench.accept(id);
  }
  return bench;
}

describe("the circuit breaker", () => {
  test("G03 circuit-breaker-cancels-all: five errors in a row cancel sixty orders; it rests, then twice as long", () => {
    const circuitBreaker = { ...MACHINERY_DEFAULTS.circuitBreaker, restUs: 10_000_000 };
    const bench = sixtyResting({ circuitBreaker });
    const fail = (from: number) => {
      for (let id = from; id < from + 5; id += 1) {
        bench.place(id);
        refuse(bench, id);
      }
    };
    fail(100);
    expect(bench.open.every((each) => each.includes("cancelling"))).toBe(true);
    expect([bench.open.length, bench.sent.at(-1)?.kind]).toEqual([60, "CancelAll"]);
    bench.place(200);
    expect(bench.refusals).toEqual(["circuit-breaker"]);
    // The probe is not answered: it rests twice as long, and only then asks again.
    const probes: number[] = [];
    for (let second = 1; second <= 60 && probes.length < 2; second += 1) {
      bench.watch(1_000_000);
      if (count(bench, "ReportAccount") > probes.length) probes.push(second);
    }
    const [first = 0, second = 0] = probes;
    expect(first).toBe(10);
    expect(second - first).toBeGreaterThanOrEqual(20);
  });

  test("G03 circuit-breaker-cancels-all: an order taken between two errors begins the count anew", () => {
    const bench = kept();
    for (let id = 1; id <= 20; id += 1) {
      bench.place(id);
      if (id % 5 === 0) bench.accept(id);
      else refuse(bench, id);
    }
    expect(count(bench, "CancelAll")).toBe(0);
  });
});

describe("dead man's switches", () => {
  test("G04 dead-man-refreshed-every-cycle: stalled for 301 s, what the venue cancelled is not believed open", () => {
    const venueSwitches = [{ venue: 0, timeoutUs: 300_000_000, refreshEveryUs: 10_000_000 }];
    const bench = sixtyResting({ venueSwitches });
    bench.now += 301_000_000;
    for (let id = 1; id <= 60; id += 1) bench.close(id, 0, "scheduled-cancel");
    expect(bench.open).toEqual([]);
    expect(bench.sent.some((each) => each.kind === "ScheduleCancel")).toBe(true);
  });

  test("G34 grid-live-before-dead-man: the venue's switch is set before the first order leaves", () => {
    const venueSwitches = [{ venue: 0, timeoutUs: 300_000_000, refreshEveryUs: 10_000_000 }];
    const bench = kept({ venueSwitches });
    bench.place(1);
    expect(bench.sent.map((each) => each.kind)).toEqual(["ScheduleCancel", "PlaceOrder"]);
  });

  test("G35 dead-man-trigger-quota: the eleventh is refused: told once, and no safety is believed in", () => {
    const venueSwitches = [{ venue: 0, timeoutUs: 300_000_000, refreshEveryUs: 10_000_000 }];
    const bench = kept({ venueSwitches });
    const refusal = "Cannot set scheduled cancel: 10 triggers today";
    const answer = { kind: "CancelScheduled", venue: 0, cancelAt: undefined, refusal };
    for (let time = 0; time < 5; time += 1) {
      bench.tell(answer);
      bench.watch(10_000_000);
      bench.tell({ kind: "BookChanged", instrument: 0, bid: 999, ask: 1001 });
    }
    const told = bench.notes.filter((note) => note.includes("was refused"));
    expect(told).toEqual([`alert: the dead man's switch of venue 0 was refused: ${refusal}`]);
  });
});

describe("the end", () => {
  test("G11 no-orphan-orders-after-shutdown: twenty in flight, half of them acknowledged: none is left", () => {
    const bench = kept();
    for (let id = 1; id <= 20; id += 1) bench.place(id);
    for (let id = 1; id <= 10; id += 1) bench.accept(id);
    bench.command({ kind: "Halt", reason: "SIGTERM" });
    expect(count(bench, "CancelAll")).toBe(1);
    for (let id = 1; id <= 10; id += 1) bench.close(id, 0);
    for (let id = 11; id <= 20; id += 1) bench.accept(id);
    const late = bench.sent.flatMap((each) => (each.kind === "CancelOrder" ? [each.orderId] : []));
    expect(late).toEqual(Array.from({ length: 10 }, (_, index) => index + 11));
    for (let id = 11; id <= 20; id += 1) bench.close(id, 0);
    expect(bench.open).toEqual([]);
  });

  test("G33 halt-cancel-not-retried: a cancel that fails after a halt is asked for again until nothing rests", () => {
    const bench = kept();
    bench.place(1);
    bench.accept(1);
    bench.command({ kind: "Halt", reason: "risk" });
    refuse(bench, 1, "cancel");
    expect(bench.open).toEqual(["1 live 0/10"]);
    const asked: number[] = [];
    for (let second = 1; second <= 60; second += 1) {
      const before = count(bench, "CancelAll");
      bench.watch();
      if (count(bench, "CancelAll") > before) asked.push(second);
      if (bench.open[0] === "1 cancelling 0/10") refuse(bench, 1, "cancel");
    }
    // Again and again, ever more seldom, while it rests.
    expect(asked.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect([asked.length > 5, asked.length < 10]).toEqual([true, true]);
    bench.watch(4_000_000);
    bench.close(1, 0);
    const over = count(bench, "CancelAll");
    for (let second = 0; second < 60; second += 1) bench.watch();
    expect(count(bench, "CancelAll")).toBe(over);
  });
});

describe("errors", () => {
  test("G08 errors-surface: a refused order has its text on record, a handler that throws ends its bot aloud", () => {
    const bench = kept();
    bench.place(1);
    refuse(bench, 1, "place", "price-band");
    const told = bench.log.entries.find(
      (entry) => entry.kind === "event" && entry.event.kind === "OrderRefused",
    );
    expect(told).toMatchObject({ event: { reason: "price-band", text: "no" } });
    bench.breaks = true;
    expect(() => bench.command()).toThrow("a strategy keeps its promises");
    bench.bot.abandon("a strategy keeps its promises");
    expect(bench.notes.at(-1)).toMatch(/^alert: abandoned/);
  });

  test("G10 fill-handler-exception-not-silent: what throws after the booking leaves the fill booked and on record", () => {
    const bench = kept();
    bench.place(1);
    bench.accept(1);
    bench.breaks = true;
    expect(() => bench.fill(1, 4, 4)).toThrow();
    expect([bench.lots, bench.open]).toEqual([4, ["1 live 4/10"]]);
    const fills = bench.log.entries.filter(
      (entry) => entry.kind === "event" && entry.event.kind === "OrderFilled",
    );
    expect(fills).toHaveLength(1);
  });

  test("G16 submit-level: taken, refused by a rule, refused by the venue, never answered: each has its result", () => {
    const bench = kept({}, { instruments: [{ instrument: 0, orderLotsMax: 10 }] });
    bench.place(1);
    bench.accept(1);
    bench.place(2, { size: 11 });
    bench.place(3);
    refuse(bench, 3);
    bench.place(4);
    bench.venue("OrderUnknown", 4, { request: "place", cause: "timed-out" });
    expect(
      bench.sent.flatMap((each) => (each.kind === "PlaceOrder" ? [each.orderId] : [])),
    ).toEqual([1, 3, 4]);
    expect(bench.refusals).toEqual(["max-order-size"]);
    expect(bench.open).toEqual(["1 live 0/10", "4 unknown 0/10"]);
  });
});

describe("gates", () => {
  const money = (usd: number) => BigInt(usd) * 100_000_000n;
  const lose = (bench: BotBench) => {
    bench.place(1, { size: 1000 });
    bench.fill(1, 1000, 1000);
    for (const book of bench.books) [book.bid, book.ask] = [799, 801];
    bench.tell({ kind: "BookChanged", instrument: 0, bid: 799, ask: 801 });
  };

  const halt = (bench: BotBench) => {
    lose(bench);
    bench.command({ kind: "Halt", reason: "x" });
  };

  // 1 coin bought at 100.0, now 80.0: 20 USD lost.
  test.each([
    ["daily stop", { dailyPnl: { lossMaxE8: money(19) } }, lose, true],
    ["cap", { instruments: [{ instrument: 0, positionLotsMax: 1000 }] }, lose, true],
    [
      "skew",
      { exposureSkew: { instruments: [0], netOfGrossBpsMax: 3000, grossMinE8: 1n } },
      lose,
      true,
    ],
    ["order velocity", { orderVelocity: { ordersMax: 1, windowUs: 60_000_000 } }, lose, undefined],
    ["drawdown, which halts", { drawdown: { limitE8: money(19) } }, lose, false],
    ["halt", {}, halt, false],
  ] as const)(
    "G18 allow-order-gates: %s refuses what adds; a way out passes where the gate lets it",
    (_, risk, happen, passes) => {
      const bench = kept({}, risk);
      happen(bench);
      const before = count(bench, "PlaceOrder");
      bench.place(50, { size: 10 });
      expect(count(bench, "PlaceOrder")).toBe(before);
      expect(bench.refusals).toHaveLength(1);
      bench.place(51, { side: "ask", size: 10, reduceOnly: true });
      if (passes !== undefined) expect(count(bench, "PlaceOrder") > before).toBe(passes);
    },
  );

  test("G20 order-flow-strategy-to-exchange: no order is sent without its command, or past a refusal, on record", () => {
    const bench = kept({}, { instruments: [{ instrument: 0, openOrdersMax: 2 }] });
    for (let id = 1; id <= 5; id += 1) bench.place(id);
    const commanded = bench.log.entries.flatMap((entry) =>
      entry.kind === "command" && entry.command.kind === "PlaceOrder"
        ? [entry.command.orderId]
        : [],
    );
    const sent = bench.sent.flatMap((each) => (each.kind === "PlaceOrder" ? [each.orderId] : []));
    expect([sent, commanded, bench.refusals.length]).toEqual([[1, 2], [1, 2], 3]);
    report(bench);
  });
});
