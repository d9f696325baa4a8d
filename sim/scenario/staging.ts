// How a run is staged: what a trial puts in the place of plain wires, plain feeds and a bot that never dies.

import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Clock, Scheduler } from "../../src/ports/clock.ts";
import type { Rng } from "../../src/ports/rng.ts";
import type { Venue } from "../../src/ports/venue.ts";
import type { BookView } from "../../src/ports/view.ts";
import type { EventQueue } from "../kernel/event-queue.ts";
import type { Booked, Strike } from "./booked.ts";
import type { Feed } from "./feed.ts";
import type { WireTap } from "./wire-tap.ts";
import type { World } from "./world.ts";

/** What a world lends whoever sits in it: everything a bot is put together from. */
export type BotRoom = Readonly<{
  clock: Clock;
  instruments: readonly Instrument[];
  venues: readonly Readonly<{ id: VenueId; name: string; startingCash: bigint }>[];
  books: (id: InstrumentId) => BookView;
  venue: (id: VenueId) => Venue;
  scheduler: Scheduler;
  /** Every timer is forgotten. */
  clearTimers: () => void;
  rng: Rng;
}>;

/** What a staged run is given to work with, once it stands. */
export type Stage = Readonly<{
  room: BotRoom;
  world: World;
  queue: EventQueue<Booked>;
  startsAt: TimeUs;
  endsAt: TimeUs;
}>;

/** Hears what a world has to tell. */
export interface Listener {
  hear(event: Event): void;
  /** The run is over; the fingerprint of all that was heard and done. */
  finish(): string;
}

export interface Staging {
  readonly tap: WireTap;
  /** The clock a feed reads: its own time. */
  feedClock(instrument: Instrument, clock: Clock): Clock;
  feed(instrument: Instrument, plain: Feed): Feed;
  /** Everything stands: the run is about to begin. */
  begins(stage: Stage): Listener;
  strike(strike: Strike): void;
}
