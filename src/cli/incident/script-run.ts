// Plays a script against a bot, under the simulator's own queue: the venue does what it did, the bot whatever it does now;
// and what was broken then is asked again. Same script and bot, same run.

import { EventQueue } from "../../../sim/kernel/event-queue.ts";
import {
  RANK_ANSWER,
  RANK_ARRIVAL,
  RANK_TIMER,
  RANK_VENUE,
  RANK_WAKE,
} from "../../../sim/scenario/booked.ts";
import { BrokenPromise } from "../../domain/assert.ts";
import type { PlaceOrder, VenueCommand } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { TimeUs } from "../../domain/units.ts";
import { timeUs } from "../../domain/units.ts";
import type { Script } from "../../incident/script.ts";
import { playedLegs } from "./script-legs.ts";
import type { Played, Player, ScriptListener, Stage } from "./script-play.ts";
import { ScriptWatch } from "./script-watch.ts";
import type { Base, DeskOrder } from "./scripted-desk.ts";
import { ScriptedDesk } from "./scripted-desk.ts";

/** 2024-01-01 00:00 UTC, as in every made-up world here. */
export const START_US = 1_704_067_200_000_000;
const SECOND_US = 1_000_000;
const REQUEST_US = 20_000;
const ANSWER_US = 10_000;
/** Beyond the script's own length: for a hold, a close, and whatever a bot waits for. */
const GRACE_US = 900 * SECOND_US;
/** More than an hour of a busy bot; reaching it is told as what it is. */
const EVENTS_MAX = 500_000;

type Entry =
  | Readonly<{ kind: "tell"; body: object }>
  | Readonly<{ kind: "arrive"; command: VenueCommand }>
  | Readonly<{ kind: "act"; desk: ScriptedDesk; order: DeskOrder }>
  | Readonly<{ kind: "timer"; timer: number; set: number }>
  | Readonly<{ kind: "second" }>;

/** Plays `script` to its end. @throws {CliError} when it does not fit the instruments. */
export function playScript(
  script: Script,
  instruments: readonly Instrument[],
  makePlayer: (stage: Stage) => Player,
  listener?: ScriptListener,
): Played {
  return new ScriptRun(script, instruments, makePlayer, listener).finish();
}

class ScriptRun {
  readonly #queue = new EventQueue<Entry>();
  readonly #desks: readonly ScriptedDesk[];
  readonly #venues: number;
  readonly #watch: ScriptWatch;
  readonly #timers = new Map<number, number>();
  readonly #player: Player;
  readonly #listener: ScriptListener | undefined;
  readonly #endsAt: number;
  readonly #believed = (instrument: number): number => this.#player.believed(instrument);
  #now = START_US;
  #timersSet = 0;
  #onWire = 0;
  #events = 0;
  #orders = 0;

  constructor(
    script: Script,
    instruments: readonly Instrument[],
    makePlayer: (stage: Stage) => Player,
    listener: ScriptListener | undefined,
  ) {
    this.#listener = listener;
    const legs = playedLegs(script, instruments);
    const say = (body: object): void => this.#say(body);
    const base: Base = { units: undefined };
    this.#desks = legs.map(
      (leg, index) => new ScriptedDesk(instruments[index] as Instrument, leg, base, say),
    );
    this.#venues = 1 + Math.max(...instruments.map(({ venue }) => venue));
    this.#watch = new ScriptWatch(this.#desks);
    const acts = legs.flatMap(({ orders }) => orders.flat());
    this.#endsAt = START_US + acts.reduce((sum, { after }) => sum + after, 0) + GRACE_US;
    this.#player = makePlayer({
      instruments,
      now: () => this.#now as TimeUs,
      touch: (instrument) => legs[instrument] ?? { bid: 1, ask: 2 },
      send: (command) => {
        listener?.sends(this.#now, command);
        if (command.kind === "PlaceOrder") this.#leaves(command);
        this.#onWire += 1;
        this.#book(REQUEST_US, RANK_ARRIVAL, { kind: "arrive", command });
      },
      setTimer: (timer, at) => {
        this.#timersSet += 1;
        this.#timers.set(timer, this.#timersSet);
        this.#book(at - this.#now, RANK_TIMER, { kind: "timer", timer, set: this.#timersSet });
      },
      clearTimer: (timer) => void this.#timers.delete(timer),
    });
    listener?.begins(this.#player, this.#desks);
  }

  finish(): Played {
    for (let venue = 0; venue < this.#venues; venue += 1) {
      this.#say({ kind: "LinkChanged", venue, link: "up", cause: "begins" });
    }
    this.#book(0, RANK_WAKE, { kind: "second" });
    try {
      this.#drain();
    } catch (error) {
      if (!(error instanceof BrokenPromise)) throw error;
      this.#watch.broke(this.#now, "B15", "a-promise-broke", error.message);
    }
    const { broken } = this.#watch;
    return {
      broken,
      positions: this.#desks.map(({ leg, truth, instrument }) => ({
        ...{ leg: leg.leg, truth, believed: this.#player.believed(instrument.id) },
      })),
      events: this.#events,
      orders: this.#orders,
      unplayed: this.#desks.reduce((sum, desk) => sum + desk.unplayed, 0),
      haltReason: this.#player.haltReason,
      endedAt: this.#now,
    };
  }

  #drain(): void {
    while (this.#queue.size > 0 && this.#queue.peekAt() <= this.#endsAt) {
      if (this.#events >= EVENTS_MAX) {
        this.#watch.broke(this.#now, "B15", "no-end", `${EVENTS_MAX} events, and no end`);
        return;
      }
      this.#now = this.#queue.peekAt();
      this.#take(this.#queue.pop());
      if (this.#onWire === 0) this.#watch.quiet(this.#now - START_US, this.#believed);
    }
  }

  #take(entry: Entry): void {
    switch (entry.kind) {
      case "tell":
        this.#onWire -= 1;
        this.#hear(entry.body);
        return;
      case "arrive":
        this.#onWire -= 1;
        this.#listener?.arrives(this.#now, entry.command);
        this.#arrive(entry.command);
        this.#listener?.arrived(this.#now);
        return;
      case "act":
        entry.desk.act(entry.order);
        this.#bookAct(entry.desk, entry.order);
        return;
      case "timer":
        if (this.#timers.get(entry.timer) !== entry.set) return;
        this.#timers.delete(entry.timer);
        this.#hear({ kind: "TimerFired", timer: entry.timer });
        return;
      case "second":
        this.#watch.second(this.#now - START_US);
        for (const { instrument, leg } of this.#desks) {
          this.#hear({
            kind: "BookChanged",
            instrument: instrument.id,
            bid: leg.bid,
            ask: leg.ask,
          });
        }
        this.#book(SECOND_US, RANK_WAKE, { kind: "second" });
        return;
      default:
        entry satisfies never;
    }
  }

  #leaves(order: PlaceOrder): void {
    const desk = this.#desk(order.instrument);
    if (desk !== undefined) {
      this.#watch.placed(this.#now - START_US, desk, order, this.#believed);
    }
  }

  #arrive(command: VenueCommand): void {
    switch (command.kind) {
      case "PlaceOrder": {
        const desk = this.#desk(command.instrument);
        if (desk === undefined) return;
        this.#orders += 1;
        const order = desk.place(command);
        if (order !== undefined) this.#bookAct(desk, order);
        return;
      }
      case "CancelOrder":
        this.#desk(command.instrument)?.cancel(command);
        return;
      case "AmendOrder":
        this.#desk(command.instrument)?.amend(command);
        return;
      case "CancelAll":
        for (const desk of this.#at(command.venue)) {
          if (command.instrument !== undefined && command.instrument !== desk.instrument.id)
            continue;
          for (const { command: placed } of desk.open) desk.cancel(placed);
        }
        return;
      case "ReportAccount":
        this.#report(command.venue);
        return;
      case "ScheduleCancel": {
        const { venue, at: cancelAt } = command;
        this.#say({ kind: "CancelScheduled", venue, cancelAt, refusal: undefined });
        return;
      }
      default:
        command satisfies never;
    }
  }

  #report(venue: number): void {
    const desks = this.#at(venue);
    this.#say({
      ...{ kind: "AccountReported", venue, balance: 0 },
      positions: desks.map(({ instrument, truth }) => ({ instrument: instrument.id, lots: truth })),
      openOrders: desks.flatMap((desk) =>
        desk.open.map(({ command, price, size, filled }) => ({
          instrument: desk.instrument.id,
          ...{ orderId: command.orderId, side: command.side, price, leaves: size - filled },
        })),
      ),
    });
  }

  #desk(instrument: number): ScriptedDesk | undefined {
    return this.#desks.find((desk) => desk.instrument.id === instrument);
  }

  #at(venue: number): readonly ScriptedDesk[] {
    return this.#desks.filter(({ instrument }) => instrument.venue === venue);
  }

  #bookAct(desk: ScriptedDesk, order: DeskOrder): void {
    const act = order.acts[order.next];
    if (act !== undefined) this.#book(act.after, RANK_VENUE, { kind: "act", desk, order });
  }

  /** An answer sets out on its way back. */
  #say(body: object): void {
    this.#onWire += 1;
    const venueAt = timeUs(this.#now);
    this.#book(ANSWER_US, RANK_ANSWER, { kind: "tell", body: { venueAt, ...body } });
    this.#listener?.says({ at: venueAt, venueAt, ...body } as Event);
  }

  #hear(body: object): void {
    this.#events += 1;
    const at = timeUs(this.#now);
    const event = { at, venueAt: at, ...body } as Event;
    if (event.kind === "OrderClosed") this.#watch.ended(event.orderId);
    this.#listener?.hears(this.#now, event);
    this.#player.handle(event);
    this.#listener?.heard(this.#now);
  }

  #book(after: number, rank: number, entry: Entry): void {
    this.#queue.push(timeUs(this.#now + Math.max(0, after)), rank, entry);
  }
}
