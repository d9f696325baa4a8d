// A scenario is everything a run depends on: markets, venues, one bot, a seed. Same scenario, same digest.

import type { MachineryConfig } from "../../src/bot/machinery-config.ts";
import type { Instrument, InstrumentSpec } from "../../src/domain/instrument.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import type { Durability } from "../../src/journal/journal-writer.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";
import type { JournalObserver } from "../../src/ports/journal.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { Hasher, Storage } from "../../src/ports/storage.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { TruthObserver } from "../../src/ports/truth.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import type { FillModel } from "../exchange/fill-model.ts";
import type { VenueProfile } from "../exchange/profile.ts";
import type { LinkLatency } from "../network/latency.ts";
import type { RunChange } from "./run-change.ts";

/** A funding settlement of the venue: at `at`, `rateE8` of the position's value at the mark. */
export type FundingRow = Readonly<{ at: TimeUs; rateE8: number }>;

/** The recording behind one instrument, by the kind of market it makes. */
export type Recording =
  | Readonly<{ kind: "levels"; source: TapeSource }>
  | Readonly<{ kind: "orders"; source: OrderTapeSource }>
  | Readonly<{
      kind: "bars";
      source: BarSource;
      spreadTicks: number;
      volumeShareMaxBps: number;
      arrivalGraceUs: number;
    }>;

export type ScenarioInstrument = Readonly<{
  spec: InstrumentSpec;
  /** Name of the scenario's venue it trades on. */
  venue: string;
  recording: Recording;
  funding?: readonly FundingRow[];
}>;

export type ScenarioVenue = Readonly<{
  name: string;
  profile: VenueProfile;
  latency: LinkLatency;
  /** Decimal string in the quote currency. */
  startingCash: string;
}>;

export type Scenario = Readonly<{
  seed: string;
  venues: readonly ScenarioVenue[];
  instruments: readonly ScenarioInstrument[];
  fillModel: FillModel;
  strategy: (instruments: readonly Instrument[]) => Strategy;
  risk: RiskConfig;
  /** The bot's own housekeeping; absent, the strategy is on its own. */
  machinery?: MachineryConfig | undefined;
  /** "buffered" unless told otherwise; write-ahead, the journal holds what a bot needs to come back after a crash. */
  durability?: Durability | undefined;
  /** Simulated time bounds; the whole recording when absent. */
  from?: TimeUs;
  until?: TimeUs;
  /** Free facts for the journal's header (config hash, dataset hashes, code version). */
  facts: Readonly<Record<string, string>>;
}>;

/** What the edge lends a run. */
export type RunParts = Readonly<{
  hasher: () => Hasher;
  observer?: JournalObserver | undefined;
  /** Told what only the venues know. A run that nobody asks about is not slowed by it. */
  truth?: TruthObserver;
  /** Where the journal goes when it is asked for. */
  storage?: Storage;
  /** What the bot becomes in the middle of it. */
  change?: RunChange;
}>;

export type RunResult = Readonly<{
  digest: string;
  /** False when the run was ended early; everything reported up to `endedAt` holds. */
  complete: boolean;
  startedAt: TimeUs;
  endedAt: TimeUs;
  /** Recording rows applied by the exchanges' cursors. */
  rows: number;
  /** Events the bot handled. */
  events: number;
}>;
