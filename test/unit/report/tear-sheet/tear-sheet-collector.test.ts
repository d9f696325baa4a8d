// The tear sheet of the embedded sample's run against what other hands say of the same run: the summary, the witness,
// and identities that hold for any run.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Decimal } from "decimal.js";
import { afterAll, expect, test } from "vitest";
import { ScenarioRun } from "../../../../sim/scenario/scenario-run.ts";
import { planBacktest } from "../../../../src/cli/run/backtest-plan.ts";
import { readJournal } from "../../../../src/journal/journal-reader.ts";
import type { OrderRested } from "../../../../src/ports/truth.ts";
import { SummaryCollector } from "../../../../src/report/summary-collector.ts";
import { TearSheetCollector } from "../../../../src/report/tear-sheet/tear-sheet-collector.ts";
import { MemoryStorage } from "../../../support/memory-storage.ts";
import { testHasher } from "../../../support/run-rig.ts";
import { RunWitness } from "../../../support/run-witness.ts";

const root = resolve(import.meta.dirname, "../../../..");
const example = join(root, "examples/grid-sample.json");
const plan = await planBacktest(readFileSync(example, "utf8"), example);
afterAll(() => plan.close());

const scenario = plan.scenario(plan.fillModel);
const storage = new MemoryStorage();
/** Where each order came to rest, as the venue tells it. */
const rested: OrderRested[] = [];
const truth = {
  watches: () => false,
  learn: () => undefined,
  rested: (fact: OrderRested) => rested.push(fact),
};
const result = new ScenarioRun(scenario, { hasher: testHasher, storage, truth }).finish();
const context = {
  instruments: plan.instruments.map(({ instrument }) => instrument),
  startingCash: scenario.venues.map(({ startingCash }) => startingCash),
};
const collector = new TearSheetCollector(context);
const summaries = new SummaryCollector(context);
const witness = new RunWitness(context.instruments);
for (const entry of readJournal(storage.snapshot(), testHasher()).entries) {
  summaries.entry(entry);
  if (entry.kind === "event") {
    collector.event(entry.event);
    witness.event(entry.event, entry.seq);
  } else if (entry.kind === "command") {
    collector.command(entry.command, entry.at);
    const { command } = entry;
    // The venue's truth of an order, told after it was sent as in a run.
    if (command.kind === "PlaceOrder") {
      for (const fact of rested) if (fact.orderId === command.orderId) collector.rested(fact);
    }
    witness.command(entry.command, entry.at, entry.cause, entry.seq);
  }
}
const sheet = collector.sheet(result.startedAt, result.endedAt);
const summary = summaries.summary(result);
const last = (values: Float64Array): number => values.at(-1) ?? Number.NaN;

test("the curve of equity ends where the summary does, and falls as deep", () => {
  expect(last(sheet.equity.value)).toBeCloseTo(Number(summary.pnl.finalEquity), 6);
  expect(sheet.worstDrawdowns[0]?.depth).toBeCloseTo(Number(summary.drawdown.max), 6);
  expect(Math.min(...sheet.drawdown.value)).toBeCloseTo(-Number(summary.drawdown.max), 6);
});

test("the five sources of profit are the profit", () => {
  const { spread, adverse, inventory, fees, funding, net } = sheet.split;
  const parts = [spread, adverse, inventory, fees, funding].map((each) => new Decimal(each));
  expect(Decimal.sum(...parts).toFixed()).toBe(net);
  expect(net).toBe(summary.pnl.net);
  expect(fees).toBe(summary.pnl.fees);
  expect(Decimal.sum(spread, adverse, inventory).toFixed()).toBe(summary.pnl.trading);
  // All fills of this run are a maker's, at a price better than the mid it had then.
  expect(summary.fills.taker).toBe(0);
  expect(Number(spread)).toBeGreaterThan(0);
});

test("fills, position and orders are those the witness saw", () => {
  const [only] = sheet.instruments;
  expect(only?.fillsSeen).toBe(witness.fills.length);
  expect(only?.fills.length).toBe(witness.fills.length);
  expect(last(only?.position.value ?? new Float64Array())).toBe(witness.position(0));
  expect(sheet.orders.seen).toBe(summary.orders.placed);
  const filled = sheet.orders.filledBehind.reduce((sum, each) => sum + each, 0);
  expect(filled).toBe(new Set(witness.fills.map(({ orderId }) => orderId)).size);
  expect(sheet.orders.filledWithin.reduce((sum, each) => sum + each, 0)).toBe(filled);
});

test("orders by the queue they came to rest behind are those that rested, and fill as often", () => {
  const { restedAhead, filledAhead, waits, filledWithin } = sheet.orders;
  const sum = (counts: readonly number[]): number => counts.reduce((so, each) => so + each, 0);
  const resting = new Set(rested.map(({ orderId }) => orderId));
  expect(sum(restedAhead)).toBe(resting.size);
  expect(resting.size).toBe(summary.orders.accepted);
  const nothing = new Set(rested.flatMap(({ orderId, ahead }) => (ahead === 0 ? [orderId] : [])));
  expect(restedAhead[0]).toBe(nothing.size);
  const filled = new Set(witness.fills.map(({ orderId }) => orderId));
  expect(filledAhead[0]).toBe([...nothing].filter((id) => filled.has(id)).length);
  expect(sum(filledAhead)).toBe(filled.size);
  // Half of the orders that filled had waited no longer than the median.
  expect(waits?.half).toBeLessThanOrEqual(waits?.mostly ?? 0);
  expect(sum(filledWithin.slice(0, 3))).toBeGreaterThanOrEqual(filled.size / 2);
  expect(waits?.half).toBeLessThanOrEqual(10);
});

test("markouts of bought and sold are those of maker and taker, told apart another way", () => {
  for (const { maker, taker, bought, sold } of sheet.markouts) {
    expect(bought.samples + sold.samples).toBe(maker.samples + taker.samples);
    if (bought.value === null || sold.value === null || maker.value === null) continue;
    const [low, high] = [Math.min(bought.value, sold.value), Math.max(bought.value, sold.value)];
    expect(maker.value).toBeGreaterThanOrEqual(low);
    expect(maker.value).toBeLessThanOrEqual(high);
    expect(maker.error).toBeGreaterThan(0);
  }
});

test("trips gained what the run gained, but for what is still open", () => {
  const trips = sheet.statistics.trades.find(({ name }) => name === "round trips");
  expect(trips?.value.value).toBe(sheet.trips.length);
  const lots = sheet.trips.reduce((sum, trip) => sum + trip.fills, 0);
  expect(lots).toBeLessThanOrEqual(witness.fills.length + sheet.trips.length);
});

test("days, months and hours come to the same gain", () => {
  const gain = last(sheet.equity.value) - sheet.startingCash;
  const of = (periods: typeof sheet.days): number =>
    periods.reduce((sum, { start, end }) => sum + end - start, 0);
  expect(of(sheet.days)).toBeCloseTo(gain, 6);
  expect(of(sheet.months)).toBeCloseTo(gain, 6);
  expect(sheet.hours.reduce((sum, each) => sum + each, 0)).toBeCloseTo(gain, 6);
});

test("a run of 25 minutes has no Sharpe ratio, and says how many days it lacks", () => {
  const sharpe = sheet.statistics.returns.find(({ name }) => name === "Sharpe");
  expect(sharpe?.value).toEqual({ value: null, samples: 1, why: "1 day, 14 are needed" });
});
