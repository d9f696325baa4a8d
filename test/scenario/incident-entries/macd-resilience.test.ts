// The MACD bot's resilience states, on the real machinery: degradation there and back, breakers, retries, clocks, crashes.

import { describe, expect, test } from "vitest";
import { KeyedRng } from "../../../sim/kernel/keyed-rng.ts";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { timeUs, venueId } from "../../../src/domain/units.ts";
import { RETRY_DEFAULTS, RetryBudget } from "../../../src/execution/retry-budget.ts";
import { CIRCUIT_BREAKER_DEFAULTS, CircuitBreaker } from "../../../src/risk/circuit-breaker.ts";
import { recoveryOf } from "../../../src/state/recovery.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";
import { sealedEntries } from "../../support/crash-bench.ts";

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;

function kept(over: object = {}): BotBench {
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined, ...over };
  const bench = new BotBench({}, benchInstruments(), { durability: "write-ahead", machinery });
  link(bench, "up");
  return bench;
}

const link = (bench: BotBench, state: "up" | "down") =>
  bench.tell({ kind: "LinkChanged", venue: 0, link: state, cause: "test" });

const level = (bench: BotBench) => bench.bot.view.health.degradation;

const report = (bench: BotBench, lots: number) => {
  bench.now += 5 * SECOND;
  const positions = lots === 0 ? [] : [{ instrument: 0, lots }];
  bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders: [] });
};

const refused = (bench: BotBench, id: number) =>
  bench.venue("OrderRefused", id, { request: "place", reason: "rate-limited", text: "" });

describe("degradation", () => {
  test("R01 ws-loss-degrades-to-rest: a lost link halves what is sent; restored, it is whole again", () => {
    const bench = kept();
    link(bench, "down");
    bench.place(1);
    expect([level(bench), bench.sent.at(-1)]).toMatchObject(["degraded", { size: 5 }]);
    link(bench, "up");
    for (let second = 0; second < 10; second += 1) bench.watch();
    bench.place(2);
    expect([level(bench), bench.sent.at(-1)]).toMatchObject(["normal", { size: 10 }]);
  });

  test("R02 api-loss-critical-and-back: blind it sends ways out alone, and comes back over degraded to normal", () => {
    const bench = kept();
    bench.place(1);
    bench.fill(1, 10, 10);
    link(bench, "down");
    bench.watch(31 * SECOND);
    expect(level(bench)).toBe("critical");
    bench.place(2);
    expect(bench.refusals).toEqual(["degradation"]);
    bench.place(3, { side: "ask", reduceOnly: true });
    expect(bench.sent.at(-1)).toMatchObject({ orderId: 3 });
    link(bench, "up");
    const levels = [level(bench)];
    for (let second = 0; second < 20; second += 1) {
      bench.watch();
      if (levels.at(-1) !== level(bench)) levels.push(level(bench));
    }
    expect(levels).toEqual(["critical", "degraded", "normal"]);
  });

  test("R03 state-corruption-emergency: a damaged record is refused; an emergency is left by a person alone", () => {
    const note = { kind: "note", seq: 0, at: timeUs(1) } as const;
    const text = 'snapshot {"version":1,"checksum":"00000000","state":{}}';
    expect(() => kept().bot.recover(recoveryOf([{ ...note, text }]))).toThrow();
    const bench = kept();
    bench.place(1);
    bench.fill(1, 10, 10);
    bench.command({ kind: "Halt", reason: "state store" });
    for (let second = 0; second < 600; second += 1) bench.watch();
    expect([level(bench), bench.lots]).toEqual(["emergency", 10]);
  });

  test("R04 levels-never-recover: each loss is forgotten after its calm, ten times over", () => {
    const bench = kept();
    for (let loss = 0; loss < 10; loss += 1) {
      link(bench, "down");
      expect(level(bench)).toBe("degraded");
      link(bench, "up");
      for (let second = 0; second < 6; second += 1) bench.watch();
      expect(level(bench)).toBe("normal");
    }
  });

  test("R16 stall-is-masked: timers of its own do not count as progress", () => {
    const bench = kept({ deadManSwitch: { ttlUs: 300 * SECOND } });
    for (let second = 0; second < 310; second += 1) {
      bench.command();
      bench.watch();
    }
    expect(level(bench)).toBe("critical");
    expect(bench.sent.at(-1)?.kind).toBe("CancelAll");
  });

  test("R12 watchdog-restart-budget: a bot that dies at each start is not started again by anything here", () => {
    const bench = kept();
    bench.breaks = true;
    expect(() => bench.command()).toThrow();
    bench.bot.abandon("dies at once");
    expect(() => bench.command()).toThrow();
    expect(bench.sent.map((each) => each.kind)).toEqual(["CancelAll"]);
  });

  test("R13 emergency-close-is-a-no-op: a halt says what it does: orders cancelled, positions preserved", () => {
    const bench = kept();
    bench.place(1);
    bench.fill(1, 10, 10);
    bench.place(2);
    bench.accept(2);
    const before = bench.sent.length;
    bench.command({ kind: "Halt", reason: "watchdog" });
    expect(bench.sent.slice(before).map((each) => each.kind)).toEqual(["CancelAll"]);
    expect(bench.lots).toBe(10);
    bench.journal.flush();
    const halted = sealedEntries(bench.storage.snapshot()).filter(
      (entry) => entry.kind === "command" && entry.command.kind === "Halt",
    );
    expect(halted).toHaveLength(1);
  });
});

describe("breakers and retries", () => {
  const breaker = () => new CircuitBreaker({ ...CIRCUIT_BREAKER_DEFAULTS, restUs: 60 * SECOND });
  const fail = (each: CircuitBreaker, count: number, from = 0, stepUs = SECOND) => {
    let tripped = false;
    for (let n = 0; n < count; n += 1) tripped = each.failed(timeUs(from + n * stepUs), "no");
    return tripped;
  };
  const answer = { kind: "AccountReported" } as never;

  test.each([
    ["an answer closes it", true, "closed"],
    ["silence opens it again", false, "open"],
  ])(
    "R05 breaker-open-half-open-closed: five failures, 60 s, one probe: %s",
    (_, answers, state) => {
      const each = breaker();
      expect(fail(each, 5)).toBe(true);
      expect(each.shouldProbe(timeUs(60 * SECOND))).toBe(false);
      expect(each.shouldProbe(timeUs(64 * SECOND))).toBe(true);
      expect([each.state, each.shouldProbe(timeUs(65 * SECOND))]).toEqual(["probing", false]);
      if (answers) each.heard(answer);
      else each.shouldProbe(timeUs(70 * SECOND));
      expect(each.state).toBe(state);
    },
  );

  test("R06 breaker-counts-scattered-failures: five within a week, with successes between, open nothing", () => {
    const bench = kept();
    for (let id = 1; id <= 10; id += 2) {
      bench.place(id);
      refused(bench, id);
      bench.place(id + 1);
      bench.accept(id + 1);
    }
    expect(bench.refusals).toEqual([]);
    expect(fail(breaker(), 5, 0, DAY)).toBe(false);
  });

  test("R07 timers-wrap-after-a-day: a day and ten seconds are a day and ten seconds", () => {
    const bench = kept();
    link(bench, "down");
    bench.watch(DAY + 10 * SECOND);
    expect(level(bench)).toBe("critical");
    expect(bench.notes.join()).toContain(`a link is down for ${DAY + 10 * SECOND} µs`);
    const each = breaker();
    fail(each, 5);
    expect(each.shouldProbe(timeUs(DAY + 10 * SECOND))).toBe(true);
    const age = bench.bot.view.health.staleness(0 as never);
    expect(age).toBeGreaterThan(DAY);
  });

  test("R08 retry-budget-exhausted: the attempts are counted, and then there is none, for ever", () => {
    const budget = new RetryBudget({ config: RETRY_DEFAULTS, site: 1, rng: undefined });
    let taken = 0;
    for (let second = 0; second < 7_200; second += 1) {
      if (budget.take(1, timeUs(second * SECOND))) taken += 1;
    }
    expect([taken, budget.isSpent(1)]).toEqual([RETRY_DEFAULTS.attemptsMax, true]);
  });

  test("R09 backoff-jitter-seeded: the same seed waits the same, another one otherwise", () => {
    const waits = (seed: string) => {
      const rng = new KeyedRng(seed);
      const budget = new RetryBudget({ config: RETRY_DEFAULTS, site: 1, rng });
      return Array.from({ length: 40 }, (_, entity) => budget.waitUs(entity, 0));
    };
    expect(waits("7")).toEqual(waits("7"));
    expect(waits("7")).not.toEqual(waits("8"));
    expect(Math.min(...waits("7"))).toBeGreaterThanOrEqual(800_000);
    expect(Math.max(...waits("7"))).toBeLessThanOrEqual(1_200_000);
  });
});

describe("a restart", () => {
  const long = () => {
    const bench = kept();
    bench.place(1, { size: 100 });
    bench.fill(1, 100, 100, { price: 500_000 as never });
    bench.journal.flush();
    return bench;
  };

  test("R10 kill-nine-recovers-position: long 0.1 at 50,000 is found again, and asked of the venue before anything", () => {
    const again = kept();
    again.bot.recover(recoveryOf(sealedEntries(long().storage.snapshot())));
    again.bot.start(timeUs(2_000_000));
    const { lots, costTickLots } = again.bot.view.position(0 as never);
    expect([lots, costTickLots]).toEqual([100, 50_000_000]);
    again.place(2);
    expect(again.refusals).toEqual(["degradation"]);
    expect(again.sent.map((each) => each.kind)).toEqual(["ReportAccount"]);
  });

  test("R11 corrupt-database-at-start: garbage is no record; an empty one opens nothing before the venue is heard", () => {
    const bytes = long()
      .storage.snapshot()
      .map((byte, at) => (at > 40 ? byte ^ 0x5a : byte));
    let entries: ReturnType<typeof sealedEntries> = [];
    try {
      entries = sealedEntries(bytes);
    } catch {
      entries = [];
    }
    const again = kept({
      reconciliation: { ...MACHINERY_DEFAULTS.reconciliation, drift: "adopt" },
    });
    again.bot.recover(recoveryOf(entries));
    again.bot.start(timeUs(2_000_000));
    again.place(2);
    expect(again.refusals).toEqual(["degradation"]);
    report(again, 100);
    report(again, 100);
    expect(again.lots).toBe(100);
    expect(again.bot.view.account(venueId(0)).fees).toBe(0n);
  });
});
