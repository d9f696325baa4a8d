// One whole run over recordings with everybody watching: the witness, the report, and the comparison at a quiet end.

import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { binanceUsdm } from "../../sim/exchange/profiles/binance-usdm.ts";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import { hyperliquid } from "../../sim/exchange/profiles/hyperliquid.ts";
import type { LinkLatency } from "../../sim/network/latency.ts";
import type { FundingRow, RunResult, Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { Summary } from "../../src/report/summary.ts";
import { SummaryCollector } from "../../src/report/summary-collector.ts";
import { QuietReport } from "./quiet-report.ts";
import type { RecordedTape } from "./recorded-tapes.ts";
import { testHasher } from "./run-rig.ts";
import { RunWitness } from "./run-witness.ts";

/** 5 to 20 ms each way, drawn. */
export const DRAWN_LATENCY: LinkLatency = {
  place: { kind: "uniform", minUs: 5_000, maxUs: 20_000 },
  cancel: { kind: "uniform", minUs: 5_000, maxUs: 20_000 },
  amend: { kind: "uniform", minUs: 5_000, maxUs: 20_000 },
  response: { kind: "uniform", minUs: 5_000, maxUs: 20_000 },
};

/** Enough that no recorded move ever liquidates: these runs are about fills. */
export const CASH = "10000000";

/** The run asks for the account this long before its recording ends. */
const REPORT_BEFORE_END_US = 500_000;

const profiles: Readonly<Record<string, VenueProfile>> = {
  "binance-usdm": binanceUsdm,
  hyperliquid,
};

export type RecordedVenue = Readonly<{
  name: string;
  tape: RecordedTape;
  funding?: readonly FundingRow[];
}>;

export type RecordedRunOptions = Readonly<{
  strategy: (instruments: readonly Instrument[]) => Strategy;
  fillModel: FillModel;
  latency?: LinkLatency;
  /** Rules of every venue, instead of those of where the recording comes from. */
  profile?: VenueProfile;
  /** Nobody watches but the comparison at the end: the digest must be the same. */
  alone?: boolean;
}>;

export type RecordedRun = Readonly<{
  result: RunResult;
  witness: RunWitness;
  summary: Summary;
  bot: QuietReport;
}>;

/** One instrument a venue, all by one bot. */
export function runRecorded(
  venues: readonly RecordedVenue[],
  options: RecordedRunOptions,
): RecordedRun {
  const bots: QuietReport[] = [];
  const scenario = scenarioOf(venues, options, (bot) => bots.push(bot));
  const instruments = venues.map(({ tape }, index) =>
    instrumentOf(specOf(tape), instrumentId(index), venueId(index)),
  );
  const fees = scenario.venues.map(({ profile }) => profile.fees);
  const witness = new RunWitness(instruments, fees);
  const report = new SummaryCollector({ instruments, startingCash: venues.map(() => CASH) });
  const observer = {
    event: (...told: Parameters<RunWitness["event"]>) => {
      witness.event(...told);
      report.event(told[0]);
    },
    command: (...told: Parameters<RunWitness["command"]>) => {
      witness.command(...told);
      report.command(told[0], told[1] as never);
    },
    refusal: (...told: Parameters<RunWitness["refusal"]>) => {
      witness.refusal(...told);
      report.refusal(told[0], told[1] as never, told[2]);
    },
    note: (...told: Parameters<RunWitness["note"]>) => witness.note(...told),
  };
  const watched = options.alone === true ? {} : { observer };
  const result = new ScenarioRun(scenario, { hasher: testHasher, ...watched }).finish();
  const [bot] = bots;
  if (bot === undefined) throw new Error("expected the run to make its bot");
  return { result, witness, summary: report.summary(result), bot };
}

function scenarioOf(
  venues: readonly RecordedVenue[],
  options: RecordedRunOptions,
  made: (bot: QuietReport) => void,
): Scenario {
  const reportAt = Math.min(...venues.map(({ tape }) => endOf(tape))) - REPORT_BEFORE_END_US;
  return {
    seed: "recorded",
    venues: venues.map(({ name, tape }) => ({
      name,
      profile: options.profile ?? profiles[tape.spec.venueName] ?? generic,
      latency: options.latency ?? DRAWN_LATENCY,
      startingCash: CASH,
    })),
    instruments: venues.map(({ name, tape, funding = [] }) => ({
      spec: specOf(tape),
      venue: name,
      recording: tape.recording,
      funding,
    })),
    fillModel: options.fillModel,
    strategy: (instruments) => {
      const bot = new QuietReport(options.strategy(instruments), instruments, reportAt);
      made(bot);
      return bot;
    },
    risk: {},
    facts: {},
  };
}

/** Stocks too are traded as a linear contract here, so that a bot may sell first. */
function specOf({ spec }: RecordedTape): RecordedTape["spec"] {
  return { ...spec, contract: "linear" };
}

function endOf({ recording }: RecordedTape): number {
  if (recording.kind !== "bars") {
    const { lastReceivedAt, lastVenueAt } = recording.source.header;
    return Math.max(lastReceivedAt, lastVenueAt);
  }
  const { lastOpenAt, periodUs } = recording.source.header;
  return lastOpenAt + periodUs;
}
