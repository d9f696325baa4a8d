// The grid bot's state: fills, positions, reconciliation and what a crash leaves, on the real bot. A lot is 0.001, so 0.3
// are 300 lots; a tick × lot is 10,000 money units. What safety-invariants plays is named on docs/INCIDENT-SCENARIOS.md.

import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { timeUs, venueId } from "../../../src/domain/units.ts";
import { recoveryOf } from "../../../src/state/recovery.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";
import { CrashBench, sealedEntries } from "../../support/crash-bench.ts";

type Drift = "alert" | "adopt" | "halt";

function kept(drift: Drift = "alert", over: object = {}): BotBench {
  const reconciliation = { drift, orphans: "cancel" as const, graceUs: 2_000_000 };
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, reconciliation, ...over };
  const bench = new BotBench({}, benchInstruments(), { durability: "write-ahead", machinery });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  return bench;
}

const report = (bench: BotBench, lots: number, open: readonly object[] = [], us = 10_000_000) => {
  bench.now += us;
  const positions = [{ instrument: 0, lots }];
  bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders: open });
};

const shown = (orderId: number, leaves: number) => ({
  ...{ instrument: 0, orderId, side: "bid", price: 1000, leaves },
});

const realised = (bench: BotBench) => bench.bot.view.account(venueId(0)).realised;

describe("fills", () => {
  test("G01 position-update-atomic: a fill by the stream and one by the poll are both booked, once", () => {
    const bench = kept("adopt");
    bench.place(1);
    bench.accept(1);
    bench.fill(1, 3, 3);
    // The second is known by its order's leaves alone, in two reports; then its own message comes.
    report(bench, 7, [shown(1, 3)]);
    report(bench, 7, [shown(1, 3)]);
    expect(bench.lots).toBe(7);
    bench.fill(1, 3, 10);
    expect(bench.lots).toBe(10);
  });

  test("G14 apply-fill: +0.3, +0.2, −0.3; profit on the closed part alone; time never back", () => {
    const bench = kept();
    const steps = [
      ["bid", 300, 1000],
      ["ask", 100, 1010],
      ["ask", 500, 990],
    ] as const;
    const seen = steps.map(([side, size, price], index) => {
      const id = index + 1;
      bench.place(id, { side, size });
      bench.fill(id, size, size, { side, price: price as never });
      return [bench.lots, realised(bench)];
    });
    expect(seen).toEqual([
      [300, 0n],
      [200, 100n * 10n * 10_000n],
      [-300, (100n * 10n - 200n * 10n) * 10_000n],
    ]);
    const before = bench.bot.view.position(0 as never).lastFillAt;
    bench.now -= 60_000_000;
    bench.place(4, { side: "bid", size: 300 });
    bench.fill(4, 300, 300, { price: 990 as never });
    expect([bench.lots, bench.bot.view.position(0 as never).lastFillAt]).toEqual([0, before]);
  });

  test("G15 process-fill: matched, partial, repeated, unmatched, replayed: each is known for what it is", () => {
    const bench = kept();
    bench.place(1);
    bench.accept(1);
    bench.fill(1, 4, 4, { tradeId: 11 as never });
    expect(bench.open).toEqual(["1 live 4/10"]);
    bench.fill(1, 4, 4, { tradeId: 11 as never });
    bench.fill(1, 6, 10, { tradeId: 12 as never });
    expect([bench.lots, bench.open]).toEqual([10, []]);
    bench.fill(77, 5, 5, { tradeId: 13 as never });
    expect(bench.lots).toBe(15);
    expect(bench.notes.some((note) => note.includes("77 is not ours"))).toBe(true);
    bench.fill(1, 6, 10, { tradeId: 12 as never });
    expect(bench.lots).toBe(15);
  });

  test("G27 unmatched-fill-not-booked: a fill of an order nobody knows is booked at once and said so", () => {
    const bench = kept("alert");
    bench.fill(4242, 500, 500);
    expect(bench.lots).toBe(500);
    expect(bench.notes.some((note) => note.includes("4242 is not ours"))).toBe(true);
    bench.place(1, { side: "ask", size: 500 });
    bench.fill(1, 500, 500, { side: "ask", price: 1010 as never });
    expect(realised(bench)).toBe(500n * 10n * 10_000n);
  });

  test("G29 two-equal-fills-same-millisecond: equal in all but the trade's id they are two", () => {
    const bench = kept();
    bench.place(1, { size: 200 });
    bench.accept(1, { size: 200 });
    for (const tradeId of [1, 2]) {
      bench.now -= 1000;
      bench.fill(1, 100, 100 * tradeId, { tradeId: tradeId as never });
    }
    expect(bench.lots).toBe(200);
  });

  test("G36 realised-pnl-against-own-level: ten round trips of 10 ticks have earned ten times that", () => {
    const bench = kept();
    for (let trip = 0; trip < 10; trip += 1) {
      bench.place(2 * trip + 1, { size: 100 });
      bench.fill(2 * trip + 1, 100, 100);
      bench.place(2 * trip + 2, { side: "ask", size: 100 });
      bench.fill(2 * trip + 2, 100, 100, { side: "ask", price: 1010 as never });
    }
    expect(realised(bench)).toBe(10n * 100n * 10n * 10_000n);
  });

  test.each([
    ["6 minutes old", -360_000_000],
    ["6 s ahead", 6_000_000],
  ])("G37 fill-age-anomaly: a fill %s by the venue's clock is booked, once", (_, us) => {
    const bench = kept();
    bench.place(1);
    const venueAt = timeUs(Math.max(0, bench.now + us));
    bench.fill(1, 10, 10, { venueAt, tradeId: 5 as never });
    bench.fill(1, 10, 10, { venueAt, tradeId: 5 as never });
    expect(bench.lots).toBe(10);
  });
});

describe("belief against the venue", () => {
  test("G07 single-position-owner: after fills, a reconcile and a restart every reader says the same", () => {
    const bench = kept("adopt");
    bench.place(1);
    bench.fill(1, 10, 10);
    report(bench, 12);
    report(bench, 12);
    bench.journal.flush();
    const again = kept("adopt");
    again.bot.recover(recoveryOf(sealedEntries(bench.storage.snapshot())));
    for (const { bot } of [bench, again]) {
      expect(bot.view.position(0 as never).lots).toBe(12);
      expect(bot.view.position(0 as never)).toEqual(bench.bot.view.position(0 as never));
    }
    expect(realised(again)).toBe(realised(bench));
  });

  test.each([
    [100, 115, true],
    [100, 101, false],
    [100, 111, false],
    [100, 112, true],
    [1, 1, false],
  ])(
    "G09 drift-over-ten-percent-alerts: %i believed, %i there: alert %s",
    (ours, theirs, isAlert) => {
      const bench = kept();
      bench.place(1, { size: ours });
      bench.fill(1, ours, ours);
      bench.close(1, ours, "filled");
      report(bench, theirs);
      expect(bench.notes.some((note) => note.startsWith("alert: drift"))).toBe(isAlert);
    },
  );

  test("G21 reconcile-flow-timer-to-state: position, an order nobody knew, one that is gone, and the drift", () => {
    const bench = kept("adopt");
    bench.place(1, { size: 1000 });
    bench.fill(1, 1000, 1000);
    bench.close(1, 1000, "filled");
    bench.place(2);
    bench.accept(2);
    for (let time = 0; time < 2; time += 1) report(bench, 900, [shown(42, 5), shown(43, 5)]);
    expect(bench.open).toEqual(["2 cancelling 0/10", "42 cancelling 0/5", "43 cancelling 0/5"]);
    bench.venue("OrderRefused", 2, { request: "cancel", reason: "unknown-order", text: "" });
    bench.close(42, 0);
    bench.close(43, 0);
    for (let time = 0; time < 4; time += 1) report(bench, 900);
    expect([bench.lots, bench.open]).toEqual([900, []]);
    expect(bench.notes).toContain("drift of instrument 0: we believe 1000 lots, it is 900");
  });

  test("G30 reconcile-then-late-fill: a fill older than the adopted report is not counted on top of it", () => {
    const bench = kept("adopt");
    bench.place(1, { size: 500 });
    bench.accept(1, { size: 500 });
    const happenedAt = timeUs(bench.now);
    bench.close(1, 500, "filled");
    report(bench, 500);
    report(bench, 500);
    expect(bench.lots).toBe(500);
    bench.fill(1, 500, 500, { venueAt: happenedAt });
    expect(bench.lots).toBe(500);
    report(bench, 500);
    report(bench, 500);
    expect(bench.lots).toBe(500);
  });

  test("G26 stuck-pending-order: no answer makes it unknown, found alive it is adopted; its level is not sent again", () => {
    const bench = kept();
    bench.place(1);
    for (let second = 0; second < 30; second += 1) bench.watch();
    bench.tell({ kind: "TimerFired", timer: 1_073_741_824 });
    bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
    report(bench, 0, [shown(1, 10)]);
    expect(bench.open).toEqual(["1 live 0/10"]);
    expect(bench.sent.filter((each) => each.kind === "PlaceOrder")).toHaveLength(1);
  });
});

describe("a crash", () => {
  test("G02 wal-before-position: died before or after the position moved, the fill is there once", () => {
    const bench = kept();
    bench.place(1);
    bench.fill(1, 4, 4);
    const entries = sealedEntries(bench.storage.snapshot());
    const at = entries.findIndex((e) => e.kind === "event" && e.event.kind === "OrderFilled");
    for (const end of [at + 1, entries.length]) {
      const again = kept();
      again.bot.recover(recoveryOf(entries.slice(0, end)));
      expect(again.lots).toBe(4);
    }
  });

  test.each(["kept", "dropped", "torn"] as const)(
    "G13 crash-at-every-boundary: killed at each tenth act, unsynced bytes %s: belief is truth, no order twice",
    (survival) => {
      for (let act = 3; act < 100; act += 10) {
        const bench = new CrashBench([act], survival);
        bench.run(30, 80);
        expect(bench.problems).toEqual([]);
        expect(bench.believedLots).toBe(bench.venue.lots);
        expect([...bench.venue.open.keys()]).toEqual(bench.believedOrders);
        expect(bench.venue.crowded).toBeLessThanOrEqual(1);
      }
    },
  );

  test("G22 crash-recovery-wal-to-state: entries after the last snapshot are applied once, a torn one is not", () => {
    const bench = kept();
    for (let id = 1; id <= 7; id += 1) {
      bench.place(id);
      bench.fill(id, 10, 10);
    }
    bench.journal.flush();
    const bytes = bench.storage.snapshot();
    const whole = kept();
    whole.bot.recover(recoveryOf(sealedEntries(bytes)));
    expect(whole.lots).toBe(70);
    const torn = kept();
    torn.bot.recover(recoveryOf(sealedEntries(bytes.slice(0, bytes.length - 5))));
    expect([60, 70]).toContain(torn.lots);
    // The session that recovers asks the venue before it opens anything.
    torn.bot.start(timeUs(bench.now));
    expect(torn.sent.map((each) => each.kind)).toEqual(["ReportAccount"]);
  });

  test("G31 replay-does-not-move-position: a fill after the last snapshot moves it, and nothing opens until reconciled", () => {
    const bench = kept();
    bench.place(1);
    bench.fill(1, 10, 10);
    bench.journal.flush();
    const again = kept();
    again.bot.recover(recoveryOf(sealedEntries(bench.storage.snapshot())));
    again.bot.start(timeUs(bench.now));
    expect(again.lots).toBe(10);
    again.place(2);
    expect(again.refusals).toEqual(["degradation"]);
  });

  test("G28 wal-never-gets-the-fill: a disk that takes nothing lets no order out, and is told", () => {
    const bench = kept();
    bench.place(1);
    bench.storage.full = true;
    bench.fill(1, 4, 4);
    bench.place(2);
    expect(bench.sent.filter((each) => each.kind === "PlaceOrder")).toHaveLength(1);
    expect(bench.refusals).toHaveLength(1);
    bench.watch();
    expect(bench.bot.view.health.degradation).toBe("critical");
    bench.storage.full = false;
    bench.watch();
    const kinds = sealedEntries(bench.storage.snapshot()).flatMap((entry) =>
      entry.kind === "event" ? [entry.event.kind] : [],
    );
    expect(kinds).toContain("OrderFilled");
  });
});
