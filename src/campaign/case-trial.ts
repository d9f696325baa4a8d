// From a case to the trial that runs it: a market for each instrument, wires and machinery by the knobs, the plan, the
// phases. Its market's buffers serve one trial at a time: make the next trial when the last one is over.

import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { profileNames, profileOf } from "../../sim/exchange/profiles/profiles.ts";
import { KeyedRng, randomSite } from "../../sim/kernel/keyed-rng.ts";
import type { SparseMarketConfig } from "../../sim/market/sparse-market.ts";
import { SparseMarket } from "../../sim/market/sparse-market.ts";
import { TAPE_SHOCKS } from "../../sim/market/sparse-shocks.ts";
import type { LinkLatency } from "../../sim/network/latency.ts";
import type { ScenarioInstrument, ScenarioVenue } from "../../sim/scenario/scenario.ts";
import type { Trial } from "../../sim/scenario/trial.ts";
import type { MachineryConfig } from "../bot/machinery-config.ts";
import { MACHINERY_DEFAULTS } from "../bot/machinery-config.ts";
import type { Instrument } from "../domain/instrument.ts";
import { instrumentOf } from "../domain/instrument.ts";
import { instrumentId, venueId } from "../domain/units.ts";
import type { FuzzBot } from "./fuzz-bot.ts";
import type { FuzzCase } from "./fuzz-case.ts";
import type { Knobs } from "./knobs.ts";
import { knobValue, ownValues } from "./knobs.ts";
import { loosestFacts } from "./loosest-facts.ts";
import { restartsOf } from "./restarts.ts";

const SITE_FILL_MODEL = randomSite("world.fill-model");
const SECOND_US = 1_000_000;

/** Makes trials of one bot, one at a time. */
export class CaseTrials {
  readonly #bot: FuzzBot;
  readonly #checkers: readonly CheckerMaker[];
  readonly #market = new SparseMarket();
  readonly #instruments: readonly Instrument[];

  constructor(parts: Readonly<{ bot: FuzzBot; checkers: readonly CheckerMaker[] }>) {
    this.#bot = parts.bot;
    this.#checkers = parts.checkers;
    const { venues, instruments } = parts.bot.scenario;
    this.#instruments = instruments.map(({ spec, venue }, id) => {
      const at = venues.findIndex(({ name }) => name === venue);
      return instrumentOf(spec, instrumentId(id), venueId(at));
    });
  }

  trial(told: FuzzCase): Trial {
    const { scenario } = this.#bot;
    const { heal, stop, end } = this.#bot.phases;
    // A run that is broken off heals and stops there, after all that is looked at.
    const endAt = (told.end ?? end) * SECOND_US;
    const own = this.#bot.own?.turned(ownValues(told.knobs));
    const strategy = own?.strategy ?? scenario.strategy;
    const restarts = restartsOf(told, this.#bot.own, this.#instruments);
    const facts = [...restarts.values()].reduce(
      (loosest, each) => loosestFacts(loosest, each.facts),
      own?.facts ?? this.#bot.facts ?? {},
    );
    const machinery = turnedMachinery(scenario.machinery ?? MACHINERY_DEFAULTS, told.knobs);
    return {
      scenario: {
        ...scenario,
        seed: told.seed,
        strategy,
        venues: scenario.venues.map((venue, id) => turnedVenue(venue, id, told.knobs)),
        instruments: this.#instrumentsOf(told),
        fillModel: fillModelOf(told.seed),
        machinery,
        durability: "write-ahead",
      },
      plan: told.plan,
      checkers: this.#checkers,
      facts,
      ...(restarts.size === 0
        ? {}
        : { restarted: (settings: number) => restarts.get(settings)?.strategy }),
      healAt: Math.min(heal * SECOND_US, endAt),
      stopAt: Math.min(stop * SECOND_US, endAt),
      endAt,
      quietUs: quietUsOf(machinery),
      ...(told.brokenVenue === undefined ? {} : { brokenForEver: [venueId(told.brokenVenue)] }),
    };
  }

  #instrumentsOf(told: FuzzCase): readonly ScenarioInstrument[] {
    const { scenario, market } = this.#bot;
    if (market === "recorded") return scenario.instruments;
    const tapes = this.#market.generate(this.#marketOf(told));
    return scenario.instruments.map(({ spec, venue }, index) => {
      const source = tapes[index] as (typeof tapes)[number];
      return { spec, venue, recording: { kind: "levels", source } };
    });
  }

  #marketOf({ seed, knobs, plan, quiet }: FuzzCase): SparseMarketConfig {
    const startPriceTicks = this.#bot.startPrices[0] as number;
    const moveTicks = (startPriceTicks * knobValue(knobs, "market.moveBpsE2")) / 1_000_000;
    const feedUs = knobValue(knobs, "feed.delayUs");
    const flow = {
      eventMeanUs: knobValue(knobs, "market.eventGapUs"),
      // Measured: a spread of one tick is 0.09 bps of the price, and levels lie as far apart.
      grainTicks: Math.max(1, Math.floor((startPriceTicks * 9) / 1_000_000)),
      feedBaseUs: feedUs,
      feedExtraUs: feedUs,
    };
    return {
      seed,
      startUs: this.#bot.startUs,
      seconds: this.#bot.phases.end,
      startPriceTicks,
      moveTicks,
      venues: this.#instruments.map((instrument) => ({
        instrument,
        flow: {
          ...flow,
          levelLots: lotsOf(instrument, startPriceTicks, knobValue(knobs, "market.levelValue")),
          tradeLots: lotsOf(instrument, startPriceTicks, knobValue(knobs, "market.tradeValue")),
        },
      })),
      shocks: plan.filter(({ kind }) => TAPE_SHOCKS.includes(kind)),
      quiet,
    };
  }
}

/** A seed has one view of queues all through. */
const FILL_MODELS: readonly FillModel[] = [
  { kind: "power", family: 3, n: 3 },
  { kind: "optimistic" },
  { kind: "risk-averse" },
  { kind: "pessimistic" },
];

function fillModelOf(seed: string): FillModel {
  const word = new KeyedRng(seed).uint32(SITE_FILL_MODEL, 0, 0);
  return FILL_MODELS[word % FILL_MODELS.length] as FillModel;
}

function lotsOf(instrument: Instrument, priceTicks: number, value: number): number {
  const { tickSize, lotSize, contractSize } = instrument;
  const lotValue = Number(tickSize) * Number(lotSize) * Number(contractSize) * priceTicks;
  return Math.max(1, Math.floor(value / lotValue));
}

function turnedVenue(venue: ScenarioVenue, id: number, knobs: Knobs): ScenarioVenue {
  const requestUs = knobs["wire.requestUs"];
  const answerUs = knobs["wire.answerUs"];
  const latency: LinkLatency = {
    ...venue.latency,
    ...(requestUs === undefined ? {} : { place: upTo(requestUs), cancel: upTo(requestUs) }),
    ...(answerUs === undefined ? {} : { response: upTo(answerUs) }),
  };
  return { ...venue, latency, profile: turnedProfile(venue, id, knobs["venue.manners"]) };
}

/**
 * How a venue answers, delays and closes may be any venue's: no config says it, a bot must live with each. What an
 * order must be like, and what it costs, stays as the config has it.
 */
function turnedProfile(
  { profile }: ScenarioVenue,
  id: number,
  nth: number | undefined,
): VenueProfile {
  if (nth === undefined || profile.name !== profileNames[0]) return profile;
  const name = profileNames[(nth - 1 + id) % profileNames.length] as string;
  const other = profileOf(name) as VenueProfile;
  return {
    ...profile,
    ack: other.ack,
    postOnlyCrossing: other.postOnlyCrossing,
    iocUnmatched: other.iocUnmatched,
    selfTrade: other.selfTrade,
    closedRowTellsFilled: other.closedRowTellsFilled,
    takerDelayUs: other.takerDelayUs,
    makerDelayUs: other.makerDelayUs,
    cancelDelayUs: other.cancelDelayUs,
  };
}

function upTo(minUs: number): LinkLatency["place"] {
  return { kind: "uniform", minUs, maxUs: 3 * minUs };
}

/**
 * How long a bot of this patience may take to find out: a request times out, then three accounts in a row are asked for
 * and answered late, then what they show outlasts the grace.
 */
function quietUsOf({
  watchEveryUs,
  requestTimeoutUs,
  poll,
  reconciliation,
}: MachineryConfig): number {
  const pollUs = poll === undefined ? 0 : poll.everyUs + poll.timeoutUs + watchEveryUs;
  return (requestTimeoutUs ?? 0) + 3 * pollUs + reconciliation.graceUs + 2 * watchEveryUs;
}

/** Parts that are off stay off. */
function turnedMachinery(machinery: MachineryConfig, knobs: Knobs): MachineryConfig {
  const { poll, retry, reconciliation, requestTimeoutUs } = machinery;
  return {
    ...machinery,
    watchEveryUs: knobs["bot.watchEveryUs"] ?? machinery.watchEveryUs,
    requestTimeoutUs:
      requestTimeoutUs === undefined
        ? undefined
        : (knobs["bot.requestTimeoutUs"] ?? requestTimeoutUs),
    poll:
      poll === undefined
        ? undefined
        : {
            ...poll,
            everyUs: knobs["bot.pollEveryUs"] ?? poll.everyUs,
            timeoutUs: knobs["bot.pollTimeoutUs"] ?? poll.timeoutUs,
            // Three questions in a row must fail before an account is stale, however rarely it is asked for.
            ttlUs: Math.max(poll.ttlUs, 3 * (knobs["bot.pollEveryUs"] ?? poll.everyUs)),
          },
    reconciliation: {
      ...reconciliation,
      graceUs: knobs["bot.graceUs"] ?? reconciliation.graceUs,
    },
    retry: {
      ...retry,
      attemptsMax: knobs["bot.attemptsMax"] ?? retry.attemptsMax,
      firstWaitUs: knobs["bot.firstWaitUs"] ?? retry.firstWaitUs,
    },
  };
}
