// What takes part in a play: who is played against, what they are lent, who listens, and what it came to.

import type { VenueCommand } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { TimeUs } from "../../domain/units.ts";
import type { View } from "../../ports/view.ts";
import type { PlayedBroken } from "./script-watch.ts";
import type { ScriptedDesk } from "./scripted-desk.ts";

/** Who is played against: a bot of this house, or one that is to fail. */
export interface Player {
  handle(event: Event): void;
  /** Lots it believes it holds. */
  believed(instrument: number): number;
  readonly haltReason: string | undefined;
  /** What it believes, where it keeps its belief as bots of this house do. */
  readonly view?: View;
}

/** Told of a play as it goes on; nobody has to be. `hears` comes before the bot handles an event, `heard` after it. */
export interface ScriptListener {
  begins(player: Player, desks: readonly ScriptedDesk[]): void;
  sends(at: number, command: VenueCommand): void;
  arrives(at: number, command: VenueCommand): void;
  arrived(at: number): void;
  says(event: Event): void;
  hears(at: number, event: Event): void;
  heard(at: number): void;
}

/** What a player is lent. */
export type Stage = Readonly<{
  instruments: readonly Instrument[];
  now: () => TimeUs;
  touch: (instrument: number) => Readonly<{ bid: number; ask: number }>;
  send: (command: VenueCommand) => void;
  setTimer: (timer: number, at: number) => void;
  clearTimer: (timer: number) => void;
}>;

export type Played = Readonly<{
  broken: readonly PlayedBroken[];
  /** Lots at the end: the venue's, and the bot's belief. */
  positions: readonly Readonly<{ leg: string; truth: number; believed: number }>[];
  events: number;
  orders: number;
  /** Scripted orders the bot never placed. */
  unplayed: number;
  haltReason: string | undefined;
  /** µs since the epoch, in the play's own time. */
  endedAt: number;
}>;
