// A fill whose lots a report's number had in it, taken over before it was told. What belief must come to is the venue's
// own position throughout: the reports'. Incident G30.

import { expect, test } from "vitest";
import type { BotView } from "../../../src/bot/bot-view.ts";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import { instrumentId, moneyUnits, timeUs, tradeId } from "../../../src/domain/units.ts";
import { isTakenOver } from "../../../src/execution/taken-over.ts";
import { recoveryOf } from "../../../src/state/recovery.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";
import { sealedEntries } from "../../support/crash-bench.ts";

/** A bot that takes over what two reports show. */
function adopting(from?: BotBench): BotBench {
  const policies = { drift: "adopt", orphans: "cancel" } as const;
  const reconciliation = { ...MACHINERY_DEFAULTS.reconciliation, ...policies };
  const machinery = { ...MACHINERY_DEFAULTS, poll: undefined, deadManSwitch: undefined };
  const durability = "write-ahead" as const;
  const more = { machinery: { ...machinery, reconciliation }, durability };
  const bench = new BotBench({}, benchInstruments(), more);
  if (from !== undefined) {
    from.journal.flush();
    bench.now = from.now;
    bench.bot.recover(recoveryOf(sealedEntries(from.storage.snapshot())));
    bench.bot.start(timeUs(from.now));
  }
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  return bench;
}

function restarted(from: BotBench): BotBench {
  from.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "settled" });
  return adopting(from);
}

function report(
  bench: BotBench,
  lots: number,
  leaves: readonly (readonly [number, number])[] = [],
) {
  const positions = lots === 0 ? [] : [{ instrument: 0, lots }];
  const openOrders = leaves.map(([orderId, left]) => {
    return { instrument: 0, orderId, side: "bid", price: 1000, leaves: left };
  });
  bench.now += 10_000_000;
  bench.tell({ kind: "AccountReported", venue: 0, balance: 0, positions, openOrders });
}

/** Lots that risk rules count as still to be bought. */
function mayBuy(bench: BotBench): number {
  return (bench.bot.view as BotView).openLots(instrumentId(0), "bid");
}

/** The order is over and its fill on its way; two reports have its lots, which are taken over. */
function filledUntold(bench: BotBench): number {
  bench.place(1);
  bench.accept(1);
  const filledAt = bench.now;
  bench.close(1, 0);
  report(bench, 10);
  report(bench, 10);
  return filledAt;
}

test("a fill older than the position that was taken over moves nothing, and its fee is booked", () => {
  const bench = adopting();
  const venueAt = timeUs(filledUntold(bench));
  expect(bench.lots).toBe(10);
  bench.fill(1, 10, 10, { venueAt, fee: moneyUnits(7) });
  expect(bench.lots).toBe(10);
  expect(bench.bot.view.account(benchInstruments()[0]?.venue as never).fees).toBe(7n);
  expect(bench.notes).toContain("trade 1 of order 1 was taken over before it was told");
});

test("a fill younger than that is booked", () => {
  const bench = adopting();
  filledUntold(bench);
  bench.place(2);
  bench.accept(2);
  bench.fill(2, 4, 4);
  expect(bench.lots).toBe(14);
});

test("a fill in which another took the missing one's place is in what is taken over too", () => {
  const bench = adopting();
  for (const id of [1, 2]) bench.place(id);
  for (const id of [1, 2]) bench.accept(id);
  const first = timeUs(bench.now);
  bench.close(1, 0);
  report(bench, 10, [[2, 10]]);
  // The first is told; the second, of as many lots, is not: to reports it is the same difference.
  bench.fill(1, 10, 10, { venueAt: first });
  const second = timeUs(bench.now);
  bench.close(2, 0);
  report(bench, 20);
  report(bench, 20);
  expect(bench.lots).toBe(20);
  bench.fill(2, 10, 10, { venueAt: second });
  expect(bench.lots).toBe(20);
});

test("the fill of an order whose lots left told of it does not end the order", () => {
  const bench = adopting();
  bench.place(1);
  bench.accept(1);
  const early = timeUs(bench.now);
  bench.fill(1, 6, 8);
  report(bench, 8, [[1, 2]]);
  report(bench, 8, [[1, 2]]);
  expect([bench.lots, bench.open]).toEqual([8, ["1 live 8/10"]]);
  bench.fill(1, 2, 2, { venueAt: early });
  expect([bench.lots, bench.open]).toEqual([8, ["1 live 8/10"]]);
  bench.fill(1, 2, 10);
  expect([bench.lots, bench.open]).toEqual([10, []]);
});

test("lots that the end of an order counts, and no fill tells of, are taken over after the grace time", () => {
  const bench = adopting();
  bench.place(1);
  bench.accept(1);
  const filledAt = timeUs(bench.now);
  bench.close(1, 10, "filled");
  expect([bench.lots, mayBuy(bench)]).toEqual([0, 10]);
  report(bench, 10);
  expect([bench.lots, mayBuy(bench)]).toEqual([10, 0]);
  bench.fill(1, 10, 10, { venueAt: filledAt });
  report(bench, 10);
  report(bench, 10);
  expect(bench.lots).toBe(10);
});

test("nor before their order, which a report shows open again, has ended once more", () => {
  const bench = adopting();
  bench.place(1);
  bench.accept(1);
  const venueAt = timeUs(bench.now);
  const end = { reason: "filled", filled: 10, venueAt };
  bench.venue("OrderClosed", 1, end);
  report(bench, 0, [[1, 10]]);
  expect([bench.lots, bench.open]).toEqual([0, ["1 cancelling 0/10"]]);
  bench.venue("OrderClosed", 1, end);
  expect([bench.lots, mayBuy(bench)]).toEqual([0, 10]);
  report(bench, 10);
  expect([bench.lots, mayBuy(bench)]).toEqual([10, 0]);
});

test("nor are they booked where a position that was taken over has them", () => {
  const bench = adopting();
  bench.place(1);
  bench.accept(1);
  report(bench, 10);
  const endedAt = timeUs(bench.now - 5_000_000);
  bench.venue("OrderRefused", 1, { request: "cancel", reason: "unknown-order", text: "" });
  for (let times = 0; times < 2; times += 1) report(bench, 10);
  expect([bench.lots, bench.open]).toEqual([10, []]);
  const end = { reason: "filled", filled: 10, venueAt: endedAt };
  bench.venue("OrderClosed", 1, end);
  for (let times = 0; times < 3; times += 1) report(bench, 10);
  expect([bench.lots, mayBuy(bench)]).toEqual([10, 0]);
});

test("an order found with fewer lots left keeps its size: the rest is fills on their way", () => {
  const bench = adopting();
  bench.place(1);
  bench.venue("OrderUnknown", 1, { request: "place", cause: "timed-out" });
  const filledAt = timeUs(bench.now);
  report(bench, 9, [[1, 1]]);
  expect(bench.open).toEqual(["1 live 0/10"]);
  bench.fill(1, 9, 9, { venueAt: filledAt });
  expect([bench.lots, bench.open]).toEqual([9, ["1 live 9/10"]]);
});

test("an amend that nobody answered is settled by the lots left", () => {
  const bench = adopting();
  bench.place(1);
  bench.accept(1);
  bench.amend(1, 4);
  bench.venue("OrderUnknown", 1, { request: "amend", cause: "timed-out" });
  report(bench, 0, [[1, 4]]);
  expect(bench.open).toEqual(["1 live 0/4"]);
});

test("what a stranger's order filled before it was found is not counted again at its end, after a restart either", () => {
  const first = adopting();
  const foreign = { tradeId: tradeId(77), venueAt: timeUs(first.now) };
  first.fill(900, 6, 6, foreign);
  report(first, 6, [[900, 4]]);
  expect([first.lots, first.open]).toEqual([6, ["900 cancelling 0/4"]]);
  for (const bench of [first, restarted(first)]) {
    bench.fill(900, 6, 6, foreign);
    expect(bench.lots).toBe(6);
    bench.close(900, 6);
    for (let times = 0; times < 3; times += 1) {
      report(bench, 6);
      expect([bench.lots, mayBuy(bench)]).toEqual([6, 0]);
    }
  }
});

test("what an order of ours filled while it was taken for gone is in the report that shows it again", () => {
  const first = adopting();
  first.place(1);
  first.accept(1);
  first.close(1, 0);
  for (let times = 0; times < 2; times += 1) report(first, 6, [[1, 4]]);
  expect(first.lots).toBe(6);
  for (const bench of [first, restarted(first)]) {
    bench.close(1, 6);
    for (let times = 0; times < 3; times += 1) {
      report(bench, 6);
      expect([bench.lots, mayBuy(bench)]).toEqual([6, 0]);
    }
  }
});

test("of a stranger's order what fills after it was found is booked, and missed when nobody tells of it", () => {
  const bench = adopting();
  // The position of an order that filled before the bot lived; then the order itself.
  for (let times = 0; times < 3; times += 1) report(bench, 6);
  report(bench, 6, [[900, 4]]);
  expect(bench.lots).toBe(6);
  bench.fill(900, 1, 7, { venueAt: timeUs(bench.now + 1) });
  expect([bench.lots, bench.open]).toEqual([7, ["900 cancelling 7/10"]]);
  bench.close(900, 9);
  expect([bench.lots, mayBuy(bench)]).toEqual([7, 2]);
  for (let times = 0; times < 3; times += 1) report(bench, 9);
  expect([bench.lots, mayBuy(bench)]).toEqual([9, 0]);
});

test("what was left of a stranger's order when it was found is missed when its end says that it filled", () => {
  const bench = adopting();
  report(bench, 0, [[900, 4]]);
  bench.close(900, 10, "filled");
  expect([bench.lots, mayBuy(bench)]).toEqual([0, 4]);
});

test("what was counted is known after a restart, from the journal and from a snapshot", () => {
  const first = adopting();
  const venueAt = timeUs(filledUntold(first));
  const second = restarted(first);
  const third = restarted(second);
  for (const bench of [second, third]) {
    bench.fill(1, 10, 10, { venueAt });
    expect(bench.lots).toBe(10);
  }
});

test("so it is of an order", () => {
  const first = adopting();
  first.place(1);
  first.accept(1);
  const venueAt = timeUs(first.now);
  for (let times = 0; times < 2; times += 1) report(first, 4, [[1, 6]]);
  const second = restarted(first);
  const third = restarted(second);
  for (const bench of [second, third]) {
    report(bench, 4, [[1, 6]]);
    bench.fill(1, 4, 4, { venueAt });
    expect([bench.lots, bench.open]).toEqual([4, ["1 live 4/10"]]);
  }
});

test("a venue's trade is none of ours, whatever its number", () => {
  const fill = { kind: "OrderFilled", venueAt: timeUs(1_704_067_200_000_000) } as const;
  expect(isTakenOver({ ...fill, tradeId: tradeId(17) } as never)).toBe(false);
});
