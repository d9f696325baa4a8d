import { expect, test } from "vitest";
import type { Scenario } from "../../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../../sim/scenario/scenario-run.ts";
import type { Command } from "../../../src/domain/command.ts";
import type { TimeUs } from "../../../src/domain/units.ts";
import { Moment, momentLines } from "../../../src/explain/moment.ts";
import { NoTrade, noTradeLines } from "../../../src/explain/no-trade.ts";
import { witnessed } from "../../../src/explain/witness.ts";
import type { Want } from "../../../src/ports/strategy.ts";
import { place, scenarioOf, testHasher } from "../../support/run-rig.ts";
import { ScriptedStrategy } from "../../support/scripted-strategy.ts";
import { TapeBuilder } from "../../support/tape-builder.ts";

const TAPE = new TapeBuilder()
  .snapshot(0, ["bid", 100, 5], ["ask", 102, 5])
  .depth(1_000, ["bid", 100, 6])
  .print(2_000, "ask", 100, 3)
  .gap(3_000)
  .snapshot(4_000, ["bid", 100, 5], ["ask", 101, 5])
  .print(5_000, "ask", 99, 50)
  .depth(9_000, ["bid", 100, 4])
  .build();

const WANTS = [{ instrument: 0, book: { on: "every-message" }, trades: true }] as never as Want[];

type Script = readonly (readonly [number, readonly Command[]])[];

function scenarioWith(at: Script, risk: Scenario["risk"] = {}): Scenario {
  const strategy = () => new ScriptedStrategy({ at, wants: WANTS });
  return { ...scenarioOf([{ tape: TAPE }], strategy()), strategy, risk };
}

function spanOf(scenario: Scenario, from: number, to: number) {
  const { instruments } = new ScenarioRun(scenario, { hasher: testHasher });
  const asker = new NoTrade(instruments, { from: from as TimeUs, to: to as TimeUs });
  const watched: Scenario = {
    ...scenario,
    strategy: (each) =>
      witnessed(scenario.strategy(each), (...seen) => {
        asker.decided(...seen);
      }),
  };
  const parts = { hasher: testHasher, observer: asker, truth: asker };
  const { endedAt } = new ScenarioRun(watched, parts).finish();
  return asker.answer(endedAt);
}

test("a strategy that was woken and never decided to trade is said to be that", () => {
  const answer = spanOf(scenarioWith([]), 500, 2_500);
  expect(answer.wakes).toEqual({ BookChanged: 2, TradePrinted: 1 });
  expect(answer).toMatchObject({ decisions: 3, decisionsToTrade: 0, fills: 0, orders: [] });
  expect(answer.sentence).toBe(
    "woken 3 times, the strategy never decided to place or amend an order",
  );
});

test("refusals are counted by rule, with the last one's numbers", () => {
  const refused: Script = [
    [1_500, [place(1, "bid", 100, 9)]],
    [1_600, [place(2, "bid", 100, 8)]],
  ];
  const risk = { instruments: [{ instrument: 0, orderLotsMax: 5 }] };
  const answer = spanOf(scenarioWith(refused, risk), 1_000, 2_500);
  expect(answer.refusedByRule).toEqual({
    "max-order-size": { count: 2, last: "the order is 8 lots, limit is 5" },
  });
  expect(answer.sentence).toBe(
    "every order was refused by our rules, most by max-order-size (2): the order is 8 lots, limit is 5",
  );
});

test("an order that fills after the span was open in it, with its distance as of then", () => {
  const at: Script = [
    [500, [place(1, "bid", 100, 2)]],
    [600, [place(2, "bid", 98, 2)]],
  ];
  const answer = spanOf(scenarioWith(at), 0, 2_500);
  expect(answer.sentence).toBe(
    "2 orders stood or were sent and none filled, most of them touched-behind-queue (1)",
  );
  expect(answer.orders.map(({ reason }) => reason)).toEqual([
    {
      kind: "open-at-end",
      so: {
        kind: "touched-behind-queue",
        aheadAtRest: 5,
        aheadAtEnd: 2,
        printedLots: 3,
        throughLots: 0,
        prints: 1,
        cancelledAhead: 0,
      },
    },
    // The sale at 100 was two ticks away; the ask at 102 four.
    { kind: "open-at-end", so: { kind: "never-touched", closest: { ticks: 2, at: 2_000 } } },
  ]);
  expect(spanOf(scenarioWith(at), 0, 9_000).sentence).toBe("it did trade: 1 fill");
});

test("a broken feed is told, with when it came back", () => {
  const lines = noTradeLines(spanOf(scenarioWith([]), 2_500, 4_500)).join("\n");
  expect(lines).toContain("link of venue 0 is down: the recording has a gap here");
  expect(lines).toContain("link of venue 0 is up: the feed restated the book");
});

test("a moment has what the bot believed as it came, and what happened before and after", () => {
  const scenario = scenarioWith([[500, [place(1, "bid", 100, 2)]]]);
  const { instruments } = new ScenarioRun(scenario, { hasher: testHasher });
  const moment = new Moment(instruments, 1_900 as TimeUs, 1_450);
  const watched: Scenario = {
    ...scenario,
    strategy: (each) =>
      witnessed(scenario.strategy(each), (event, view) => moment.decided(event, view)),
  };
  new ScenarioRun(watched, { hasher: testHasher, observer: moment }).finish();
  const answer = moment.answer();
  expect(answer.standing).toMatchObject([
    {
      touch: "bid 10.0 × 0.006, ask 10.2 × 0.005",
      position: "0.000",
      orders: ["order 1 live: buy 0.002 at 10.0"],
    },
  ]);
  const lines = momentLines(answer);
  expect(lines.slice(lines.findIndex((line) => line.includes("00:00:00.000500")))).toEqual([
    "00:00:00.000500  TimerFired (timer 0)",
    "00:00:00.000500  → buy 0.002 at 10.0, GTC (order 1)",
    "00:00:00.000520  OrderAccepted of order 1: accepted",
    "00:00:00.001     BookChanged (bid 10.0, ask 10.2)",
    "00:00:00.001900  ──",
    "00:00:00.002     TradePrinted (0.003 at 10.0)",
    "00:00:00.002     BookChanged (bid 10.0, ask 10.2)",
    "00:00:00.003     LinkChanged (down: the recording has a gap here)",
    "00:00:00.003     BookChanged (bid 10.0, ask 10.2)",
  ]);
});
