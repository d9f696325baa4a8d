// What a checker is: one sentence that must hold in every world, told of each event by the run it watches.
// A checker reads truth and belief and changes neither. It says nothing while its sentence holds.
// A run speaks to `CheckerSuite` (checker-suite.ts), which keeps the facts all checkers share and tells each its hooks.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, PriceTicks, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import type { Holding } from "../exchange/exchange-account.ts";
import type { VenueOrder } from "../exchange/market.ts";
import type { VenueProfile } from "../exchange/profile.ts";
import type { BotFacts } from "./bot-facts.ts";
import type { RunLog } from "./run-log.ts";

/** What checkers read of a venue; `MockExchange` is one. */
export interface Truth {
  readonly account: Readonly<{ cash: bigint; holdings: readonly Holding[] }>;
  readonly markets: readonly Readonly<{
    instrument: Instrument;
    orders(): readonly VenueOrder[];
    bestBid(): PriceTicks | undefined;
    bestAsk(): PriceTicks | undefined;
  }>[];
}

/** What checkers look at. Truth is the venues' own; belief is undefined while the bot's process is down. */
export interface Scene {
  readonly now: TimeUs;
  readonly instruments: readonly Instrument[];
  readonly risk: RiskConfig;
  /** What the campaign knows of the bot. */
  readonly facts: BotFacts;
  exchange(venue: VenueId): Truth;
  profile(venue: VenueId): VenueProfile;
  /** The venue's position, signed lots. */
  trueLots(instrument: InstrumentId): number;
  readonly belief: View | undefined;
  /** Why the bot trades no more; undefined while it may. */
  readonly haltReason: string | undefined;
  /** Commands on their way to a venue, or held at its door. */
  inFlight(venue: VenueId): number;
  /** When the last fault of an outage kind (link, venue, process, feed, clock) ends or ended; −Infinity before one. */
  readonly troubledUntil: TimeUs;
  /** From when on no fault strikes any more; the start of the run where none ever does, undefined until then. */
  readonly healedAt: TimeUs | undefined;
  /** When the bot was told to stop; undefined until then. */
  readonly stoppedAt: TimeUs | undefined;
  /** The venue never comes back: nothing is asked of what it holds. */
  isGone(venue: VenueId): boolean;
  /** Is all that the bot put on record safe on its disk? undefined where its journal does not write ahead. */
  readonly durable: boolean | undefined;
  /** What the strategy would save now; asked rarely. undefined while the process is down. */
  saved(): JsonValue | undefined;
}

/** A scene, with what the suite has written down of the run so far. */
export type Watched = Scene & Readonly<{ log: RunLog }>;

/** Breaks off nothing: a run goes on, so that the first of several violations is known. */
export type Violate = (detail: string) => void;

/** What happened, in its order. Every hook is optional and is called after the thing; an absent one costs nothing. */
export interface Hooks {
  /** The bot sends; `session` counts its process's lives from 0. */
  sent?(command: VenueCommand, session: number): void;
  /** A command is carried out or turned away at its venue: called before the venue acts. */
  arrives?(command: VenueCommand): void;
  /** It was held at the door since it arrived, and the venue acts on it now: whoever has `arrives` is told once more. */
  resumes?(command: VenueCommand): void;
  /** The venue has acted on it. */
  arrived?(command: VenueCommand): void;
  /** The venue says something, before any wire or fault has it. */
  says?(event: Event, venue: VenueId): void;
  /** Somebody else changed the account, told or untold: a stranger, the operator, the venue by itself. Called after. */
  intervened?(venue: VenueId): void;
  /** The bot has handled an event to its end. Of books and prints only `noticed` is told. */
  heard?(event: Event): void;
  noticed?(event: Event): void;
  /** The process was lost while it handled `during`, if anything; belief is still what its memory held. */
  crashed?(during: Event | undefined): void;
  /** It begins again: belief is what recovery made of the journal. */
  began?(session: number): void;
  /** The bot broke a promise of its own: an assertion failed, or something was thrown. */
  broke?(reason: string): void;
  /** Once a simulated second. */
  second?(): void;
  /** Nothing is on its way, no fault is on, and the bot has had time to look: belief and truth may be compared. */
  quiet?(): void;
  /** The run is over, after the liveness phase. */
  ended?(): void;
}

/** One invariant at work in one run. */
export type Checker = Hooks;

/** Makes a checker for one run. Numbers as in docs/CHECKERS.md: E the venue's, B the bot's, L liveness, X across venues. */
export type CheckerMaker = Readonly<{
  id: string;
  sentence: string;
  watch(scene: Watched, violate: Violate): Checker;
}>;

/** The first time a checker's sentence did not hold. */
export type Violation = Readonly<{ id: string; at: TimeUs; detail: string }>;
