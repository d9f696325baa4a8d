// One run: scenario in, journal and digest out. The loop takes whatever is due first, in the order (time, rank, seq);
// recorded rows of a moment come before everything booked for it. It runs in steps, so that an edge can show
// progress or stop it between them; how it is cut into steps changes nothing.

import { assert } from "../../src/domain/assert.ts";
import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event, TimerFired } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, TimerId, TimeUs, VenueId } from "../../src/domain/units.ts";
import { EventQueue } from "../kernel/event-queue.ts";
import { KeyedRng } from "../kernel/keyed-rng.ts";
import type { Booked, Strike, VenueTask } from "./booked.ts";
import {
  RANK_ANSWER,
  RANK_ARRIVAL,
  RANK_STRIKE,
  RANK_TIMER,
  RANK_VENUE,
  RANK_WAKE,
} from "./booked.ts";
import { ChangingSeat } from "./changing-seat.ts";
import type { Feed } from "./feed.ts";
import { PlainSeat } from "./plain-seat.ts";
import { feedOf, resolveInstruments, spanOf, venuesOf } from "./run-parts.ts";
import type { RunParts, RunResult, Scenario } from "./scenario.ts";
import type { BotRoom, Listener, Staging } from "./staging.ts";
import { TruthTap } from "./truth-tap.ts";
import { World } from "./world.ts";

/** Steps of the loop between two looks at the row budget. */
const STEPS_PER_LOOK = 256;

export class ScenarioRun {
  readonly instruments: readonly Instrument[];
  readonly startsAt: TimeUs;
  readonly endsAt: TimeUs;
  readonly #queue = new EventQueue<Booked>();
  readonly #timers = new Map<TimerId, TimerFired>();
  readonly #world: World;
  readonly #feeds: readonly Feed[];
  readonly #listener: Listener;
  readonly #staging: Staging | undefined;
  #now: TimeUs;
  /** When the feed that is next wakes the bot; Infinity when none does. */
  #wakeAt = Number.POSITIVE_INFINITY;
  #events = 0;
  #done = false;
  #stopped = false;

  /** A backtest is not staged. */
  constructor(scenario: Scenario, parts: RunParts, staging?: Staging) {
    this.instruments = resolveInstruments(scenario);
    const { startsAt, endsAt } = spanOf(scenario);
    this.startsAt = startsAt;
    this.endsAt = endsAt;
    this.#now = startsAt;
    this.#staging = staging;
    const strategy = scenario.strategy(this.instruments);
    const now = () => this.#now;
    const rng = new KeyedRng(scenario.seed);
    const queue = this.#queue;
    const { instruments } = this;
    const { truth } = parts;
    const tap = staging?.tap ?? (truth === undefined ? undefined : new TruthTap(truth, queue, now));
    const world = new World({ scenario, instruments, queue, rng, now, tap });
    this.#world = world;
    this.#feeds = instruments.map((instrument) => {
      const want = strategy.wants.find((each) => each.instrument === instrument.id);
      if (staging === undefined) return feedOf(instrument, scenario, want, { now });
      const clock = staging.feedClock(instrument, { now });
      return staging.feed(instrument, feedOf(instrument, scenario, want, clock));
    });
    const room: BotRoom = {
      clock: { now },
      instruments,
      venues: venuesOf(scenario, instruments),
      books: (id) => this.#feeds[id] as Feed,
      venue: (id) => world.venue(id),
      scheduler: {
        set: (timer, at) => this.#setTimer(timer, at),
        clear: (timer) => this.#timers.delete(timer),
      },
      clearTimers: () => this.#timers.clear(),
      rng,
    };
    const { change } = parts;
    if (staging !== undefined) {
      this.#listener = staging.begins({ room, world, queue, startsAt, endsAt });
    } else if (change !== undefined) {
      this.#listener = new ChangingSeat(scenario, strategy, room, { ...parts, change });
    } else this.#listener = new PlainSeat(scenario, strategy, room, parts);
    this.#begin(scenario);
  }

  get now(): TimeUs {
    return this.#now;
  }

  /** Events the bot has handled. */
  get events(): number {
    return this.#events;
  }

  /** Recording rows passed so far, by whichever view of each recording is ahead. */
  get rows(): number {
    let rows = 0;
    for (const [id, feed] of this.#feeds.entries()) {
      rows += Math.max(feed.rows, this.#world.rowsOf(id as InstrumentId));
    }
    return rows;
  }

  /** Ends the run at the next step: what was reported until then holds. */
  stop(): void {
    this.#stopped = true;
  }

  /** Runs about `rowBudget` rows further; true when the run is over. */
  advance(rowBudget: number): boolean {
    const target = this.rows + rowBudget;
    while (!this.#done && !this.#stopped) {
      for (let step = 0; step < STEPS_PER_LOOK && !this.#done; step += 1) this.#step();
      if (this.rows >= target) break;
    }
    return this.#done || this.#stopped;
  }

  /** Runs to the end and tells what it came to. */
  finish(): RunResult {
    while (!this.#done && !this.#stopped) this.#step();
    return {
      digest: this.#listener.finish(),
      complete: this.#done,
      startedAt: this.startsAt,
      endedAt: this.#now,
      rows: this.rows,
      events: this.#events,
    };
  }

  #step(): void {
    const wake = this.#nextFeed();
    const wakeAt = this.#wakeAt;
    const due = Math.min(wakeAt, this.#queue.peekAt(), this.endsAt) as TimeUs;
    this.#world.advance(due);
    const bookedAt = this.#queue.peekAt();
    if (bookedAt < due || (bookedAt === due && this.#queue.peekRank() < RANK_WAKE)) {
      this.#takeBooked();
    } else if (wake !== undefined && wakeAt === due) {
      this.#now = due;
      wake.wake(due, this.#hear);
    } else if (bookedAt === due) {
      this.#takeBooked();
    } else {
      this.#now = this.endsAt;
      this.#done = true;
    }
  }

  readonly #hear = (event: Event): void => {
    this.#events += 1;
    this.#listener.hear(event);
  };

  #takeBooked(): void {
    const booked = this.#queue.pop();
    const at = this.#queue.poppedAt;
    assert(at >= this.#now, "time never goes back");
    this.#now = at;
    switch (this.#queue.poppedRank) {
      case RANK_VENUE:
      case RANK_ARRIVAL:
        this.#world.happen(booked as VenueCommand | VenueTask, at);
        break;
      case RANK_TIMER:
        this.#fire(booked as TimerFired);
        break;
      case RANK_STRIKE:
        this.#staging?.strike(booked as Strike);
        break;
      default:
        this.#hear(booked as Event);
    }
  }

  /** A timer that was moved or cleared since stays silent. */
  #fire(event: TimerFired): void {
    if (this.#timers.get(event.timer) !== event) return;
    this.#timers.delete(event.timer);
    this.#hear(event);
  }

  #setTimer(timer: TimerId, at: TimeUs): void {
    const due = Math.max(at, this.#now) as TimeUs;
    const event: TimerFired = { kind: "TimerFired", at: due, venueAt: due, timer };
    this.#timers.set(timer, event);
    this.#queue.push(due, RANK_TIMER, event);
  }

  #nextFeed(): Feed | undefined {
    let next: Feed | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const feed of this.#feeds) {
      const at = feed.nextWake();
      if (at < least) {
        least = at;
        next = feed;
      }
    }
    this.#wakeAt = least;
    return next;
  }

  /** A run begins with every link coming up; what was recorded before `from` is known and untold. */
  #begin(scenario: Scenario): void {
    const at = this.startsAt;
    if (scenario.from !== undefined) for (const feed of this.#feeds) feed.skipTo(at);
    scenario.venues.forEach((_, venue) => {
      this.#queue.push(at, RANK_ANSWER, {
        kind: "LinkChanged",
        at,
        venueAt: at,
        venue: venue as VenueId,
        link: "up",
        cause: "the run begins",
      });
    });
  }
}
