// Makes a runner of a job: the config read and judged as for a backtest, its recordings asked for what is traded and at
// what price, and one fair world run to count how often the bot acts.

import { checkers } from "../../../sim/checkers/checkers.ts";
import { FAULT_CATALOGUE } from "../../../sim/faults/catalogue.ts";
import { ENVELOPE_DEFAULTS } from "../../../sim/faults/envelope.ts";
import { CaseRunner } from "../../campaign/case-runner.ts";
import type { FuzzBot, OwnSettings } from "../../campaign/fuzz-bot.ts";
import { OCCASIONS_AT_FIRST, PHASES_DEFAULT, SPARSE_START_US } from "../../campaign/fuzz-bot.ts";
import type { KnownMarkets } from "../../config/strategy-kit.ts";
import { META_ASK, META_KIND, ROW_DEPTH } from "../../domain/tape.ts";
import { CliError } from "../cli-error.ts";
import { nodeHasher } from "../node-hasher.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import type { OpenRecording } from "../run/open-recording.ts";
import type { PlannedStrategy } from "../run/strategy-maker.ts";
import type { FuzzJob } from "./fuzz-job.ts";

/** Seed of the fair world in which a bot's acts are counted. */
const FAIR_SEED = "occasions";

export type JobRunner = Readonly<{ runner: CaseRunner; bot: FuzzBot; close(): void }>;

/** @throws {ConfigError | DataError | CliError} when the config, or what it names, cannot be used. */
export async function jobRunner(job: FuzzJob): Promise<JobRunner> {
  const first = await unmeasuredRunner(job);
  try {
    const fair = { seed: FAIR_SEED, knobs: {}, plan: [], quiet: [] };
    const { acts, openActs } = first.runner.run(fair);
    // A half more than a fair world has: faults make a bot ask again.
    const most = Math.ceil(acts * 1.5);
    const counts = { requests: most, answers: most, acts: most };
    const occasions = { ...counts, openActs: Math.ceil(openActs * 1.5) };
    const bot = { ...first.bot, occasions };
    return { runner: runnerOf(job, bot), bot, close: first.close };
  } catch (error) {
    first.close();
    throw error;
  }
}

/** For cases that are drawn already: nobody asks how often the bot acts. */
export async function unmeasuredRunner(job: FuzzJob): Promise<JobRunner> {
  const plan = await planBacktest(job.text, job.file);
  try {
    const bot = botOf(job, plan);
    return { runner: runnerOf(job, bot), bot, close: () => plan.close() };
  } catch (error) {
    plan.close();
    throw error;
  }
}

function runnerOf(job: FuzzJob, bot: FuzzBot): CaseRunner {
  const { kinds, mix } = job;
  return new CaseRunner({
    bot,
    space: {
      kinds:
        kinds === undefined
          ? FAULT_CATALOGUE
          : FAULT_CATALOGUE.filter(({ kind }) => kinds.includes(kind)),
      mix,
      envelope: ENVELOPE_DEFAULTS,
      seconds: bot.phases.heal,
    },
    checkers,
    hasher: nodeHasher,
  });
}

function botOf(job: FuzzJob, plan: BacktestPlan): FuzzBot {
  const scenario = plan.scenario(plan.fillModel);
  const markets = {
    instruments: plan.instruments.map(({ instrument }) => instrument),
    startPrices: plan.instruments.map(({ recording }) => firstPrice(recording)),
  };
  return {
    name: job.name,
    scenario,
    market: job.market,
    startPrices: markets.startPrices,
    own: ownSettings(plan.strategy, markets),
    occasions: OCCASIONS_AT_FIRST,
    ...(job.market === "sparse"
      ? { startUs: SPARSE_START_US, phases: job.phases ?? PHASES_DEFAULT }
      : recordedSpan(plan, job)),
  };
}

function ownSettings(strategy: PlannedStrategy, markets: KnownMarkets): OwnSettings {
  return {
    knobs: new Map([...strategy.knobs()].map(([name, range]) => [`strategy.${name}`, range])),
    turned(values) {
      const { make, facts } = strategy.turned(values);
      return { strategy: make, facts: facts(markets) };
    },
  };
}

/** A recording's last sixth is for coming to rest and standing still. */
const RECORDED_SHARE = 6;
const RECORDED_SECONDS_MIN = 600;
const SECOND_US = 1_000_000;

/** A recorded market lasts as long as its recordings, whole seconds. */
function recordedSpan(plan: BacktestPlan, { name }: FuzzJob): Pick<FuzzBot, "startUs" | "phases"> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { recording } of plan.instruments) {
    if (recording.source.kind !== "levels") {
      throw new CliError(
        `--tape: ${recording.name} holds no book; a market made of the seed has one`,
      );
    }
    const { header } = recording.source.tape;
    first = Math.min(first, header.firstReceivedAt, header.firstVenueAt);
    last = Math.max(last, header.lastReceivedAt, header.lastVenueAt);
  }
  const end = Math.floor((last - first) / SECOND_US);
  if (end < RECORDED_SECONDS_MIN) {
    throw new CliError(
      `--tape: the recordings of ${name} last ${end} s, expected ten minutes or more`,
    );
  }
  const rest = Math.floor(end / RECORDED_SHARE);
  const stop = end - Math.floor(rest / 2);
  return { startUs: first, phases: { heal: end - rest, stop, end } };
}

/** Where a recording's price begins, ticks. */
function firstPrice({ name, source }: OpenRecording): number {
  switch (source.kind) {
    case "levels": {
      const { rows, meta, price } = source.tape.batch(0);
      for (let row = 0; row < rows; row += 1) {
        const flags = meta[row] as number;
        // The first bid of a snapshot is its best or near it.
        if ((flags & META_KIND) === ROW_DEPTH && (flags & META_ASK) === 0)
          return price[row] as number;
      }
      break;
    }
    case "bars":
      if (source.bars.batchCount > 0) return source.bars.batch(0).close[0] as number;
      break;
    case "orders":
      throw new CliError(
        `${name} is recorded order by order: name a recording of levels or bars to fuzz`,
      );
  }
  throw new CliError(`${name} holds no price to begin with`);
}
