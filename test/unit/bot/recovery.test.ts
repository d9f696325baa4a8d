import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { moneyUnits, priceTicks, timeUs, venueId } from "../../../src/domain/units.ts";
import { BrokenJournal } from "../../../src/journal/journal-reader.ts";
import type { JournalEntry } from "../../../src/ports/journal.ts";
import { recoveryOf } from "../../../src/state/recovery.ts";
import { BrokenSnapshot } from "../../../src/state/snapshot.ts";
import { BotBench } from "../../support/bot-bench.ts";
import { sealedEntries } from "../../support/crash-bench.ts";

const LIMITS = {
  orderVelocity: { ordersMax: 5, windowUs: 60_000_000 },
  drawdown: { limitE8: 500_000_000_000n },
  dailyPnl: { lossMaxE8: 500_000_000_000n },
  fundingBleed: { instruments: [0], paidMaxE8: 1_000_000_000n },
};

function writeAhead(): BotBench {
  const machinery = MACHINERY_DEFAULTS;
  return new BotBench(LIMITS, undefined, { durability: "write-ahead", machinery });
}

/** One thing after another that a bot can live through; each ends on an event, where belief is durable. */
const LIFE: readonly ((bench: BotBench) => void)[] = [
  (bench) => bench.place(1),
  (bench) => bench.accept(1),
  (bench) => bench.place(2, { side: "ask", price: undefined, timeInForce: "IOC" }),
  (bench) => bench.fill(1, 3, 3, { fee: 7 as never }),
  (bench) => bench.fill(2, 10, 10, { side: "ask" }),
  (bench) => bench.close(2, 10, "filled"),
  (bench) => bench.amend(1, 12),
  (bench) => bench.accept(1, { request: "amend", size: 12 }),
  (bench) => bench.cancel(1),
  (bench) => bench.place(3, { reduceOnly: true }),
  (bench) => bench.command({ kind: "SetTimer", timer: 7 as never, at: 99_000_000 as never }),
  (bench) => bench.venue("OrderRefused", 3, { request: "place", reason: "min-size", text: "" }),
  (bench) => bench.close(1, 8),
  (bench) => bench.fill(1, 5, 8),
  (bench) => bench.fill(77, 2, 2, { side: "ask" }),
  (bench) =>
    bench.tell({ kind: "FundingPaid", instrument: 0, rate: 1, mark: 1, lots: 1, amount: -5 }),
  (bench) => bench.place(4),
  (bench) => bench.venue("OrderUnknown", 4, { request: "place", cause: "timed-out" }),
  (bench) => bench.command({ kind: "Halt", reason: "enough" }),
];

/** What the market's events made of the strategy is on record with the next event of ours, and durable with a commit. */
function settled(bench: BotBench): readonly JournalEntry[] {
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "settled" });
  bench.journal.flush();
  return sealedEntries(bench.storage.snapshot());
}

/** Belief, orders, rules, strategy: what the bot would save. */
function savedOf(bench: BotBench): unknown {
  return bench.bot.save();
}

function recovered(entries: readonly JournalEntry[]): BotBench {
  const bench = writeAhead();
  bench.bot.recover(recoveryOf(entries));
  return bench;
}

test("a bot recovered from its journal equals the bot that wrote it, after every event", () => {
  const bench = writeAhead();
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  for (const live of LIFE) {
    live(bench);
    expect(savedOf(recovered(settled(bench)))).toEqual(savedOf(bench));
  }
});

test("a session that began from a recovery is recovered from its own snapshot alone", () => {
  const first = writeAhead();
  for (const live of LIFE.slice(0, 9)) live(first);
  const second = recovered(settled(first));
  second.now = first.now;
  second.bot.start(timeUs(first.now));
  for (const live of LIFE.slice(11)) live(second);
  const third = recovered(settled(second));
  expect(savedOf(third)).toEqual(savedOf(second));
});

test("after recovery each venue is asked, and a request without an answer is unknown", () => {
  const first = writeAhead();
  first.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  first.watch(6_000_000);
  first.place(1);
  const second = recovered(sealedEntries(first.storage.snapshot()));
  expect(second.open).toEqual(["1 sent 0/10"]);
  second.bot.start(timeUs(first.now));
  expect(second.open).toEqual(["1 unknown 0/10"]);
  expect(second.sent).toEqual([{ kind: "ReportAccount", venue: 0 }]);
  second.place(2);
  expect(second.refusals).toEqual(["degradation"]);
});

test("one that halted cancels at every venue again: what it sent then may have died with it", () => {
  const first = writeAhead();
  first.place(1);
  first.command({ kind: "Halt", reason: "enough" });
  const second = recovered(settled(first));
  second.bot.start(timeUs(first.now));
  expect(second.sent.map(({ kind }) => kind)).toEqual(["ReportAccount", "CancelAll"]);
});

test("what the strategy had not answered when the bot died is asked again, once", () => {
  const bench = writeAhead();
  bench.place(1);
  bench.accept(1);
  bench.journal.flush();
  const entries = sealedEntries(bench.storage.snapshot());
  const cut = entries.slice(0, entries.findLastIndex((entry) => entry.kind === "event") + 1);
  expect(recoveryOf(cut).undecided?.kind).toBe("OrderAccepted");
  expect(recoveryOf(entries).undecided).toBeUndefined();
});

test("a damaged snapshot is refused", () => {
  const text = 'snapshot {"version":1,"checksum":"00000000","state":{}}';
  const entry: JournalEntry = { kind: "note", seq: 0, at: timeUs(1), text };
  expect(() => writeAhead().bot.recover(recoveryOf([entry]))).toThrow(BrokenSnapshot);
});

describe("a journal cut at every byte", () => {
  const bench = writeAhead();
  for (const live of LIFE) live(bench);
  const whole = bench.storage.snapshot();
  const entries = sealedEntries(whole);

  test("recovers the entries before the cut, or refuses, and never invents", () => {
    expect(whole.length).toBeGreaterThan(4096);
    const bytes = whole.slice(0, Math.min(whole.length, 8192));
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const kept = sealedEntries(bytes.slice(0, cut));
      expect(kept).toEqual(entries.slice(0, kept.length));
    }
  });

  test("with room after the cut that was never written, recovers the same", () => {
    const kept = sealedEntries(new Uint8Array([...whole, ...new Uint8Array(512)]));
    expect(kept).toEqual(entries);
  });

  test("a changed byte in the middle is refused with its offset, or is in what was never sealed", () => {
    for (let at = 0; at < whole.length; at += 1) {
      const changed = whole.slice();
      changed[at] = (changed[at] as number) ^ 0x10;
      let kept: readonly JournalEntry[] = [];
      try {
        kept = sealedEntries(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenJournal);
        expect((error as BrokenJournal).offset).toBeLessThanOrEqual(whole.length);
      }
      expect(kept).toEqual(entries.slice(0, kept.length));
    }
  });
});

describe("a disk that is full", () => {
  test("lets no order leave, and every cancel", () => {
    const bench = writeAhead();
    bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
    bench.place(1);
    bench.accept(1);
    bench.storage.full = true;
    bench.place(2);
    expect(bench.refusals).toEqual(["degradation"]);
    bench.cancel(1);
    bench.place(3, { reduceOnly: true });
    expect(bench.refusals).toEqual(["degradation", "journal"]);
    expect(bench.sent.map((each) => each.kind)).toEqual(["PlaceOrder", "CancelOrder"]);
    bench.watch();
    expect(bench.bot.view.health.degradation).toBe("critical");
    expect(bench.notes.some((note) => note.includes("the disk does not take the journal"))).toBe(
      true,
    );
  });

  test("loses nothing of the record once there is room again", () => {
    const bench = writeAhead();
    bench.place(1);
    bench.storage.full = true;
    for (let id = 2; id < 300; id += 1) bench.place(id);
    bench.storage.full = false;
    bench.watch();
    expect(sealedEntries(bench.storage.snapshot())).toHaveLength(bench.log.entries.length);
    expect(savedOf(recovered(settled(bench)))).toEqual(savedOf(bench));
  });
});

test("profit and loss of all sessions comes through a crash, that of the session begins anew", () => {
  const first = writeAhead();
  const pnlOf = ({ bot }: BotBench) => {
    const { pnl, sessionPnl } = bot.view.account(venueId(0));
    return [pnl, sessionPnl];
  };
  first.place(1);
  first.fill(1, 10, 10);
  first.place(2, { side: "ask" });
  first.fill(2, 4, 4, { side: "ask", price: priceTicks(1100), fee: moneyUnits(7) });
  // 4 lots at a profit of 100 ticks, 10,000 units a tick × lot, less the fee.
  const made = 4n * 100n * 10_000n - 7n;
  expect(pnlOf(first)).toEqual([made, made]);
  const second = recovered(settled(first));
  second.now = first.now;
  second.bot.start(timeUs(first.now));
  expect(pnlOf(second)).toEqual([made, 0n]);
  second.fill(2, 1, 5, { side: "ask", price: priceTicks(1001) });
  expect(pnlOf(second)).toEqual([made + 10_000n, 10_000n]);
});
