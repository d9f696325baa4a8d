// What can stand in the queue of a run, and in which order things of one microsecond happen.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { InstrumentId } from "../../src/domain/units.ts";
import type { Fault } from "../faults/fault.ts";

/** What falls on one moment happens in this order; recorded rows come before all of it, feeds before timers. */
export const RANK_STRIKE = -1;
export const RANK_VENUE = 0;
export const RANK_ARRIVAL = 1;
export const RANK_ANSWER = 2;
export const RANK_WAKE = 3;
export const RANK_TIMER = 4;
/** Of answers alone, while a fault permutes ties. */
export const RANK_LAST = 5;

/** Something a venue does by itself. */
export type VenueTask =
  | Readonly<{ kind: "SweepMargin"; exchange: number }>
  | Readonly<{ kind: "HappenOwn"; exchange: number }>
  | Readonly<{ kind: "SettleFunding"; instrument: InstrumentId; rateE8: number }>
  | Readonly<{ kind: "CarryOut"; command: VenueCommand }>;

/** Something that is staged: a fault at its second, the end of what one began, a phase of a trial. */
export type Strike =
  | Readonly<{ kind: "Fault"; fault: Fault }>
  | Readonly<{ kind: "Over"; over: () => void }>
  | Readonly<{ kind: "Second" }>
  | Readonly<{ kind: "Heal" }>
  | Readonly<{ kind: "Stop" }>;

/** What can be booked; its rank tells which. */
export type Booked = Event | VenueCommand | VenueTask | Strike;
