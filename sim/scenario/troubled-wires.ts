// The wires of a trial: each command and each answer is told to the checkers, then goes its way, or meets its fault;
// what the venue in its present state makes of a command is decided before the door is reached.

import type { PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { AccountReported, Event, RefusalReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { PriceTicks, SizeLots, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Hooks } from "../checkers/checker.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import { fillResting } from "../faults/account-strokes.ts";
import type { Fault } from "../faults/fault.ts";
import type { EventQueue } from "../kernel/event-queue.ts";
import {
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

const THOUSAND = 1000;

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
    const { checkers, now, session, counters, troubled } = this.#parts;
    const trouble = this.#venues[venue] as VenueTrouble;
    const ordinal = trouble.sent;
    trouble.sent += 1;
    checkers().sent(command, session());
    if (trouble.isCut(now())) return;
    const arrival = trouble.stalled.meets(now()) ? Math.max(at, trouble.stalled.until) : at;
    const fault = this.isFair ? undefined : trouble.requests.take(ordinal, command);
    if (fault === undefined) {
      this.#book(trouble, command, arrival);
      return;
    }
    counters.fired(fault.kind, "orderId" in command ? command.orderId : undefined);
    troubled(now() + fault.parameter);
    this.#struck(trouble, command, arrival, fault);
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
    const fault = this.isFair ? undefined : trouble.answers.take(ordinal, told);
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
    const fault = this.#atArrival.size === 0 ? undefined : this.#atArrival.get(command);
    if (fault !== undefined) this.#atArrival.delete(command);
    if (fate === "passes") {
      const goesOn = fault === undefined ? command : this.#meet(exchange, command, fault, at);
      if (goesOn !== undefined) return goesOn;
    } else if (fate === "unknown") this.#tellUnknown(trouble, command, at);
    else refuse(exchange, command, fate.refused, at);
    this.arrived(exchange, command);
    return undefined;
  }

  arrived(exchange: MockExchange, command: VenueCommand): void {
    const trouble = this.#venues[exchange.venue] as VenueTrouble;
    trouble.inFlight -= 1;
    this.#cutFrom = undefined;
    this.#parts.checkers().arrived(command);
  }

  /** An answer is due: false when it is lost after all. */
  delivers(event: Event, venue: VenueId): boolean {
    const trouble = this.#venues[venue] as VenueTrouble;
    trouble.answersOnWire -= 1;
    return !trouble.loses(event, this.#parts.now());
  }

  #book(trouble: VenueTrouble, command: VenueCommand, at: number): void {
    trouble.inFlight += 1;
    this.#parts.queue().push(at as TimeUs, RANK_ARRIVAL, command);
  }

  #tell(trouble: VenueTrouble, event: Event, at: number): void {
    trouble.answersOnWire += 1;
    const told = event.at === at ? event : ({ ...event, at } as Event);
    const { ties } = this;
    const rank = at < ties.until ? permutedRank(ties.word, trouble.said) : RANK_ANSWER;
    this.#parts.queue().push(told.at, rank, told);
  }

  #struck(trouble: VenueTrouble, command: VenueCommand, at: number, fault: Fault): void {
    const { counters } = this.#parts;
    switch (fault.kind) {
      case "request-lost":
        break;
      case "request-late":
        this.#book(trouble, command, at + fault.parameter);
        break;
      case "request-duplicated":
        this.#book(trouble, command, at);
        this.#book(trouble, command, at + fault.parameter);
        break;
      case "gateway-error-executed":
        this.#book(trouble, command, at);
        this.#tellUnknown(trouble, command, at as TimeUs);
        break;
      case "gateway-error-dropped":
        this.#tellUnknown(trouble, command, at as TimeUs);
        break;
      default:
        this.#atArrival.set(command, fault);
        this.#book(trouble, command, at);
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
    const desk = "instrument" in command ? deskOf(exchange, command.instrument) : undefined;
    const { counters } = this.#parts;
    if (desk === undefined || !("orderId" in command)) return command;
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
    const changed = this.#meetPlace(exchange, command, fault);
    if (changed === command) return command;
    counters.effective(kind);
    if (typeof changed !== "string") return changed;
    desk.refuse(command.orderId, "place", changed, at);
    return undefined;
  }

  /** The order that goes on instead, or why it is refused. */
  #meetPlace(
    exchange: MockExchange,
    command: PlaceOrder,
    { kind, parameter }: Fault,
  ): PlaceOrder | RefusalReason {
    const desk = deskOf(exchange, command.instrument);
    const { price, side, size } = command;
    switch (kind) {
      case "place-refused":
        return desk === undefined ? "insufficient-margin" : exchange.account.lacks(desk.holding);
      case "post-only-refused":
        return "post-only-would-cross";
      case "reduce-only-refused":
        return "reduce-only";
      case "post-only-repriced": {
        if (price === undefined) return command;
        const off = side === "bid" ? price - parameter : price + parameter;
        return off < 1 ? command : { ...command, price: off as PriceTicks };
      }
      case "place-partly-filled": {
        const touch = side === "bid" ? desk?.market.bestAsk() : desk?.market.bestBid();
        if (touch === undefined || command.timeInForce === "POST_ONLY") return command;
        const takes = price === undefined || (side === "bid" ? price >= touch : price <= touch);
        const part = Math.floor((size * parameter) / THOUSAND);
        if (!takes || part === 0 || command.timeInForce === "FOK") return command;
        this.#cutFrom = command;
        // Of the part, too, nothing may rest: the whole was told.
        const timeInForce = price === undefined ? command.timeInForce : "IOC";
        return { ...command, size: part as SizeLots, timeInForce };
      }
      default:
        return command;
    }
  }

  /** A gateway's error reaches us one way later: it proves nothing of the command. */
  #tellUnknown(trouble: VenueTrouble, command: VenueCommand, at: TimeUs): void {
    if (!("orderId" in command)) return;
    const venue = this.#parts.instruments()[command.instrument]?.venue ?? 0;
    const arrives = (at + (this.#parts.responseUs[venue] ?? 0)) as TimeUs;
    this.#tell(trouble, unknownOutcome(command, at, arrives), arrives);
  }
}
