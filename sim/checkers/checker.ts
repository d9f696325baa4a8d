// What a checker is: one sentence that must hold in every world, told of each event by the run it watches.
// A checker reads truth and belief and changes neither. It says nothing while its sentence holds.
// A run speaks to `CheckerSuite` (checker-suite.ts), which keeps the facts all checkers share and tells each its hooks.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import type { RunLog } from "./run-log.ts";
import type { Scene } from "./scene.ts";

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
  /** A new life's strategy is not what the lost one had on record, or a timer it had set never fires. */
  forgot?(what: string): void;
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
