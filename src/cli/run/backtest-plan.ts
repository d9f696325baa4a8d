// From a config to everything a run needs: recordings opened, decimals brought to ticks and lots, venues with their
// fees, and a scenario for any fill model. What does not fit is reported all at once, with its line in the file.

import { dirname } from "node:path";
import type { FillModel } from "../../../sim/exchange/fill-model.ts";
import type { VenueProfile } from "../../../sim/exchange/profile.ts";
import { profileOf } from "../../../sim/exchange/profiles/profiles.ts";
import type {
  Recording,
  Scenario,
  ScenarioInstrument,
  ScenarioVenue,
} from "../../../sim/scenario/scenario.ts";
import type { MachineryConfig } from "../../bot/machinery-config.ts";
import type {
  BacktestConfig,
  InstrumentConfig,
  VenueConfig,
} from "../../config/backtest-config.ts";
import { backtestSchemaOf } from "../../config/backtest-config.ts";
import type { ConfigProblem } from "../../config/config-error.ts";
import { ConfigError } from "../../config/config-error.ts";
import { fillModelName, fillModelOf } from "../../config/fill-model-config.ts";
import { linkLatencyOf } from "../../config/latency-config.ts";
import { suggestion } from "../../config/nearest-name.ts";
import { readConfig } from "../../config/read-config.ts";
import { riskConfigOf } from "../../config/risk-config.ts";
import type { OutsideKit, StrategyKits } from "../../config/strategy-settings.ts";
import { kitOf } from "../../config/strategy-settings.ts";
import { UnitReader } from "../../config/unit-reader.ts";
import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { instrumentOf } from "../../domain/instrument.ts";
import { instrumentId, rateE8, timeUs, venueId } from "../../domain/units.ts";
import { currencyOf } from "../../report/currency.ts";
import { instrumentSpecOf } from "./instrument-spec.ts";
import { judgeWants } from "./judge-wants.ts";
import type { OpenRecording } from "./open-recording.ts";
import { openRecording } from "./open-recording.ts";
import type { PlannedFunding } from "./planned-funding.ts";
import { planFunding, readFundingOf } from "./planned-funding.ts";
import { plannedMachinery } from "./planned-machinery.ts";
import { runFacts } from "./run-facts.ts";
import { judgeSpan, runSpanOf } from "./run-span.ts";
import { kitsFor } from "./strategy-kits.ts";
import type { PlannedStrategy } from "./strategy-maker.ts";
import { planStrategy } from "./strategy-maker.ts";

/** What the command line lays over a config. */
export type BacktestOverrides = Readonly<{ fillModel?: string; seed?: string }>;

/** An instrument of the run by its name in the config. */
export type PlannedInstrument = Readonly<{
  name: string;
  instrument: Instrument;
  recording: OpenRecording;
  /** Settlements from a table, for a recording that has none. */
  funding: PlannedFunding | undefined;
}>;

export type BacktestPlan = Readonly<{
  /** With every default and override in place. */
  config: BacktestConfig;
  instruments: readonly PlannedInstrument[];
  venues: readonly ScenarioVenue[];
  /** The bot's housekeeping; undefined where it has none. */
  machinery: MachineryConfig | undefined;
  strategy: PlannedStrategy;
  /** The strategy's module, when it is one of the user's own. */
  outside: OutsideKit | undefined;
  fillModel: FillModel;
  /** False when no queue has to be guessed: orders are recorded one by one, or there are only bars. */
  usesFillModel: boolean;
  scenario(fillModel: FillModel): Scenario;
  close(): void;
}>;

/**
 * Reads a config and opens what it names.
 * @param file where the text came from: for messages, and for what its paths are relative to
 * @throws {ConfigError} with every problem of the config; {DataError} when a recording cannot be taken
 */
export async function planBacktest(
  text: string,
  file: string,
  overrides: BacktestOverrides = {},
): Promise<BacktestPlan> {
  const kits = await kitsFor(text, file);
  const { config: asRead, placed } = readConfig(backtestSchemaOf(kits), text, file);
  const config = { ...asRead, ...overrides };
  const venueProblems = problemsOfVenues(config);
  if (venueProblems.length > 0) throw new ConfigError(file, placed(venueProblems));
  const recordings = openAll(config.instruments, dirname(file));
  try {
    const units = new UnitReader();
    const plan = composed(config, kits, recordings, dirname(file), units);
    if (units.problems.length > 0) throw new ConfigError(file, placed(units.problems));
    return plan;
  } catch (error) {
    for (const recording of recordings) recording.close();
    throw error;
  }
}

function composed(
  config: BacktestConfig,
  kits: StrategyKits,
  recordings: readonly OpenRecording[],
  folder: string,
  units: UnitReader,
): BacktestPlan {
  const venues = config.venues.map((venue, index) => venueOf(venue, `venues.${index}`, units));
  const from = config.from === undefined ? undefined : units.timeUs("from", config.from);
  const until = config.until === undefined ? undefined : units.timeUs("until", config.until);
  judgeSpan(recordings, { from, until }, units);
  const span = runSpanOf(recordings, { from, until });
  const instruments = recordings.map((recording, index) => {
    const { name, venue, funding: told } = config.instruments[index] as InstrumentConfig;
    const listed = venues.findIndex((each) => each.name === venue);
    const spec = instrumentSpecOf(recording.spec, config.instruments, index, units);
    const instrument = instrumentOf(spec, instrumentId(index), venueId(Math.max(0, listed)));
    const place = { path: `instruments.${index}.funding`, units };
    const table = readFundingOf(told, folder);
    const funding = table === undefined ? undefined : planFunding(table, recording, span, place);
    return { name: name ?? recording.name, instrument, recording, funding };
  });
  const specs = instruments.map(({ instrument }) => instrument);
  specs.forEach(({ contract, symbol, base }, index) => {
    if (contract !== "inverse") return;
    const paid = `${symbol} is an inverse contract, paid in ${base}`;
    const message = `expected a spot or linear instrument, ${paid}: it can be imported and shown, not traded yet`;
    units.problem(`instruments.${index}`, message);
  });
  if (currencyOf(specs).mixed) {
    const quotes = [...new Set(specs.map((spec) => spec.quote))].join(" and ");
    units.problem("instruments", `expected one quote currency in a run, was ${quotes}`);
  }
  const named = instruments.map(({ name, instrument }) => ({ name, spec: instrument }));
  const strategy = planStrategy(kitOf(config.strategy, kits), config.strategy, named, units);
  const risk = riskConfigOf(config.risk, named, units);
  const machinery = plannedMachinery(config.machinery, recordings, venues, units);
  const scenarioInstruments = instruments.map((each, index) =>
    scenarioInstrumentOf(each, config, index, units),
  );
  // A strategy can only be made of a config without problems, and only then says what it wants.
  if (units.problems.length === 0) judgeWants(strategy.make(specs).wants, recordings, units);
  const fillModel = fillModelOf(config.fillModel);
  assert(fillModel !== undefined, "the schema has passed the fill model");
  const facts = runFacts(config, kits.outside, instruments);
  return {
    config,
    instruments,
    venues,
    machinery,
    strategy,
    outside: kits.outside,
    fillModel,
    usesFillModel: recordings.some(({ source }) => source.kind === "levels"),
    scenario: (model) => ({
      seed: config.seed,
      venues,
      instruments: scenarioInstruments,
      fillModel: model,
      strategy: strategy.make,
      risk,
      machinery,
      ...(from === undefined ? {} : { from: timeUs(from) }),
      ...(until === undefined ? {} : { until: timeUs(until) }),
      facts: { ...facts, fillModel: fillModelName(model) },
    }),
    close: () => {
      for (const recording of recordings) recording.close();
    },
  };
}

function openAll(configs: readonly InstrumentConfig[], folder: string): OpenRecording[] {
  const open: OpenRecording[] = [];
  try {
    for (const { dataset, tape } of configs) {
      const place = dataset === undefined ? { tape: tape as string } : { dataset };
      open.push(openRecording(place, folder));
    }
    return open;
  } catch (error) {
    for (const recording of open) recording.close();
    throw error;
  }
}

/** What can be judged before any recording is open. */
function problemsOfVenues(config: BacktestConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const names = config.venues.map((venue) => venue.name);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    problems.push({ path: `venues.${index}.name`, message: `"${name}" is given to two venues` });
  });
  config.instruments.forEach(({ venue, dataset, tape }, index) => {
    const path = `instruments.${index}`;
    if ((dataset === undefined) === (tape === undefined)) {
      const message = 'expected one of "dataset" and "tape"';
      problems.push({
        path,
        message: `${message}, was ${dataset === undefined ? "none" : "both"}`,
      });
    }
    if (venue === undefined && names.length > 1) {
      const message = `expected "venue", since there are ${names.length}: ${names.join(", ")}`;
      problems.push({ path, message });
    }
    if (venue !== undefined && !names.includes(venue)) {
      const message = `there is no venue "${venue}"${suggestion(venue, names)}`;
      problems.push({ path: `${path}.venue`, message });
    }
  });
  return problems;
}

function venueOf(config: VenueConfig, path: string, units: UnitReader): ScenarioVenue {
  const base = profileOf(config.profile);
  assert(base !== undefined, "the schema has passed the profile");
  const { name, startingCash, fees } = config;
  const profile: VenueProfile =
    fees === undefined
      ? base
      : {
          ...base,
          fees: {
            maker: rateE8(units.bpsE8(`${path}.fees.makerBps`, fees.makerBps)),
            taker: rateE8(units.bpsE8(`${path}.fees.takerBps`, fees.takerBps)),
          },
        };
  const latency = linkLatencyOf(config.latency, `${path}.latency`, units);
  return { name, profile, latency, startingCash };
}

function scenarioInstrumentOf(
  planned: PlannedInstrument,
  config: BacktestConfig,
  index: number,
  units: UnitReader,
): ScenarioInstrument {
  const { instrument, recording, funding } = planned;
  const settled = funding === undefined ? {} : { funding: funding.rows };
  const { candles } = config.instruments[index] as InstrumentConfig;
  const path = `instruments.${index}.candles`;
  const venue = (config.venues[instrument.venue] as VenueConfig).name;
  const { source } = recording;
  if (source.kind !== "bars") {
    if (candles !== undefined) units.problem(path, `${recording.name} is a book, not candles`);
    const book: Recording =
      source.kind === "levels"
        ? { kind: "levels", source: source.tape }
        : { kind: "orders", source: source.tape };
    return { spec: instrument, venue, recording: book, ...settled };
  }
  if (candles === undefined) {
    const message = `missing; ${recording.name} holds bars, and a spread must be said for them`;
    units.problem(path, message);
  }
  return {
    spec: instrument,
    venue,
    recording: {
      kind: "bars",
      source: source.bars,
      spreadTicks:
        candles === undefined ? 0 : units.ticks(`${path}.spread`, candles.spread, instrument),
      volumeShareMaxBps: (candles?.volumeSharePercent ?? 0) * 100,
      arrivalGraceUs: units.durationUs(`${path}.arrivalGrace`, candles?.arrivalGrace ?? "0s"),
    },
    ...settled,
  };
}
