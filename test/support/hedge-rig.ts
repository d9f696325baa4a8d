// A hedge bot in a simulated world of two venues, with a witness that sees every event, command and note.

import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { generic } from "../../sim/exchange/profiles/generic.ts";
import { syntheticTapes } from "../../sim/market/synthetic-tape.ts";
import type { LinkLatency } from "../../sim/network/latency.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../sim/scenario/scenario-run.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument, InstrumentSpec } from "../../src/domain/instrument.ts";
import type { InstrumentId } from "../../src/domain/units.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { View } from "../../src/ports/view.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import { createHedge } from "../../strategies/hedge/hedge.ts";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { constantLatency, testHasher } from "./run-rig.ts";

const SYNTHETIC_START = 1_704_095_100_000_000;

export type HedgeVenue = Readonly<{
  tape: TapeSource;
  spec?: Partial<InstrumentSpec>;
  profile?: Partial<VenueProfile>;
  latency?: LinkLatency;
}>;

/** One decision as it was made. */
export type Moment = Readonly<{
  event: Event;
  phase: string;
  maker: number;
  taker: number;
  commands: readonly Command[];
}>;

export type HedgeRun = Readonly<{
  moments: readonly Moment[];
  commands: readonly Command[];
  notes: readonly string[];
  refusals: readonly string[];
  digest: string;
  cyclesOver: number;
  phase: string;
  halts: readonly string[];
}>;

export type HedgeRigOptions = Readonly<{
  fillModel?: FillModel;
  risk?: RiskConfig;
  seed?: string;
  /** Saves and restores into a new bot before each event. */
  restart?: boolean;
}>;

/** The two books of one hidden price. */
export function syntheticVenues(seed: string, durationUs: number): [HedgeVenue, HedgeVenue] {
  const [first, second] = syntheticTapes({
    seed,
    startUs: SYNTHETIC_START,
    durationUs,
    startPriceTicks: 600_000,
    fundingAtUs: SYNTHETIC_START + 60_000_000,
    fundingRateE8: 1250,
  });
  if (first === undefined || second === undefined) throw new Error("two venues are made");
  return [{ tape: first }, { tape: second }];
}

export function runHedge(
  config: HedgeConfig,
  venues: readonly [HedgeVenue, HedgeVenue],
  options: HedgeRigOptions = {},
): HedgeRun {
  const moments: Moment[] = [];
  const notes: string[] = [];
  const refusals: string[] = [];
  let bot: ReturnType<typeof createHedge> | undefined;
  const strategy = (instruments: readonly Instrument[]): Strategy => {
    let inner = createHedge(config, instruments);
    bot = inner;
    const decide = (event: Event, view: View): readonly Command[] => {
      if (options.restart === true) {
        const saved = JSON.parse(JSON.stringify(inner.save())) as JsonValue;
        inner = createHedge(config, instruments);
        inner.restore(saved);
        bot = inner;
      }
      const commands = inner.decide(event, view);
      moments.push({
        event,
        phase: inner.phase,
        maker: view.position(0 as InstrumentId).lots,
        taker: view.position(1 as InstrumentId).lots,
        commands,
      });
      return commands;
    };
    return {
      name: inner.name,
      wants: inner.wants,
      decide,
      save: () => inner.save(),
      restore: (saved) => inner.restore(saved),
    };
  };
  const result = new ScenarioRun(scenarioOf(venues, strategy, options), {
    hasher: testHasher,
    observer: {
      event: () => {},
      command: () => {},
      refusal: (command, _at, rule, reason) => {
        refusals.push(`${command.kind}: ${rule}: ${reason}`);
      },
      note: (text) => {
        notes.push(text);
      },
    },
  }).finish();
  const commands = moments.flatMap((each) => each.commands);
  return {
    moments,
    commands,
    notes,
    refusals,
    digest: result.digest,
    cyclesOver: bot?.cyclesOver ?? 0,
    phase: bot?.phase ?? "",
    halts: commands.flatMap((each) => (each.kind === "Halt" ? [each.reason] : [])),
  };
}

function scenarioOf(
  venues: readonly [HedgeVenue, HedgeVenue],
  strategy: Scenario["strategy"],
  options: HedgeRigOptions,
): Scenario {
  const names = ["alpha", "beta"];
  return {
    seed: options.seed ?? "hedge",
    venues: venues.map(({ profile, latency }, index) => ({
      name: names[index] as string,
      profile: { ...generic, ...profile },
      latency: latency ?? constantLatency(10_000, 10_000),
      startingCash: "1000000",
    })),
    instruments: venues.map(({ tape, spec }, index) => ({
      spec: { ...tape.header.instrument, ...spec, venueName: names[index] as string },
      venue: names[index] as string,
      recording: { kind: "levels", source: tape },
    })),
    fillModel: options.fillModel ?? { kind: "power", family: 3, n: 3 },
    strategy,
    risk: options.risk ?? {},
    facts: {},
  };
}
