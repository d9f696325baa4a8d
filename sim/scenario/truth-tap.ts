// Stands on the wires of a run that somebody asks about: everything passes as it would without, and is told.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import type { TruthObserver } from "../../src/ports/truth.ts";
import { LevelsMarket } from "../exchange/levels-market.ts";
import type { Market } from "../exchange/market.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import { OrderLevelMarket } from "../exchange/order-level-market.ts";
import { RecordedRows } from "../exchange/recorded-rows.ts";
import { WatchedMarket } from "../exchange/watched-market.ts";
import type { EventQueue } from "../kernel/event-queue.ts";
import type { Booked } from "./booked.ts";
import { RANK_ANSWER, RANK_ARRIVAL } from "./booked.ts";
import type { Recording } from "./scenario.ts";
import type { WireTap } from "./wire-tap.ts";

export class TruthTap implements WireTap {
  readonly #truth: TruthObserver;
  readonly #queue: EventQueue<Booked>;
  readonly #now: () => TimeUs;

  constructor(truth: TruthObserver, queue: EventQueue<Booked>, now: () => TimeUs) {
    this.#truth = truth;
    this.#queue = queue;
    this.#now = now;
  }

  sent(_venue: VenueId, command: VenueCommand, arrivesAt: TimeUs): void {
    this.#truth.learn({ kind: "RequestSent", at: this.#now(), arrivesAt, command });
    this.#queue.push(arrivesAt, RANK_ARRIVAL, command);
  }

  said(venue: VenueId, event: Event): void {
    this.#truth.said?.(venue, event);
    this.#queue.push(event.at, RANK_ANSWER, event);
  }

  arrives(_exchange: MockExchange, command: VenueCommand): VenueCommand {
    return command;
  }

  arrived(exchange: MockExchange, command: VenueCommand, at: TimeUs): void {
    if (command.kind !== "PlaceOrder" && command.kind !== "AmendOrder") return;
    const { orderId, instrument } = command;
    const market = exchange.desks.find((desk) => desk.instrument.id === instrument)?.market;
    const touch = { bid: market?.bestBid(), ask: market?.bestAsk() };
    this.#truth.learn({ kind: "RequestMet", at, orderId, ...touch });
  }

  watched(market: Market, recording: Recording): Market {
    return watchedMarket(market, recording, this.#truth);
  }
}

/** The market, followed where it knows of queues; one of candles does not. */
function watchedMarket(market: Market, recording: Recording, truth: TruthObserver): Market {
  if (market instanceof LevelsMarket && recording.kind === "levels") {
    return new WatchedMarket(market, RecordedRows.ofLevels(recording.source), truth);
  }
  if (market instanceof OrderLevelMarket && recording.kind === "orders") {
    return new WatchedMarket(market, RecordedRows.ofOrders(recording.source), truth);
  }
  return market;
}
