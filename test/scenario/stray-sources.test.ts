// A source of difference between two runs does not stay unseen: a clock that is read, chance that is drawn, state that
// outlives a run, a stream that two readers share. Each is planted in a strategy that works, and found.

import { expect, test } from "vitest";
import { checkers } from "../../sim/checkers/checkers.ts";
import { faultKind } from "../../sim/faults/catalogue.ts";
import { drawPlan } from "../../sim/faults/draw-plan.ts";
import { ENVELOPE_DEFAULTS } from "../../sim/faults/envelope.ts";
import type { FaultKind } from "../../sim/faults/fault-kind.ts";
import { withAmbientTrap } from "../../sim/kernel/ambient-trap.ts";
import { KeyedRng } from "../../sim/kernel/keyed-rng.ts";
import { isFailure } from "../../src/campaign/case-outcome.ts";
import { CaseRunner } from "../../src/campaign/case-runner.ts";
import type { FuzzBot } from "../../src/campaign/fuzz-bot.ts";
import { OCCASIONS_AT_FIRST, phasesOf, SPARSE_START_US } from "../../src/campaign/fuzz-bot.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { Rng } from "../../src/ports/rng.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { testHasher } from "../support/run-rig.ts";
import { trialBots, trialOf } from "../support/trial-bots.ts";

const bot = trialBots["market-maker"];
const SEEDS = 60;

/** Hears nothing of the book for as long as `isDeaf` says so. */
function deafened(isDeaf: () => boolean): (instruments: readonly Instrument[]) => Strategy {
  return (instruments) => {
    const inner = bot.strategy(instruments);
    return {
      name: inner.name,
      wants: inner.wants,
      decide: (event: Event, view) => (isDeaf() ? [] : inner.decide(event, view)),
      save: () => inner.save(),
      restore: (saved) => inner.restore(saved),
    };
  };
}

function runnerOf(strategy: FuzzBot["scenario"]["strategy"]): CaseRunner {
  const { scenario } = trialOf(bot, { seed: 1, seconds: 300 });
  const phases = phasesOf(300);
  const made: FuzzBot = {
    name: "planted",
    scenario: { ...scenario, strategy },
    market: "sparse",
    startPrices: [600_000],
    occasions: OCCASIONS_AT_FIRST,
    startUs: SPARSE_START_US,
    phases,
  };
  const envelope = ENVELOPE_DEFAULTS;
  const space = { kinds: [], mix: "none" as const, envelope, seconds: phases.heal };
  return new CaseRunner({ bot: made, space, checkers, hasher: testHasher });
}

function outcomes(strategy: FuzzBot["scenario"]["strategy"]) {
  const runner = runnerOf(strategy);
  return Array.from({ length: SEEDS }, (_, seed) =>
    withAmbientTrap(() => runner.seed(String(seed))),
  );
}

test("nothing planted, nothing found", () => {
  expect(outcomes(deafened(() => false)).filter(isFailure)).toEqual([]);
});

test.each([
  // ambient-ok: it is planted.
  ["the wall clock", () => Date.now() < 0, "Date.now"],
  // ambient-ok: it is planted.
  ["chance of its own", () => Math.random() < 0, "Math.random"],
])("a strategy that reads %s is named in its first seed", (_, source, named) => {
  const [first] = outcomes(deafened(source));
  expect(JSON.stringify(first)).toContain(named);
});

test("a global that outlives a run is found by the seeds that run twice", () => {
  let looks = 0;
  const found = outcomes(
    deafened(() => {
      looks += 1;
      return looks % 1_000 < 500;
    }),
  );
  expect(found.some(({ differs }) => differs !== undefined)).toBe(true);
});

test("a stream that two sites share is found by a kind that joins the catalogue", () => {
  /** One ordinal for all sites, as a shared generator has: who draws first takes the other's chance. */
  const shared = (): Rng => {
    const rng = new KeyedRng("1");
    let ordinal = 0;
    return { uint32: () => rng.uint32(0, 0, ordinal++) } as Partial<Rng> as Rng;
  };
  const [first, second] = ["answer-lost", "fill-late"].map((kind) => faultKind(kind) as FaultKind);
  const drawn = (rng: Rng, kinds: readonly FaultKind[]) =>
    drawPlan(rng, {
      kinds,
      mix: "named",
      venues: 1,
      instruments: 1,
      seconds: 300,
      ...OCCASIONS_AT_FIRST,
      envelope: ENVELOPE_DEFAULTS,
    }).plan.filter(({ kind }) => kind === "fill-late");
  const both = [first as FaultKind, second as FaultKind];
  const alone = [second as FaultKind];
  expect(drawn(new KeyedRng("1"), both)).toEqual(drawn(new KeyedRng("1"), alone));
  expect(drawn(shared(), both)).not.toEqual(drawn(shared(), alone));
});
