// One run: scenario in, journal and digest out. The loop takes whatever is due first, in the order (time, rank, seq);
// recorded rows of a moment come before everything booked for it. It runs in steps, so that an edge can show
// progress or stop it between them; how it is cut into steps changes nothing.

import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import { assert } from "../../src/domain/assert.ts";
import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event, TimerFired } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type { InstrumentId, TimerId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { EventQueue } from "../kernel/event-queue.ts";
import { KeyedRng } from "../kernel/keyed-rng.ts";
import { BarFeed } from "./bar-feed.ts";
import type { Feed } from "./feed.ts";
import { openJournal } from "./journal-of-run.ts";
import { LocalFeed } from "./local-feed.ts";
import { OrderFeed } from "./order-feed.ts";
import type { RunParts, RunResult, Scenario } from "./scenario.ts";
import { startingCashOf } from "./starting-cash.ts";
import type { Booked, VenueTask } from "./world.ts";
import { RANK_ANSWER, RANK_ARRIVAL, RANK_TIMER, RANK_VENUE, RANK_WAKE, World } from "./world.ts";

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
  readonly #bot: Bot;
  readonly #journal: JournalWriter;
  #now: TimeUs;
  #events = 0;
  #done = false;
  #stopped = false;

  constructor(scenario: Scenario, parts: RunParts) {
    this.instruments = resolveInstruments(scenario);
    const span = spanOf(scenario);
    this.startsAt = span.startsAt;
    this.endsAt = span.endsAt;
    this.#now = span.startsAt;
    const strategy = scenario.strategy(this.instruments);
    const now = () => this.#now;
    const rng = new KeyedRng(scenario.seed);
    this.#world = new World({
      scenario,
      instruments: this.instruments,
      queue: this.#queue,
      rng,
      now,
    });
    this.#feeds = this.instruments.map((each) => this.#feed(each, scenario, strategy));
    this.#journal = openJournal(scenario, this.instruments, strategy, parts);
    this.#bot = createBot({
      strategy,
      instruments: this.instruments,
      venues: scenario.venues.map((venue, id) => ({
        id: id as VenueId,
        name: venue.name,
        startingCash: startingCashOf(
          venue,
          this.instruments.filter((each) => each.venue === id),
        ),
      })),
      books: (id) => this.#feeds[id] as Feed,
      venue: (id) => this.#world.venue(id),
      scheduler: {
        set: (timer, at) => this.#setTimer(timer, at),
        clear: (timer) => this.#timers.delete(timer),
      },
      journal: this.#journal,
      risk: scenario.risk,
      durability: scenario.durability,
      machinery: scenario.machinery,
      rng,
    });
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
    this.#journal.flush();
    return {
      digest: this.#journal.digest(),
      complete: this.#done,
      startedAt: this.startsAt,
      endedAt: this.#now,
      rows: this.rows,
      events: this.#events,
    };
  }

  #step(): void {
    const wake = this.#nextFeed();
    const wakeAt = wake === undefined ? Number.POSITIVE_INFINITY : wake.nextWake();
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
    this.#bot.handle(event);
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
    return next;
  }

  #feed(instrument: Instrument, scenario: Scenario, strategy: Strategy): Feed {
    const want = strategy.wants.find((each) => each.instrument === instrument.id);
    const recording = scenario.instruments[instrument.id]?.recording;
    assert(recording !== undefined, "every instrument of a scenario has a recording");
    const { id, venue } = instrument;
    switch (recording.kind) {
      case "levels":
        return new LocalFeed({
          source: recording.source,
          instrument: id,
          venue,
          clock: { now: () => this.#now },
          want,
        });
      case "orders":
        return new OrderFeed({
          source: recording.source,
          instrument: id,
          clock: { now: () => this.#now },
          want,
        });
      case "bars":
        return new BarFeed({
          source: recording.source,
          instrument: id,
          spreadTicks: recording.spreadTicks,
          want,
        });
    }
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

function resolveInstruments(scenario: Scenario): readonly Instrument[] {
  return scenario.instruments.map(({ spec, venue }, id) => {
    const index = scenario.venues.findIndex((each) => each.name === venue);
    assert(index >= 0, `venue ${venue} of ${spec.symbol} is in the scenario`);
    // Its profit is paid in the base coin: counted as a linear one, every amount would be wrong.
    assert(spec.contract !== "inverse", `${spec.symbol} is not an inverse contract`);
    return instrumentOf(spec, id as InstrumentId, index as VenueId);
  });
}

/** From the first thing anyone can know to the last, within the scenario's bounds. */
function spanOf(scenario: Scenario): { startsAt: TimeUs; endsAt: TimeUs } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { recording } of scenario.instruments) {
    if (recording.kind !== "bars") {
      const { header } = recording.source;
      first = Math.min(first, header.firstReceivedAt, header.firstVenueAt);
      last = Math.max(last, header.lastReceivedAt, header.lastVenueAt);
    } else {
      const { header } = recording.source;
      first = Math.min(first, header.firstOpenAt);
      last = Math.max(last, header.lastOpenAt + header.periodUs);
    }
  }
  const startsAt = Math.max(first, scenario.from ?? first) as TimeUs;
  const endsAt = Math.min(last, scenario.until ?? last) as TimeUs;
  assert(startsAt <= endsAt, "a run ends no earlier than it begins");
  return { startsAt, endsAt };
}
