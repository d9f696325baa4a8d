// The invariants that no single run can show: two runs are compared, or a run with its record. Numbers as in
// docs/CHECKERS.md; E17 is the naive twins of test/property, H5 and H7 are counted by a campaign.

import { expect, test } from "vitest";
import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import { checkers } from "../../sim/checkers/checkers.ts";
import { BookCursor } from "../../sim/exchange/book-cursor.ts";
import { FAULT_CATALOGUE } from "../../sim/faults/catalogue.ts";
import { drawPlan } from "../../sim/faults/draw-plan.ts";
import { ENVELOPE_DEFAULTS } from "../../sim/faults/envelope.ts";
import type { Fault } from "../../sim/faults/fault.ts";
import { KeyedRng } from "../../sim/kernel/keyed-rng.ts";
import { runTrial } from "../../sim/scenario/trial-run.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { TrialBot } from "../support/trial-bots.ts";
import { trialBots, trialOf } from "../support/trial-bots.ts";

const bots = Object.entries(trialBots) as readonly (readonly [string, TrialBot])[];
const SECONDS = 900;

function drawn(bot: TrialBot, seed: number): readonly Fault[] {
  const space = {
    kinds: FAULT_CATALOGUE,
    venues: bot.legs,
    instruments: bot.legs,
    seconds: (SECONDS * 2) / 3,
    requests: 2000,
    answers: 3000,
    acts: 20_000,
    openActs: 20_000,
    envelope: ENVELOPE_DEFAULTS,
    mix: "everything",
  } as const;
  return drawPlan(new KeyedRng(`plan-${seed}`), space).plan;
}

const nobody: readonly CheckerMaker[] = [];

test("E16 what is published, applied in order, gives the book that is", () => {
  const { scenario } = trialOf(trialBots.grid, { seed: 1, seconds: SECONDS });
  const recording = scenario.instruments[0]?.recording;
  if (recording?.kind !== "levels") throw new Error("expected a recording of levels");
  const idle = { level: () => false, row: () => false, messageEnd: () => false, moved: () => {} };
  const [truth, local] = (["venue", "local"] as const).map((clock) => {
    const cursor = new BookCursor(recording.source, clock, idle as never);
    cursor.run(Number.MAX_SAFE_INTEGER as never);
    return cursor.book;
  });
  for (const side of [0, 1] as const) {
    let tick = truth?.best(side);
    expect(local?.best(side)).toBe(tick);
    while (tick !== undefined) {
      expect(local?.size(tick, side)).toBe(truth?.size(tick, side));
      tick = truth?.nextWorse(tick, side);
    }
  }
});

test("E18 the same commands give the same state, and a bot told its record again goes on the same", () => {
  const bot = trialBots.grid;
  const act: Fault = {
    site: "process",
    entity: 0,
    ordinal: 900,
    kind: "crash-after",
    parameter: 1_000_000,
  };
  const runs = [1, 2].map(() => runTrial(trialOf(bot, { seed: 3, seconds: SECONDS, plan: [act] })));
  expect(runs[0]?.digest).toBe(runs[1]?.digest);
  expect(runs[0]?.lives).toBe(2);
  expect(runs[0]?.violations).toEqual([]);
});

test("B14 messages told twice change nothing that the bot believes", () => {
  const bot = trialBots["market-maker"];
  const twice = Array.from({ length: 400 }, (_, index): Fault => {
    return {
      site: "answer",
      entity: 0,
      ordinal: 2 * index,
      kind: "answer-duplicated",
      parameter: 1,
    };
  });
  const verdict = runTrial(trialOf(bot, { seed: 2, seconds: SECONDS, plan: twice }));
  expect(verdict.faults.find(({ kind }) => kind === "answer-duplicated")?.fired).toBeGreaterThan(
    99,
  );
  expect(verdict.violations).toEqual([]);
});

test.each(bots)("H1 equal seeds give equal digests: %s", (_, bot) => {
  const plan = drawn(bot, 5);
  const [first, second] = [1, 2].map(() =>
    runTrial(trialOf(bot, { seed: 5, seconds: SECONDS, plan, makers: nobody })),
  );
  expect(first?.digest).toBe(second?.digest);
});

test("H2 a stream that one reader draws from moves no other: taking a fault out leaves the market as it was", () => {
  const bot = trialBots.grid;
  const rows = [drawn(bot, 5), []].map(
    (plan) => runTrial(trialOf(bot, { seed: 5, seconds: SECONDS, plan, makers: nobody })).rows,
  );
  expect(rows[0]).toBe(rows[1]);
});

test.each(bots)("H4 with all faults off no checker says anything: %s", (_, bot) => {
  for (const seed of [1, 2]) {
    const verdict = runTrial(trialOf(bot, { seed, seconds: SECONDS }));
    expect(verdict.violations).toEqual([]);
    expect(verdict.events).toBeGreaterThan(500);
  }
});

test("H6 a canary is caught: a bot that asks for each rung twice", () => {
  const twice: TrialBot["strategy"] = (instruments) =>
    doubling(trialBots["market-maker"].strategy(instruments));
  const options = { seed: 1, seconds: SECONDS, strategy: twice };
  const verdict = runTrial(trialOf(trialBots["market-maker"], options));
  expect(verdict.violations.map(({ id }) => id)).toContain("B4");
});

test.each(bots)("nobody who watches changes what is watched: %s", (_, bot) => {
  const plan = drawn(bot, 8);
  const [watched, alone] = [checkers, nobody].map((makers) =>
    runTrial(trialOf(bot, { seed: 8, seconds: SECONDS, plan, makers })),
  );
  expect(watched?.digest).toBe(alone?.digest);
});

/** Sends each new order a second time, under an id of its own. */
function doubling(inner: Strategy): Strategy {
  let next = 1_000_000;
  return {
    name: inner.name,
    wants: inner.wants,
    decide: (event, view) =>
      inner.decide(event, view).flatMap((command): Command[] => {
        if (command.kind !== "PlaceOrder") return [command];
        next += 1;
        return [command, { ...command, orderId: next as never }];
      }),
    save: () => inner.save(),
    restore: (saved) => inner.restore(saved),
  };
}
