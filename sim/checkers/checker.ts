// What a checker is: one sentence that must hold in every world, told of each event by the run it watches.
// A checker reads truth and belief and changes neither. It says nothing while its sentence holds.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { View } from "../../src/ports/view.ts";
import type { RiskConfig } from "../../src/risk/risk-config.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";

/** What checkers look at. Truth is the venues' own; belief is undefined while the bot's process is down. */
export interface Scene {
  readonly now: TimeUs;
  readonly instruments: readonly Instrument[];
  readonly risk: RiskConfig;
  exchange(venue: VenueId): MockExchange;
  /** The venue's position, signed lots. */
  trueLots(instrument: InstrumentId): number;
  readonly belief: View | undefined;
  /** Why the bot trades no more; undefined while it may. */
  readonly haltReason: string | undefined;
  /** Commands on their way to a venue, or held at its door. */
  inFlight(venue: VenueId): number;
  /** When the last fault of an outage kind (link, venue, process, feed, clock) ends or ended; −Infinity before one. */
  readonly troubledUntil: TimeUs;
}

/** Breaks off nothing: a run goes on, so that the first of several violations is known. */
export type Violate = (detail: string) => void;

/**
 * One invariant. Every hook is optional and is called after the thing has happened; a hook that is absent costs nothing.
 * Numbers as in docs/CHECKERS.md: E the venue's, B the bot's, L liveness, X across venues, H the harness's.
 */
export interface Checker {
  readonly id: string;
  readonly sentence: string;
  /** The bot sends; `session` counts its process's lives from 0. */
  sent?(command: VenueCommand, session: number): void;
  /** A command is carried out or turned away at its venue: called before the venue acts. */
  arrives?(command: VenueCommand): void;
  /** The venue has acted on it. */
  arrived?(command: VenueCommand): void;
  /** The venue says something, before any wire or fault has it. */
  says?(event: Event, venue: VenueId): void;
  /** The bot has handled an event to its end. */
  heard?(event: Event): void;
  /** The bot's process was lost, or begins again. */
  crashed?(): void;
  began?(session: number): void;
  /** Once a simulated second. */
  second?(): void;
  /** Nothing is on its way, no fault is on, and the bot has had time to look: belief and truth may be compared. */
  quiet?(): void;
  /** The run is over, after the liveness phase. */
  ended?(): void;
}

/** Makes a checker for one run. */
export type CheckerMaker = (scene: Scene, violate: Violate) => Checker;

/** The first time a checker's sentence did not hold. */
export type Violation = Readonly<{ id: string; at: TimeUs; detail: string }>;
