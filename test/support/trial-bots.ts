// The four reference bots in trials over sparse synthetic markets: each with what is known of it, for the checkers.

import type { BotFacts } from "../../sim/checkers/bot-facts.ts";
import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import { checkers } from "../../sim/checkers/checkers.ts";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import type { FaultPlan } from "../../sim/faults/fault.ts";
import { SparseMarket } from "../../sim/market/sparse-market.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import type { Trial } from "../../sim/scenario/trial.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import { createGrid } from "../../strategies/grid/grid.ts";
import { createHedge } from "../../strategies/hedge/hedge.ts";
import { createMacd } from "../../strategies/macd/macd.ts";
import { createMarketMaker } from "../../strategies/market-maker/market-maker.ts";
import { gridConfig } from "./grid-config.ts";
import { hedgeConfig } from "./hedge-config.ts";
import { EAGER, macdConfig } from "./macd-rig.ts";
import { constantLatency } from "./run-rig.ts";
import { TEST_INSTRUMENT } from "./tape-builder.ts";

const SECOND = 1_000_000;
/** 2024-01-01 00:00 UTC. */
export const TRIAL_START = 1_704_067_200_000_000;

export type TrialBot = Readonly<{
  legs: number;
  risk: RiskConfig;
  facts: BotFacts;
  strategy: (instruments: readonly Instrument[], seed: number) => Strategy;
}>;

const limit = (instrument: number, positionLotsMax: number) => ({ instrument, positionLotsMax });

export const trialBots = {
  grid: {
    legs: 1,
    risk: { instruments: [limit(0, 60)], staleData: { ttlUs: 30 * SECOND } },
    facts: {
      quotes: [{ instrument: 0, onePerPrice: true, sideLotsMax: 120, quotesWithinUs: 60 * SECOND }],
      grids: [{ instrument: 0, levelLots: 10 }],
    },
    strategy: (instruments) =>
      createGrid(
        gridConfig({
          levels: 4,
          halfSpreadTicks: 20,
          spacingTicks: 30,
          positionMaxLots: 60,
          driftTicks: 25,
          wakeUs: 250_000,
          requoteUs: 200_000,
        }),
        instruments,
      ),
  },
  "market-maker": {
    legs: 1,
    risk: { instruments: [limit(0, 80)], staleData: { ttlUs: 30 * SECOND } },
    facts: {
      quotes: [{ instrument: 0, onePerPrice: true, quotesWithinUs: 120 * SECOND }],
    },
    strategy: (instruments) =>
      createMarketMaker(
        { instrument: 0, orderLots: 10, positionLimitLots: 50, intervalUs: 500_000 },
        instruments,
      ),
  },
  hedge: {
    legs: 2,
    risk: { staleData: { ttlUs: 30 * SECOND } },
    facts: {
      hedges: [
        {
          primary: 0,
          hedge: 1,
          primaryUnitsPerLot: 1,
          hedgeUnitsPerLot: 1,
          exposureMaxUnits: 0,
          withinUs: 60 * SECOND,
          troubledWithinUs: 300 * SECOND,
          restUnits: 0,
        },
      ],
    },
    strategy: (instruments, seed) =>
      createHedge(
        hedgeConfig({
          seed,
          cycles: 100,
          direction: "random",
          orderLots: 30,
          cycleLots: 90,
          positionMaxLots: 90,
          delayMaxUs: 5 * SECOND,
        }),
        instruments,
      ),
  },
  macd: {
    legs: 1,
    risk: { instruments: [limit(0, 10_000)], staleData: { ttlUs: 300 * SECOND } },
    facts: { bars: [{ instrument: 0, periodUs: 60 * SECOND, warmUpBars: 6 }] },
    strategy: (instruments) => createMacd(macdConfig(EAGER, [TEST_INSTRUMENT]), instruments),
  },
} as const satisfies Readonly<Record<string, TrialBot>>;

export type TrialOptions = Readonly<{
  seed: number;
  plan?: FaultPlan;
  seconds?: number;
  makers?: readonly CheckerMaker[];
  strategy?: TrialBot["strategy"];
  market?: SparseMarket;
}>;

/** A trial of a bot: trouble for two thirds of its time, then rest, then a stop. */
export function trialOf(bot: TrialBot, options: TrialOptions): Trial {
  const {
    seed,
    plan = [],
    seconds = 3600,
    makers = checkers,
    market = new SparseMarket(),
  } = options;
  const flow = { eventMeanUs: SECOND, grainTicks: 5, levelLots: 300, tradeLots: 16 };
  const feeds = { feedBaseUs: 20_000, feedExtraUs: 20_000 };
  const specs = Array.from({ length: bot.legs }, (_, leg) => ({
    ...TEST_INSTRUMENT,
    venueName: `venue-${leg}`,
  }));
  const tapes = market.generate({
    seed: `trial-${seed}`,
    startUs: TRIAL_START,
    seconds,
    startPriceTicks: 600_000,
    moveTicks: 24,
    venues: specs.map((instrument) => ({ instrument, flow: { ...flow, ...feeds } })),
    shocks: [],
    quiet: [],
  });
  const scenario: Scenario = {
    seed: `trial-${seed}`,
    venues: specs.map(({ venueName }, leg) => ({
      name: venueName,
      profile: generic,
      latency: constantLatency(25_000 + 75_000 * leg, 15_000),
      startingCash: "1000000",
    })),
    instruments: specs.map((spec, leg) => ({
      spec,
      venue: spec.venueName,
      recording: { kind: "levels", source: tapes[leg] as (typeof tapes)[number] },
    })),
    fillModel: { kind: "power", family: 3, n: 3 },
    strategy: (instruments) => (options.strategy ?? bot.strategy)(instruments, seed),
    risk: bot.risk,
    machinery: {
      ...MACHINERY_DEFAULTS,
      reconciliation: { drift: "adopt", orphans: "cancel", graceUs: 2 * SECOND },
    },
    durability: "write-ahead",
    facts: {},
  };
  return {
    scenario,
    plan,
    checkers: makers,
    facts: bot.facts,
    healAt: Math.floor((seconds * 2) / 3) * SECOND,
    stopAt: Math.floor((seconds * 5) / 6) * SECOND,
    endAt: seconds * SECOND,
  };
}
