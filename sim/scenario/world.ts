// The simulated side of a run: venues with their markets, the wires to them, and everything that is booked.
// It moves truth forward no further than our next possible act, so that no order ever arrives in a market's past.

import { assert } from "../../src/domain/assert.ts";
import type { BatchCommand, VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Venue } from "../../src/ports/venue.ts";
import { MockExchange } from "../exchange/mock-exchange.ts";
import type { EventQueue } from "../kernel/event-queue.ts";
import type { KeyedRng } from "../kernel/keyed-rng.ts";
import { Link } from "../network/link.ts";
import type { Booked, VenueTask } from "./booked.ts";
import { RANK_ANSWER, RANK_ARRIVAL, RANK_VENUE } from "./booked.ts";
import type { Seat } from "./lookahead.ts";
import { lookaheadUs, stepTo } from "./lookahead.ts";
import { recordedMarket } from "./recorded-market.ts";
import type { Recording, Scenario, ScenarioVenue } from "./scenario.ts";
import { startingCashOf } from "./starting-cash.ts";
import { Wire } from "./wire.ts";
import type { WireTap } from "./wire-tap.ts";

/** Venues recompute margin about once a second; between, a position cannot be closed by force. */
const SWEEP_US = 1_000_000;

export class World {
  readonly #queue: EventQueue<Booked>;
  readonly #now: () => TimeUs;
  readonly #exchanges: MockExchange[] = [];
  readonly #seats: Seat[] = [];
  readonly #byInstrument: Seat[] = [];
  readonly #wires: Wire[] = [];
  readonly #sweeping: boolean[] = [];
  /** When each venue was last booked to act of its own accord. */
  readonly #ownAt: number[] = [];
  readonly #lookaheadUs: number;
  readonly #tap: WireTap | undefined;

  constructor(
    parts: Readonly<{
      scenario: Scenario;
      instruments: readonly Instrument[];
      queue: EventQueue<Booked>;
      rng: KeyedRng;
      now: () => TimeUs;
      tap?: WireTap | undefined;
    }>,
  ) {
    this.#queue = parts.queue;
    this.#tap = parts.tap;
    this.#now = parts.now;
    const { scenario, instruments } = parts;
    scenario.venues.forEach((spec, index) => {
      const listed = instruments.filter((each) => each.venue === index);
      this.#open(spec, index as VenueId, listed, scenario, parts.rng);
    });
    this.#lookaheadUs = lookaheadUs(scenario.venues);
    for (const [index, each] of scenario.instruments.entries()) {
      for (const { at, rateE8 } of each.funding ?? []) {
        const instrument = index as InstrumentId;
        this.#queue.push(at, RANK_VENUE, { kind: "SettleFunding", instrument, rateE8 });
      }
    }
  }

  /** The bot's end of the wire to a venue. */
  venue(id: VenueId): Venue {
    const wire = this.#wires[id];
    assert(wire !== undefined, `venue ${id} is in the scenario`);
    return wire;
  }

  /** Rows passed by the exchanges' cursors. */
  rowsOf(id: InstrumentId): number {
    return this.#seatOf(id).market.rows ?? 0;
  }

  /**
   * Moves every market that concerns us towards `limit`. Stops as soon as an answer is booked before it:
   * the caller then looks at the queue again.
   */
  advance(limit: TimeUs): void {
    if (this.#seats.length === 1) {
      this.#advanceOnly(this.#seats[0] as Seat, limit);
      return;
    }
    for (;;) {
      const bound = Math.min(limit, this.#queue.peekAt());
      const step = stepTo(this.#seats, bound, this.#lookaheadUs);
      if (step === undefined) return;
      for (const seat of this.#seats) {
        if (seat.reached >= step || !seat.exchange.concernsUs(seat.index)) continue;
        this.#move(seat, step as TimeUs);
      }
    }
  }

  /** One market needs no lookahead: it goes straight to whatever is due next, if a row of its comes before that. */
  #advanceOnly(seat: Seat, limit: TimeUs): void {
    const { exchange, index, market } = seat;
    for (;;) {
      const bound = Math.min(limit, this.#queue.peekAt());
      if (seat.reached >= bound || market.nextAt() > bound) return;
      if (!exchange.concernsUs(index)) return;
      this.#move(seat, bound as TimeUs);
    }
  }

  /** One step of a market; a fill may have made a position that margin must carry. */
  #move(seat: Seat, limit: TimeUs): void {
    seat.reached = seat.exchange.advance(seat.index, limit);
    this.#watchMargin(seat.exchange, seat.reached as TimeUs);
  }

  /** A command arrives at its venue, or a venue does something by itself; the queue's time is `at`. */
  happen(booked: VenueCommand | VenueTask, at: TimeUs): void {
    switch (booked.kind) {
      case "SweepMargin":
        this.#sweep(booked.exchange, at);
        return;
      case "HappenOwn":
        this.#happenOwn(booked.exchange, at);
        return;
      case "SettleFunding":
        this.#settleFunding(booked.instrument, booked.rateE8, at);
        return;
      case "CarryOut":
        this.#carryOut(booked.command, this.#bringFor(booked.command, at), at);
        return;
      default:
        this.#arrive(booked, at);
    }
  }

  exchange(venue: VenueId): MockExchange {
    return this.#exchanges[venue] as MockExchange;
  }

  /** Something is done at a venue past the wires, its markets brought to `at`. */
  actAt(venue: VenueId, at: TimeUs, act: (exchange: MockExchange) => void): void {
    act(this.#bringAll(venue, at));
    this.#watchMargin(this.exchange(venue), at);
  }

  /** A command is at the door; most venues carry out at once what they admit. */
  #arrive(sent: VenueCommand, at: TimeUs): void {
    const exchange = this.#bringFor(sent, at);
    const tap = this.#tap;
    const command = tap === undefined ? sent : tap.arrives(exchange, sent, at);
    if (command === undefined) return;
    const heldUs = exchange.door.holdUs(command);
    const batch = (this.#wires[exchange.venue] as Wire).ticketOf(sent);
    if (!exchange.door.admit(command, at, batch)) tap?.arrived(exchange, command, at);
    else if (heldUs === 0) this.#carryOut(command, exchange, at);
    else this.#queue.push((at + heldUs) as TimeUs, RANK_ARRIVAL, { kind: "CarryOut", command });
  }

  #carryOut(admitted: VenueCommand, exchange: MockExchange, at: TimeUs): void {
    const tap = this.#tap;
    const command = tap?.acts === undefined ? admitted : tap.acts(exchange, admitted, at);
    if (command !== undefined) exchange.carryOut(command, at);
    tap?.arrived(exchange, admitted, at);
    this.#watchMargin(exchange, at);
    if (exchange.nextOwnAt !== undefined) this.#watchOwn(exchange, exchange.nextOwnAt);
  }

  /** The venue a command is for, its markets brought to `at`. */
  #bringFor(command: VenueCommand, at: TimeUs): MockExchange {
    if (!("venue" in command)) {
      const seat = this.#seatOf(command.instrument);
      this.#bringSeat(seat, at);
      return seat.exchange;
    }
    return this.#bringAll(command.venue, at);
  }

  #open(
    spec: ScenarioVenue,
    venue: VenueId,
    instruments: readonly Instrument[],
    scenario: Scenario,
    rng: KeyedRng,
  ): void {
    const link = (direction: "request" | "response") =>
      new Link({ venue: spec.name, direction, latency: spec.latency, rng });
    const answers = link("response");
    let ordinal = 0;
    const { profile } = spec;
    const exchange = new MockExchange({
      venue,
      profile,
      instruments,
      startingCash: startingCashOf(spec, instruments),
      outbox: {
        arrival: (at) => answers.arrival(at, "response", ordinal++),
        deliver: (event) => this.#said(venue, event),
      },
      market: (instrument, sink) => {
        const recorded = scenario.instruments[instrument.id]?.recording as Recording;
        const market = recordedMarket(instrument, recorded, profile, scenario.fillModel, sink);
        return this.#tap?.watched?.(market, recorded) ?? market;
      },
    });
    this.#exchanges.push(exchange);
    this.#sweeping.push(false);
    exchange.markets.forEach((market, index) => {
      const seat = { exchange, index, market, reached: Number.NEGATIVE_INFINITY };
      this.#seats.push(seat);
      this.#byInstrument[market.instrument.id] = seat;
    });
    const leaves = (command: VenueCommand, at: TimeUs) => this.#sent(venue, command, at);
    const leaveTogether = (commands: readonly BatchCommand[], at: TimeUs) => {
      const tap = this.#tap;
      if (tap?.sentTogether !== undefined) tap.sentTogether(venue, commands, at);
      else for (const command of commands) this.#sent(venue, command, at);
    };
    const { door } = exchange;
    const now = this.#now;
    this.#wires.push(new Wire({ link: link("request"), door, now, leaves, leaveTogether }));
  }

  #sent(venue: VenueId, command: VenueCommand, at: TimeUs): void {
    if (this.#tap === undefined) this.#queue.push(at, RANK_ARRIVAL, command);
    else this.#tap.sent(venue, command, at);
  }

  #said(venue: VenueId, event: Event): void {
    if (this.#tap === undefined) this.#queue.push(event.at, RANK_ANSWER, event);
    else this.#tap.said(venue, event);
  }

  #sweep(index: number, at: TimeUs): void {
    this.#sweeping[index] = false;
    const exchange = this.#bringAll(index, at);
    exchange.sweepMargin(at);
    this.#watchMargin(exchange, at);
  }

  /** Books what a venue will do of its own accord. A time that was moved later is looked at when it comes. */
  #watchOwn(exchange: MockExchange, at: TimeUs): void {
    const index = exchange.venue;
    if (at >= (this.#ownAt[index] ?? Number.POSITIVE_INFINITY)) return;
    this.#ownAt[index] = at;
    this.#queue.push(at, RANK_VENUE, { kind: "HappenOwn", exchange: index });
  }

  #happenOwn(index: number, at: TimeUs): void {
    if (this.#ownAt[index] === at) this.#ownAt[index] = Number.POSITIVE_INFINITY;
    const exchange = this.#bringAll(index, at);
    exchange.happenOwn(at);
    if (exchange.nextOwnAt !== undefined) this.#watchOwn(exchange, exchange.nextOwnAt);
  }

  /**
   * Books the next look at an account that holds something: on the next whole second, but not before a row could
   * have changed a price, and in no market's past.
   */
  #watchMargin(exchange: MockExchange, at: TimeUs): void {
    const index = exchange.venue;
    if (this.#sweeping[index] === true || !exchange.watchesMargin) return;
    let reached: number = at;
    let nextRow = Number.POSITIVE_INFINITY;
    for (const seat of this.#seats) {
      if (seat.exchange !== exchange) continue;
      reached = Math.max(reached, seat.reached);
      nextRow = Math.min(nextRow, seat.market.nextAt());
    }
    if (nextRow === Number.POSITIVE_INFINITY) return;
    const second = Math.max(Math.floor(reached / SWEEP_US) + 1, Math.ceil(nextRow / SWEEP_US));
    this.#sweeping[index] = true;
    const task = { kind: "SweepMargin", exchange: index } as const;
    this.#queue.push((second * SWEEP_US) as TimeUs, RANK_VENUE, task);
  }

  #settleFunding(id: InstrumentId, rateE8: number, at: TimeUs): void {
    const seat = this.#seatOf(id);
    this.#bringSeat(seat, at);
    seat.exchange.settleFunding(id, rateE8, at);
  }

  #bringAll(index: number, at: TimeUs): MockExchange {
    const exchange = this.#exchanges[index] as MockExchange;
    for (const seat of this.#seats) if (seat.exchange === exchange) this.#bringSeat(seat, at);
    return exchange;
  }

  /** Brings a market to `at` before something happens there. */
  #bringSeat(seat: Seat, at: TimeUs): void {
    while (seat.reached < at) this.#move(seat, at);
  }

  #seatOf(id: InstrumentId): Seat {
    const seat = this.#byInstrument[id];
    assert(seat !== undefined, `instrument ${id} has a market`);
    return seat;
  }
}
