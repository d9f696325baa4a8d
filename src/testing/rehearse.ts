// One world, one strategy, one plan of faults, run to its end: every promise that broke, as text and as data. The same world
// as `rehearse fuzz` makes, of a market of its own, without files or threads.

import type { BotFacts } from "../../sim/checkers/bot-facts.ts";
import type { CheckerMaker, Violation } from "../../sim/checkers/checker.ts";
import { checkers as invariants } from "../../sim/checkers/checkers.ts";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import type { FaultPlan } from "../../sim/faults/fault.ts";
import { withAmbientTrap } from "../../sim/kernel/ambient-trap.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import type { Verdict } from "../../sim/scenario/trial.ts";
import { runTrial } from "../../sim/scenario/trial-run.ts";
import { MACHINERY_DEFAULTS } from "../bot/machinery-config.ts";
import { CaseTrials } from "../campaign/case-trial.ts";
import { OCCASIONS_AT_FIRST, phasesOf, SPARSE_START_US } from "../campaign/fuzz-bot.ts";
import type { Knobs } from "../campaign/knobs.ts";
import type { InstrumentSpec } from "../domain/instrument.ts";
import type { TapeSource } from "../ports/tape-source.ts";
import type { RiskConfig } from "../risk/risk-config.ts";

export type Rehearsal = Readonly<{
  strategy: Scenario["strategy"];
  /** Of the market and of every draw. */
  seed?: string | number;
  plan?: FaultPlan;
  knobs?: Knobs;
  /** Of simulated time; ten when absent. The last sixth is for healing and standing still. */
  minutes?: number;
  risk?: RiskConfig;
  /** What the bot can be held to beyond what its orders show. */
  facts?: BotFacts;
  checkers?: readonly CheckerMaker[];
  /** One instrument a venue; one of 0.1 a tick and 0.001 a lot when absent. */
  instruments?: readonly InstrumentSpec[];
  /** Where prices begin, ticks. */
  startPriceTicks?: number;
}>;

/** What became of it. `broken` is empty when every promise was kept. */
export type Rehearsed = Verdict & Readonly<{ broken: readonly string[] }>;

const MINUTES = 10;
const START_PRICE_TICKS = 600_000;
const COIN: InstrumentSpec = {
  venueName: "venue",
  symbol: "COIN",
  contract: "linear",
  base: "COIN",
  quote: "USD",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
};

/** Puts a strategy into a world and runs it to its end. The same arguments give the same answer. */
export function rehearse(told: Rehearsal): Rehearsed {
  const { seed = 1, plan = [], knobs = {}, minutes = MINUTES, checkers = invariants } = told;
  const trials = new CaseTrials({
    bot: {
      name: "rehearsed",
      scenario: scenarioOf(told),
      market: "sparse",
      startPrices: instrumentsOf(told).map(() => told.startPriceTicks ?? START_PRICE_TICKS),
      occasions: OCCASIONS_AT_FIRST,
      startUs: SPARSE_START_US,
      phases: phasesOf(Math.floor(minutes * 60)),
      facts: told.facts,
    },
    checkers,
  });
  const trial = trials.trial({ seed: String(seed), plan, knobs, quiet: [] });
  const verdict = withAmbientTrap(() => runTrial(trial));
  return { ...verdict, broken: verdict.violations.map((each) => textOf(each, checkers)) };
}

function textOf({ id, at, detail }: Violation, checkers: readonly CheckerMaker[]): string {
  const seconds = ((at - SPARSE_START_US) / 1_000_000).toFixed(3);
  const sentence = checkers.find((each) => each.id === id)?.sentence ?? "";
  return `${id} after ${seconds} s: ${detail} (${sentence})`;
}

function instrumentsOf({ instruments = [COIN] }: Rehearsal): readonly InstrumentSpec[] {
  return instruments.map((spec, nth) => ({ ...spec, venueName: `${spec.venueName}-${nth + 1}` }));
}

function scenarioOf(told: Rehearsal): Scenario {
  const instruments = instrumentsOf(told);
  const way = (us: number) => ({ kind: "constant" as const, us });
  return {
    seed: String(told.seed ?? 1),
    venues: instruments.map(({ venueName }) => ({
      name: venueName,
      profile: generic,
      latency: {
        place: way(25_000),
        cancel: way(25_000),
        amend: way(25_000),
        response: way(10_000),
      },
      startingCash: "1000000",
    })),
    instruments: instruments.map((spec) => ({
      spec,
      venue: spec.venueName,
      recording: { kind: "levels", source: NO_TAPE },
    })),
    fillModel: { kind: "power", family: 3, n: 3 },
    strategy: told.strategy,
    risk: told.risk ?? {},
    // What a stranger or a lost message changed is taken over, and what nobody asked for cancelled.
    machinery: {
      ...MACHINERY_DEFAULTS,
      reconciliation: { ...MACHINERY_DEFAULTS.reconciliation, drift: "adopt", orphans: "cancel" },
    },
    facts: {},
  };
}

/** The market is made of the seed; nobody reads what stands in its place until then. */
const NO_TAPE: TapeSource = {
  get header(): never {
    throw new Error("expected a market made of the seed, was asked for a recording");
  },
  batchCount: 0,
  batch(): never {
    throw new Error("expected a market made of the seed, was asked for a recording");
  },
};
