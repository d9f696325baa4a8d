// The wires of a trial: each command and each answer is told to the checkers, then goes its way, or meets its fault;
// what the venue in its present state makes of a command is decided before the door is reached.

import type { PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { AccountReported, Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Hooks } from "../checkers/checker.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import { fillResting } from "../faults/account-strokes.ts";
import type { Fault } from "../faults/fault.ts";
import type { EventQueue } from "../kernel/event-queue.ts";
import {
  alteredPlace,
  cut,
  deskOf,
  permutedRank,
  refuse,
  uncut,
  unknownOutcome,
  unreadable,
} from "./altered-messages.ts";
import type { Booked } from "./booked.ts";
import { RANK_ANSWER, RANK_ARRIVAL } from "./booked.ts";
import type { FaultCounters } from "./fault-counters.ts";
import { toldAt } from "./told-at.ts";
import type { VenueTrouble } from "./venue-trouble.ts";
import type { WireTap } from "./wire-tap.ts";

export type TroubledWiresParts = Readonly<{
  instruments: () => readonly Instrument[];
  venues: readonly VenueTrouble[];
  /** By venue: no answer is faster than this, µs. */
  responseUs: readonly number[];
  queue: () => EventQueue<Booked>;
  checkers: () => Required<Hooks>;
  counters: FaultCounters;
  now: () => TimeUs;
  session: () => number;
  /** A message met its fault: belief may be wrong for a while. */
  troubled: (until: number) => void;
}>;

/** What leaves as one message. */
type Request = readonly VenueCommand[];

export class TroubledWires implements WireTap {
  readonly #parts: TroubledWiresParts;
  readonly #venues: readonly VenueTrouble[];
  /** What is to meet a command where it arrives. */
  readonly #atArrival = new Map<VenueCommand, Fault>();
  /** Commands that have waited for a slow venue. */
  readonly #waited = new Set<VenueCommand>();
  /** Lots of the order that is being filled in part, as it was asked. */
  #cutFrom: PlaceOrder | undefined;
  /** What is said now is not heard by anyone. */
  isMuted = false;
  /** What is said now is said twice. */
  saysTwice = false;
  /** Until then, ties are broken by another order, of this number. */
  ties = { until: Number.NEGATIVE_INFINITY, word: 0 };
  /** The last phase is a fair world: no message meets a fault any more. */
  isFair = false;

  constructor(parts: TroubledWiresParts) {
    this.#parts = parts;
    this.#venues = parts.venues;
  }

  sent(venue: VenueId, command: VenueCommand, at: TimeUs): void {
    this.sentTogether(venue, [command], at);
  }

  /** A request has one fate, whatever it carries; what a venue makes of an order strikes its first command. */
  sentTogether(venue: VenueId, commands: Request, at: TimeUs): void {
    const head = commands[0] as VenueCommand;
    const { checkers, now, session, counters, troubled } = this.#parts;
    const trouble = this.#venues[venue] as VenueTrouble;
    const ordinal = trouble.sent;
    trouble.sent += 1;
    for (const command of commands) checkers().sent(command, session());
    if (trouble.isCut(now())) return;
    const arrival = trouble.stalled.meets(now()) ? Math.max(at, trouble.stalled.until) : at;
    const fault = this.isFair ? undefined : trouble.requests.take(ordinal, head, now());
    if (fault === undefined) {
      this.#book(trouble, commands, arrival);
      return;
    }
    counters.fired(fault.kind, "orderId" in head ? head.orderId : undefined);
    troubled(now() + fault.parameter);
    this.#struck(trouble, commands, arrival, fault);
  }

  said(venue: VenueId, event: Event): void {
    if (this.isMuted) return;
    const { checkers, counters, troubled } = this.#parts;
    const trouble = this.#venues[venue] as VenueTrouble;
    const told = this.#cutFrom === undefined ? event : uncut(event, this.#cutFrom);
    checkers().says(told, venue);
    const ordinal = trouble.said;
    trouble.said += 1;
    if (told.kind === "AccountReported") trouble.keep(told);
    const now = told.venueAt;
    if (trouble.isCut(now)) return;
    if (told.kind !== "AccountReported" && trouble.expired.meets(now)) return;
    const at = trouble.stalled.meets(now) ? Math.max(told.at, trouble.stalled.until) : told.at;
    const fault = this.isFair ? undefined : trouble.answers.take(ordinal, told, this.#parts.now());
    if (this.saysTwice) this.#tell(trouble, told, at + 1);
    if (fault === undefined) {
      this.#tell(trouble, told, at);
      return;
    }
    counters.fired(fault.kind, "orderId" in told ? told.orderId : undefined);
    troubled(at + fault.parameter);
    this.#answerStruck(trouble, told, at, fault);
  }

  arrives(exchange: MockExchange, command: VenueCommand, at: TimeUs): VenueCommand | undefined {
    const trouble = this.#venues[exchange.venue] as VenueTrouble;
    if (trouble.slow.meets(at) && !this.#waited.has(command)) {
      this.#waited.add(command);
      this.#parts.queue().push((at + trouble.slowUs) as TimeUs, RANK_ARRIVAL, command);
      return undefined;
    }
    if (this.#waited.size > 0) this.#waited.delete(command);
    this.#parts.checkers().arrives(command);
    const fate = trouble.fateOf(command, at);
    if (fate === "passes") return command;
    if (fate === "unknown") this.#tellUnknown(trouble, command, at);
    else refuse(exchange, command, fate.refused, at);
    this.arrived(exchange, command);
    return undefined;
  }

  acts(exchange: MockExchange, command: VenueCommand, at: TimeUs): VenueCommand | undefined {
    if (exchange.door.holdUs(command) > 0) this.#parts.checkers().resumes(command);
    const fault = this.#atArrival.size === 0 ? undefined : this.#atArrival.get(command);
    return fault === undefined ? command : this.#meet(exchange, command, fault, at);
  }

  arrived(exchange: MockExchange, command: VenueCommand): void {
    const trouble = this.#venues[exchange.venue] as VenueTrouble;
    trouble.inFlight -= 1;
    if (this.#atArrival.size > 0) this.#atArrival.delete(command);
    this.#cutFrom = undefined;
    this.#parts.checkers().arrived(command);
  }

  /** An answer is due: false when it is lost after all. */
  delivers(event: Event, venue: VenueId): boolean {
    const trouble = this.#venues[venue] as VenueTrouble;
    trouble.answersOnWire -= 1;
    return !trouble.loses(event, this.#parts.now());
  }

  #book(trouble: VenueTrouble, commands: Request, at: number): void {
    trouble.inFlight += commands.length;
    const queue = this.#parts.queue();
    for (const command of commands) queue.push(at as TimeUs, RANK_ARRIVAL, command);
  }

  #tell(trouble: VenueTrouble, event: Event, at: number): void {
    trouble.answersOnWire += 1;
    const told = toldAt(event, at as TimeUs);
    const { ties } = this;
    const rank = at < ties.until ? permutedRank(ties.word, trouble.said) : RANK_ANSWER;
    this.#parts.queue().push(told.at, rank, told);
  }

  #struck(trouble: VenueTrouble, commands: Request, at: number, fault: Fault): void {
    const { counters } = this.#parts;
    switch (fault.kind) {
      case "request-lost":
        break;
      case "request-late":
        this.#book(trouble, commands, at + fault.parameter);
        break;
      case "request-duplicated":
        this.#book(trouble, commands, at);
        this.#book(trouble, commands, at + fault.parameter);
        break;
      case "gateway-error-executed":
        this.#book(trouble, commands, at);
        for (const each of commands) this.#tellUnknown(trouble, each, at as TimeUs);
        break;
      case "gateway-error-dropped":
        for (const each of commands) this.#tellUnknown(trouble, each, at as TimeUs);
        break;
      default:
        this.#atArrival.set(commands[0] as VenueCommand, fault);
        this.#book(trouble, commands, at);
        return;
    }
    counters.effective(fault.kind);
  }

  #answerStruck(trouble: VenueTrouble, event: Event, at: number, fault: Fault): void {
    const { counters } = this.#parts;
    const { kind, parameter } = fault;
    switch (kind) {
      case "answer-late":
      case "acknowledgement-late":
      case "fill-late":
        this.#tell(trouble, event, at + parameter);
        break;
      case "answer-duplicated":
      case "fill-duplicated":
        this.#tell(trouble, event, at);
        this.#tell(trouble, event, at + parameter);
        break;
      case "answer-unreadable": {
        const unknown = unreadable(event);
        if (unknown !== undefined) this.#tell(trouble, unknown, at);
        break;
      }
      case "report-stale": {
        const old = trouble.reportBefore(event.venueAt - parameter);
        this.#tell(trouble, old ?? event, at);
        if (old === undefined) return;
        break;
      }
      case "report-cut":
        this.#tell(trouble, cut(event as AccountReported, parameter), at);
        break;
      default:
      // Lost, whatever it said.
    }
    counters.effective(kind);
  }

  /** A fault waits for a command at its venue: what is left to carry out. */
  #meet(
    exchange: MockExchange,
    command: VenueCommand,
    fault: Fault,
    at: TimeUs,
  ): VenueCommand | undefined {
    const { kind, parameter } = fault;
    const { counters } = this.#parts;
    if (!("orderId" in command)) return command;
    const desk = deskOf(exchange, command.instrument);
    if (desk === undefined) return command;
    switch (kind) {
      case "fill-races-request":
        if (fillResting(desk, command.orderId, parameter, at)) counters.effective(kind);
        return command;
      case "amend-half-done": {
        if (command.kind !== "AmendOrder") return command;
        counters.effective(kind);
        const { instrument, orderId } = command;
        exchange.carryOut({ kind: "CancelOrder", instrument, orderId }, at);
        desk.refuse(orderId, "amend", exchange.account.lacks(desk.holding), at);
        return undefined;
      }
      default:
    }
    if (command.kind !== "PlaceOrder") return command;
    const changed = alteredPlace(exchange, command, fault);
    if (changed === command) return command;
    if (kind === "place-partly-filled") this.#cutFrom = command;
    counters.effective(kind);
    if (typeof changed !== "string") return changed;
    desk.refuse(command.orderId, "place", changed, at);
    return undefined;
  }

  /** A gateway's error reaches us one way later: it proves nothing of the command. */
  #tellUnknown(trouble: VenueTrouble, command: VenueCommand, at: TimeUs): void {
    if (!("orderId" in command)) return;
    const venue = this.#parts.instruments()[command.instrument]?.venue ?? 0;
    const arrives = (at + (this.#parts.responseUs[venue] ?? 0)) as TimeUs;
    this.#tell(trouble, unknownOutcome(command, at, arrives), arrives);
  }
}
