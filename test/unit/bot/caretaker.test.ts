import { describe, expect, test } from "vitest";
import type { MachineryConfig } from "../../../src/bot/machinery-config.ts";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { REQUEST_TIMER } from "../../../src/bot/own-timers.ts";
import { BrokenPromise } from "../../../src/domain/assert.ts";
import type { Event } from "../../../src/domain/event.ts";
import type { TimeUs } from "../../../src/domain/units.ts";
import { venueId } from "../../../src/domain/units.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

/** A well bot with housekeeping: its link is up. */
function kept(over: Partial<MachineryConfig> = {}, risk = {}): BotBench {
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined, ...over };
  const bench = new BotBench(risk, benchInstruments(), { machinery });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  return bench;
}

/** A report of the venue, as of now. */
function report(bench: BotBench, lots: number, open: readonly object[] = []): void {
  const positions = lots === 0 ? [] : [{ instrument: 0, lots }];
  bench.now += 10_000_000;
  bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders: open });
}

const shown = (orderId: number, leaves: number) => ({
  instrument: 0,
  orderId,
  side: "bid",
  price: 1000,
  leaves,
});

const policy = (over: object) => ({
  reconciliation: { ...MACHINERY_DEFAULTS.reconciliation, ...over },
});

describe("requests", () => {
  test("one without an answer in its time has an unknown outcome, and its id is spent", () => {
    const bench = kept();
    bench.place(1);
    bench.now += 10_000_000;
    bench.tell({ kind: "TimerFired", timer: REQUEST_TIMER });
    expect(bench.open).toEqual(["1 unknown 0/10"]);
    const event = bench.log.entries.find(
      (each) => each.kind === "event" && each.event.kind === "OrderUnknown",
    );
    expect(event).toMatchObject({ event: { cause: "timed-out", request: "place", orderId: 1 } });
    expect(bench.sent.filter((each) => each.kind === "PlaceOrder")).toHaveLength(1);
  });

  test("a younger one waits for its own deadline", () => {
    const bench = kept();
    bench.place(1);
    bench.now += 6_000_000;
    bench.place(2);
    bench.now += 4_000_000;
    bench.tell({ kind: "TimerFired", timer: REQUEST_TIMER });
    expect(bench.open).toEqual(["1 unknown 0/10", "2 sent 0/10"]);
    expect(bench.timers.at(-1)).toBe(`set ${REQUEST_TIMER} ${17_003_000}`);
  });
});

test("a strategy that sets one of the bot's timers breaks a promise", () => {
  const bench = new BotBench();
  const set = { kind: "SetTimer", timer: REQUEST_TIMER, at: 9 } as never;
  expect(() => bench.command(set)).toThrow(BrokenPromise);
});

describe("accounts", () => {
  test("each venue is asked every five seconds", () => {
    const bench = kept({ poll: MACHINERY_DEFAULTS.poll });
    bench.watch();
    report(bench, 0);
    bench.watch();
    bench.watch(1_000_000);
    expect(bench.sent.map((each) => each.kind)).toEqual(["ReportAccount", "ReportAccount"]);
  });

  test("while the account stays away cached values serve exits alone", () => {
    const bench = kept({ poll: MACHINERY_DEFAULTS.poll });
    bench.place(1);
    bench.fill(1, 10, 10);
    for (let second = 0; second < 17; second += 1) bench.watch();
    expect(bench.bot.view.health.degradation).toBe("critical");
    bench.place(2);
    expect(bench.refusals).toEqual(["degradation"]);
    bench.place(3, { side: "ask" });
    expect(bench.sent.at(-1)).toMatchObject({ kind: "PlaceOrder", orderId: 3 });
  });
});

describe("drift", () => {
  test("of more than 10 % is an alert, whatever the policy", () => {
    const bench = kept(policy({ drift: "alert" }));
    report(bench, 2);
    expect(bench.notes).toContain("alert: drift of instrument 0: we believe 0 lots, it is 2");
    expect(bench.lots).toBe(0);
  });

  test("is adopted once two reports show it, and belief is truth", () => {
    const bench = kept(policy({ drift: "adopt" }));
    report(bench, 7);
    expect(bench.lots).toBe(0);
    report(bench, 7);
    expect(bench.lots).toBe(7);
    expect(bench.notes).toContain("alert: 7 lots of instrument 0 are adopted");
  });

  test("is seen beside resting orders, once the report shows them as we believe them", () => {
    const bench = kept(policy({ drift: "adopt" }));
    bench.place(1);
    bench.accept(1);
    report(bench, -4, [shown(1, 10)]);
    report(bench, -4, [shown(1, 10)]);
    expect(bench.lots).toBe(-4);
  });

  test("is seen while one is asked back, and one was sent since the report was made", () => {
    const seenWith = (openOrders: readonly object[]) => {
      const bench = kept(policy({ drift: "adopt" }));
      bench.place(1);
      bench.accept(1);
      report(bench, -4, [shown(1, 10)]);
      const venueAt = bench.now + 1;
      bench.now += 2;
      bench.cancel(1);
      bench.place(2);
      const positions = [{ instrument: 0, lots: -4 }];
      bench.tell({ kind: "AccountReported", venueAt, venue: 0, balance: 0, positions, openOrders });
      return bench.lots;
    };
    expect(seenWith([shown(1, 10)])).toBe(-4);
    // What the report leaves out, or shows with fewer lots, may have filled.
    expect(seenWith([])).toBe(0);
    expect(seenWith([shown(1, 6)])).toBe(0);
  });

  test("is seen beside an order that may have followed the report, each time it is made", () => {
    const seenWith = (isAskedFirst: boolean) => {
      const bench = kept(policy({ drift: "adopt" }));
      report(bench, -4);
      bench.now += 10_000_000;
      const asks = () => bench.command({ kind: "ReportAccount", venue: venueId(0) });
      if (isAskedFirst) asks();
      bench.place(1);
      if (!isAskedFirst) asks();
      bench.now += 1_000;
      const positions = [{ instrument: 0, lots: -4 }];
      bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders: [] });
      return bench.lots;
    };
    expect(seenWith(true)).toBe(-4);
    // Sent before, it may be gone by then, and filled.
    expect(seenWith(false)).toBe(0);
  });

  test("is not what reports show that are older than the last fill, however late they come", () => {
    const bench = kept(policy({ drift: "adopt" }));
    bench.place(1);
    bench.accept(1);
    const venueAt = bench.now;
    bench.fill(1, 10, 10);
    bench.close(1, 10, "filled");
    // What is heard for a while is all so late that nobody knows how far the clocks are apart.
    bench.now += 20_000_000;
    bench.accept(1, { venueAt });
    bench.now += 20_000_000;
    const old = { venue: 0, balance: 0, positions: [], openOrders: [] };
    for (const before of [3, 2, 1]) {
      bench.tell({ kind: "AccountReported", ...old, venueAt: venueAt - before });
    }
    expect(bench.lots).toBe(10);
  });

  test("is not confirmed by the same report told twice", () => {
    const bench = kept(policy({ drift: "adopt" }));
    const venueAt = bench.now;
    const positions = [{ instrument: 0, lots: 7 }];
    const once = { venueAt, venue: 0, balance: 0, positions, openOrders: [] };
    for (let times = 0; times < 3; times += 1) bench.tell({ kind: "AccountReported", ...once });
    expect(bench.lots).toBe(0);
    report(bench, 7);
    expect(bench.lots).toBe(7);
  });

  test("taken over has every fill from before the report, and none of its very moment", () => {
    const told = (before: number) => {
      const bench = kept(policy({ drift: "adopt" }));
      bench.place(1);
      bench.accept(1);
      report(bench, 7, [shown(1, 10)]);
      report(bench, 7, [shown(1, 10)]);
      bench.fill(1, 3, 3, { venueAt: (bench.now - before) as TimeUs });
      return bench.lots;
    };
    expect(told(1)).toBe(7);
    expect(told(0)).toBe(10);
  });

  test("halts where the policy says so", () => {
    const bench = kept(policy({ drift: "halt" }));
    report(bench, 7);
    report(bench, 7);
    expect(bench.bot.view.health.degradation).toBe("emergency");
    expect(bench.sent.map((each) => each.kind)).toEqual(["CancelAll"]);
  });
});

describe("open orders", () => {
  test("an orphan found is an alert, and cancelled where the policy says so", () => {
    const bench = kept(policy({ orphans: "cancel" }));
    report(bench, 0, [shown(42, 5)]);
    expect(bench.notes[0]).toMatch(/^alert: order 42 is open at the venue/);
    expect(bench.sent).toEqual([{ kind: "CancelOrder", instrument: 0, orderId: 42 }]);
    expect(bench.open).toEqual(["42 cancelling 0/5"]);
  });

  test("an order whose end was heard is no orphan of a report made in that very moment", () => {
    const bench = kept(policy({ orphans: "cancel" }));
    bench.place(1);
    bench.accept(1);
    bench.close(1, 0);
    const told = { venueAt: bench.now, venue: 0, balance: 0, positions: [] };
    bench.tell({ kind: "AccountReported", ...told, openOrders: [shown(1, 10)] });
    expect(bench.open).toEqual([]);
    bench.tell({
      kind: "AccountReported",
      ...told,
      venueAt: bench.now,
      openOrders: [shown(1, 10)],
    });
    expect(bench.open).toEqual(["1 cancelling 0/10"]);
  });

  test("an orphan is only reported where the policy says so", () => {
    const bench = kept(policy({ orphans: "report" }));
    report(bench, 0, [shown(42, 5)]);
    expect(bench.sent).toEqual([]);
  });

  test("one that a report leaves out is asked for by its id, and over when that does not find it either", () => {
    const bench = kept();
    bench.place(1);
    bench.accept(1);
    report(bench, 0);
    expect(bench.open).toEqual(["1 cancelling 0/10"]);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "CancelOrder", orderId: 1 });
    bench.venue("OrderRefused", 1, { request: "cancel", reason: "unknown-order", text: "" });
    expect(bench.open).toEqual([]);
  });

  test("one that reports leave out is never over for that alone", () => {
    const bench = kept();
    bench.place(1);
    bench.accept(1);
    for (let times = 0; times < 3; times += 1) {
      report(bench, 0);
      bench.venue("OrderUnknown", 1, { request: "cancel", cause: "timed-out" });
    }
    expect(bench.open).toEqual(["1 unknown 0/10"]);
    expect(bench.sent.filter(({ kind }) => kind === "CancelOrder")).toHaveLength(3);
    report(bench, 0, [shown(1, 10)]);
    expect(bench.open).toEqual(["1 live 0/10"]);
  });

  test("one whose copy is refused for its id may live, and its strategy hears no refusal", () => {
    const bench = kept();
    const heard: string[] = [];
    bench.place(1);
    bench.decided = ({ kind }: Event) => {
      heard.push(kind);
    };
    const copy = { request: "place", reason: "duplicate-order-id", text: "" };
    bench.venue("OrderRefused", 1, copy);
    expect(bench.open).toEqual(["1 unknown 0/10"]);
    bench.accept(1);
    bench.venue("OrderRefused", 1, copy);
    expect(bench.open).toEqual(["1 live 0/10"]);
    expect(heard).toEqual(["OrderUnknown", "OrderAccepted"]);
  });

  test("one asked for a moment ago may be absent from a report", () => {
    const bench = kept();
    bench.place(1);
    bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions: [], openOrders: [] });
    expect(bench.open).toEqual(["1 sent 0/10"]);
  });

  test("one of unknown outcome that the venue shows is live", () => {
    const bench = kept();
    bench.place(1);
    bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
    report(bench, 0, [shown(1, 10)]);
    expect(bench.open).toEqual(["1 live 0/10"]);
  });

  test("fills that only the lots left tell of are booked once two reports show them", () => {
    const bench = kept(policy({ drift: "adopt" }));
    bench.place(1);
    bench.accept(1);
    report(bench, 4, [shown(1, 6)]);
    report(bench, 4, [shown(1, 6)]);
    expect(bench.lots).toBe(4);
    expect(bench.open).toEqual(["1 live 4/10"]);
  });

  test("one that does not move is cancelled, a bounded number of times", () => {
    const bench = kept({ stuckOrderUs: 5_000_000 });
    bench.place(1);
    bench.accept(1);
    for (let round = 0; round < 9; round += 1) {
      bench.watch(60_000_000);
      bench.venue("OrderRefused", 1, { request: "cancel", reason: "rate-limited", text: "" });
    }
    expect(bench.sent.filter((each) => each.kind === "CancelOrder")).toHaveLength(3);
  });
});

describe("circuit breaker", () => {
  const refuse = (bench: BotBench, id: number) => {
    bench.place(id);
    bench.venue("OrderRefused", id, { request: "place", reason: "rate-limited", text: "" });
  };

  test("a trip cancels all orders, and nothing new leaves until a probe is answered", () => {
    const bench = kept();
    for (let id = 1; id <= 5; id += 1) refuse(bench, id);
    expect(bench.sent.at(-1)?.kind).toBe("CancelAll");
    bench.place(6, { size: 10 });
    expect(bench.refusals).toEqual(["circuit-breaker"]);
    bench.watch(30_000_000);
    expect(bench.sent.at(-1)?.kind).toBe("ReportAccount");
    report(bench, 0);
    bench.watch(6_000_000);
    bench.place(7);
    expect(bench.sent.at(-1)).toMatchObject({ kind: "PlaceOrder", orderId: 7 });
  });
});

describe("dead man's switch", () => {
  test("is refreshed by every cycle, and when nothing is heard it cancels everything", () => {
    const bench = kept({ deadManSwitch: { ttlUs: 3_000_000 } });
    for (let cycle = 0; cycle < 10; cycle += 1) {
      bench.watch(2_000_000);
      bench.venue("BookChanged" as never, 0, { bid: 1, ask: 2 });
    }
    expect(bench.sent).toEqual([]);
    bench.watch(2_000_000);
    bench.watch(2_000_000);
    bench.watch(2_000_000);
    expect(bench.sent.map((each) => each.kind)).toEqual(["CancelAll"]);
    expect(bench.bot.view.health.degradation).toBe("critical");
  });
});

describe("degradation", () => {
  const link = (bench: BotBench, state: string) =>
    bench.tell({ kind: "LinkChanged", venue: 0, link: state, cause: "test" });

  test("degraded sends smaller orders, critical exits only, and both are told", () => {
    const bench = kept();
    bench.place(1);
    bench.fill(1, 10, 10);
    link(bench, "down");
    bench.place(2);
    expect(bench.sent.at(-1)).toMatchObject({ orderId: 2, size: 5 });
    bench.watch(31_000_000);
    expect(bench.bot.view.health.degradation).toBe("critical");
    bench.place(3);
    expect(bench.refusals).toEqual(["degradation"]);
    bench.place(4, { side: "ask", size: 10 });
    expect(bench.sent.at(-1)).toMatchObject({ orderId: 4, size: 10 });
    link(bench, "up");
    for (let step = 0; step < 4; step += 1) bench.watch(6_000_000);
    expect(bench.bot.view.health.degradation).toBe("normal");
  });

  test("critical for too long is an emergency: cancel and halt", () => {
    const degradation = { degradedSizeBps: 5000, linkDownCriticalUs: 1_000_000, calmUs: 0 };
    const bench = kept({ degradation: { ...degradation, criticalEmergencyUs: 5_000_000 } });
    link(bench, "down");
    for (let step = 0; step < 10; step += 1) bench.watch();
    expect(bench.bot.view.health.degradation).toBe("emergency");
    expect(bench.sent.at(-1)?.kind).toBe("CancelAll");
    link(bench, "up");
    bench.watch(60_000_000);
    expect(bench.bot.view.health.degradation).toBe("emergency");
  });
});

test("timers of the strategy do not keep a bot alive that hears nothing", () => {
  const bench = kept({ deadManSwitch: { ttlUs: 60_000_000 } });
  for (let second = 0; second < 70; second += 1) {
    bench.command();
    bench.watch();
  }
  expect(bench.notes).toContain("alert: dead man's switch expired: nothing was heard for too long");
});
