// The grid bot's safety invariants, each under the sentence of its document: what must always hold (A) and what must
// never happen (N). Here each is shown on the whole bot, in its plainest case; docs/COMPONENTS.md names where the
// corners are tested.

import { expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import { BrokenSnapshot, openSnapshot } from "../../src/state/snapshot.ts";
import { BotBench, benchInstruments } from "../support/bot-bench.ts";
import { CrashBench, sealedEntries } from "../support/crash-bench.ts";
import { MemoryStorage } from "../support/memory-storage.ts";

/** A well bot with everything on; `storage` may watch what reaches the disk. */
function wholeBot(storage = new MemoryStorage()): BotBench {
  const bench = new BotBench({}, benchInstruments(), {
    durability: "write-ahead",
    machinery: { ...MACHINERY_DEFAULTS, stuckOrderUs: undefined },
    storage,
  });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  return bench;
}

test("always 1: position updates are atomic: nothing sees a fill half booked", () => {
  const bench = wholeBot();
  bench.place(1);
  const view = bench.bot.view;
  const seen: unknown[] = [];
  const decide = () => [view.position(0 as never).lots, view.openOrders(0 as never)[0]?.filled];
  bench.decided = () => seen.push(decide());
  bench.fill(1, 4, 4);
  expect(seen).toEqual([[4, 4]]);
  expect(view.position(0 as never).costTickLots).toBe(4000);
});

test("always 2: write-ahead entries are on disk before positions change", () => {
  const storage = new MemoryStorage();
  const bench = wholeBot(storage);
  bench.place(1);
  const lotsAtSync: number[] = [];
  storage.synced = () => lotsAtSync.push(bench.lots);
  bench.fill(1, 4, 4);
  expect(lotsAtSync[0]).toBe(0);
  expect(bench.lots).toBe(4);
  const fills = sealedEntries(storage.snapshot()).filter(
    (entry) => entry.kind === "event" && entry.event.kind === "OrderFilled",
  );
  expect(fills).toHaveLength(1);
});

test("always 3: a circuit breaker that trips cancels all orders", () => {
  const bench = wholeBot();
  bench.place(99);
  bench.accept(99);
  for (let id = 100; id < 105; id += 1) {
    bench.place(id);
    bench.venue("OrderRefused", id, { request: "place", reason: "rate-limited", text: "" });
  }
  expect(bench.sent.at(-1)).toEqual({ kind: "CancelAll", venue: 0, instrument: undefined });
  expect(bench.open).toEqual(["99 cancelling 0/10"]);
});

test("always 4: the dead man's switch is refreshed by every cycle", () => {
  const bench = wholeBot();
  for (let cycle = 0; cycle < 5; cycle += 1) {
    bench.watch(40_000_000);
    bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions: [], openOrders: [] });
  }
  expect(bench.sent.some((each) => each.kind === "CancelAll")).toBe(false);
  bench.watch(40_000_000);
  bench.watch(40_000_000);
  expect(bench.sent.some((each) => each.kind === "CancelAll")).toBe(true);
});

test("always 5: fill timestamps only move forward, and one that goes back is on record", () => {
  const bench = wholeBot();
  bench.place(1);
  bench.fill(1, 2, 2);
  const before = bench.bot.view.position(0 as never).lastFillAt;
  bench.now -= 5000;
  bench.fill(1, 2, 4);
  expect(bench.lots).toBe(4);
  expect(bench.bot.view.position(0 as never).lastFillAt).toBe(before);
  expect(bench.notes.some((note) => note.includes("before the last event"))).toBe(true);
});

test("always 6: saved state has a checksum and a version, and is refused without", () => {
  const saved = wholeBot().bot.save() as Record<string, never>;
  expect(Object.keys(saved)).toEqual(["version", "checksum", "state"]);
  expect(() => openSnapshot({ ...saved, version: 99 }, 1)).toThrow(BrokenSnapshot);
  expect(() => openSnapshot({ ...saved, checksum: "0" }, 1)).toThrow(BrokenSnapshot);
});

test("never 1: position drift above 10 % without an alert", () => {
  for (const [lots, isAlert] of [
    [10, false],
    [11, false],
    [12, true],
    [-10, true],
  ] as const) {
    const bench = wholeBot();
    bench.place(1);
    bench.fill(1, 10, 10);
    bench.close(1, 10, "filled");
    const positions = [{ instrument: 0, lots }];
    bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders: [] });
    expect(bench.notes.some((note) => note.startsWith("alert: drift"))).toBe(isAlert);
  }
});

test("never 2: a silent exception in fill processing", () => {
  const bench = wholeBot();
  bench.place(1);
  expect(() => bench.fill(1, 4, 4, { instrument: 9 as never })).toThrow();
  bench.bot.abandon("a fill of an instrument nobody trades");
  expect(bench.notes.at(-1)).toMatch(/^alert: abandoned/);
  expect(bench.sent.at(-1)?.kind).toBe("CancelAll");
});

test("never 3: orphan orders after shutdown, even one that was on its way", () => {
  const bench = wholeBot();
  bench.place(1);
  bench.accept(1);
  bench.place(2);
  bench.command({ kind: "Halt", reason: "shutdown" });
  bench.close(1, 0);
  bench.accept(2);
  bench.close(2, 0);
  expect(bench.sent.slice(-2).map((each) => each.kind)).toEqual(["CancelAll", "CancelOrder"]);
  expect(bench.open).toEqual([]);
});

test("never 4: a fill processed twice, in one session or across a crash", () => {
  const bench = wholeBot();
  bench.place(1);
  bench.fill(1, 4, 4, { tradeId: 5 as never });
  bench.fill(1, 4, 4, { tradeId: 5 as never });
  expect(bench.lots).toBe(4);
  const crashed = new CrashBench([90], "torn");
  crashed.run(40, 80);
  expect(crashed.believedLots).toBe(crashed.venue.lots);
});

test("never 5: state corrupted by a crash", () => {
  for (let act = 3; act < 120; act += 13) {
    const bench = new CrashBench([act], "torn");
    bench.run(40, 80);
    expect(bench.journals).toHaveLength(1);
    expect(bench.believedLots).toBe(bench.venue.lots);
    expect([...bench.venue.open.keys()]).toEqual(bench.believedOrders);
  }
});
