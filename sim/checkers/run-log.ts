// What the suite writes down of a run for all its checkers: orders by what was asked and said, fills by who knows them.
// Memory is bounded: orders long over leave, heard trades are remembered in a ring. It judges nothing.

import type { PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { AccountReported, Event, OrderAccepted, OrderFilled } from "../../src/domain/event.ts";
import type { InstrumentId, OrderId, VenueId } from "../../src/domain/units.ts";
import type { VenueOrder } from "../exchange/market.ts";
import type { OrderFact } from "./order-fact.ts";
import { leavesOf } from "./order-fact.ts";
import type { Scene } from "./scene.ts";
import { TradeLog } from "./trade-log.ts";

/** Orders that are over and still known: minutes of a fast bot, and longer than any answer is held back. */
const OVER_MAX = 2048;

export class RunLog {
  readonly trades: TradeLog;
  /** By instrument: orders the venue holds, in the order they became live. */
  readonly live: readonly OrderFact[][];
  /** By instrument: lots that rest on each side. */
  readonly restingBids: Float64Array;
  readonly restingAsks: Float64Array;
  /** By venue: when somebody else last changed the account; −Infinity before. */
  readonly intervenedAt: Float64Array;
  /** The order the last thing said was of, if it was of one. */
  said: OrderFact | undefined;
  /** When the bot's present life began, and whether it had declared a halt before the event being handled. */
  beganAt = Number.NEGATIVE_INFINITY;
  wasHalted = false;
  /** The last process died while its disk failed: what it heard since then may be on no record. */
  mayHaveForgotten = false;
  readonly #scene: Scene;
  readonly #orders: readonly Map<OrderId, OrderFact>[];
  readonly #over: OrderFact[] = [];
  #overNext = 0;
  #places = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
    const { instruments } = scene;
    const venues = instruments.reduce((most, each) => Math.max(most, each.venue + 1), 0);
    this.trades = new TradeLog(instruments.length, venues);
    this.live = instruments.map(() => []);
    this.restingBids = new Float64Array(instruments.length);
    this.restingAsks = new Float64Array(instruments.length);
    this.intervenedAt = new Float64Array(venues).fill(Number.NEGATIVE_INFINITY);
    this.#orders = Array.from({ length: venues }, () => new Map());
  }

  get venues(): number {
    return this.#orders.length;
  }

  find(venue: number, id: OrderId): OrderFact | undefined {
    return this.#orders[venue]?.get(id);
  }

  venueOf(instrument: InstrumentId): VenueId {
    return (this.#scene.instruments[instrument] as { venue: VenueId }).venue;
  }

  venueOfCommand(command: VenueCommand): VenueId {
    return "orderId" in command ? this.venueOf(command.instrument) : command.venue;
  }

  /** µs without any outage, of a bot that runs; below 0 while one is on. */
  calmUs(): number {
    const { troubledUntil, now } = this.#scene;
    return now - Math.max(troubledUntil, this.beganAt);
  }

  /** The same, counted from when no fault struck any more; below 0 before. */
  healedUs(): number {
    const { healedAt, now } = this.#scene;
    return healedAt === undefined ? -1 : Math.min(this.calmUs(), now - healedAt);
  }

  sent(command: VenueCommand): void {
    if (command.kind !== "PlaceOrder") return;
    const venue = this.venueOf(command.instrument);
    if (this.find(venue, command.orderId) === undefined) this.#add(command, venue, true);
  }

  arrives(command: VenueCommand): void {
    if (command.kind !== "PlaceOrder") return;
    const venue = this.venueOf(command.instrument);
    const order = this.find(venue, command.orderId) ?? this.#add(command, venue, false);
    if (order.arrivedAt < 0) order.arrivedAt = this.#scene.now;
    else order.isCopied = true;
  }

  says(event: Event, venue: VenueId): void {
    this.said = undefined;
    switch (event.kind) {
      case "OrderAccepted":
        this.#accepted(event, venue);
        break;
      case "OrderRefused":
        if (event.request === "place") {
          const order = this.find(venue, event.orderId);
          // A copy was refused, for no reason that tells it from the first: its bot hears that the order never was.
          if (order?.stage === "live" && event.reason !== "duplicate-order-id") {
            order.isDenied = true;
          }
          this.#move(order, "refused");
        } else this.#move(this.find(venue, event.orderId), undefined);
        break;
      case "OrderFilled": {
        this.trades.said(event, venue);
        const order = this.find(venue, event.orderId);
        if (order === undefined || !order.isOurs) this.intervenedAt[venue] = this.#scene.now;
        this.#move(order, undefined);
        if (order === undefined) break;
        order.filled += event.size;
        if (order.stage === "live") this.#rest(order, -event.size);
        break;
      }
      case "OrderClosed":
        this.#move(this.find(venue, event.orderId), "over");
        break;
      default:
    }
  }

  /** A fill was heard. */
  filled(event: OrderFilled): void {
    const disk = this.#diskMayRefuse() ? "refuses" : "takes";
    this.trades.heard(event, this.venueOf(event.instrument), disk);
  }

  /** At this level its disk may refuse the journal; at any other it takes all of it. */
  #diskMayRefuse(): boolean {
    const level = this.#scene.belief?.health.degradation;
    return level === "critical" || level === "emergency";
  }

  /** The process died. */
  crashed(during: Event | undefined): void {
    this.mayHaveForgotten = this.#diskMayRefuse();
    if (this.mayHaveForgotten) this.trades.forget();
    // What it died at may be on record: a fill, and what an order's end or a report counted.
    if (during?.kind === "OrderFilled") {
      this.trades.died(during, this.venueOf(during.instrument));
    } else if (during?.kind === "OrderClosed") {
      this.trades.ended(this.venueOf(during.instrument), during.orderId);
    } else if (during?.kind === "AccountReported") {
      this.trades.reported(during.venue, during.venueAt);
    }
  }

  /** A report was heard: what it counted of fills, and what it left out. */
  reported(report: AccountReported): void {
    const { venue, venueAt, openOrders } = report;
    this.trades.reported(venue, venueAt);
    for (const { id, venue: own } of this.#scene.instruments) {
      if (own !== venue) continue;
      for (const order of this.live[id] as OrderFact[]) {
        if (order.isDenied || order.liveAt > venueAt) continue;
        order.isDenied = !openOrders.some((each) => each.orderId === order.orderId);
      }
    }
  }

  /** Takes over what a venue holds now, whatever was said. */
  intervened(venue: VenueId): void {
    this.intervenedAt[venue] = this.#scene.now;
    for (const market of this.#scene.exchange(venue).markets) {
      const { id } = market.instrument;
      const held = market.orders();
      for (const order of [...(this.live[id] as OrderFact[])]) {
        if (!held.some((each) => each.orderId === order.orderId)) this.#move(order, "over");
      }
      for (const each of held) this.#adopt(each, id, venue);
    }
  }

  #adopt(held: VenueOrder, instrument: InstrumentId, venue: VenueId): void {
    const known = this.find(venue, held.orderId);
    const order = known ?? this.#add({ ...held, instrument }, venue, false);
    if (order.stage === "live") this.#rest(order, -leavesOf(order));
    order.price = held.price;
    order.size = held.size;
    order.filled = held.filled;
    if (order.stage === "live") this.#rest(order, leavesOf(order));
    else this.#move(order, "live");
  }

  #accepted(event: OrderAccepted, venue: VenueId): void {
    const order = this.find(venue, event.orderId);
    // A liquidation, or a stranger nobody announced: its side is not told. What rests of it `intervened` finds.
    if (order === undefined) return;
    const resizes = order.stage === "live";
    if (resizes) this.#rest(order, -leavesOf(order));
    const keeps = event.price === order.price && event.size <= order.size;
    if (order.price !== undefined) {
      if (event.request === "place" && event.price !== order.price) order.isRepriced = true;
      order.price = event.price;
    }
    order.size = event.size;
    // Its first request came to nothing on its way, behind the venue's door: the copy is what arrived.
    if (order.stage === "asked" && order.isCopied) order.arrivedAt = this.#scene.now;
    // Its first request was refused, and a copy of it taken: its bot was told that it is over.
    if (order.stage === "refused") order.isDenied = true;
    if (!resizes || !keeps) order.place = this.#nextPlace();
    if (resizes) this.#rest(order, leavesOf(order));
    this.#move(order, "live");
  }

  #move(order: OrderFact | undefined, stage: OrderFact["stage"] | undefined): void {
    this.said = order;
    if (order === undefined) return;
    order.stageBefore = order.stage;
    if (stage === undefined || stage === order.stage) return;
    const live = this.live[order.instrument] as OrderFact[];
    if (order.stage === "live") {
      // Of an order the venue still holds a place can only be refused a second time.
      if (stage === "refused") return;
      this.#rest(order, -leavesOf(order));
      const index = live.indexOf(order);
      if (index >= 0) live.splice(index, 1);
    }
    order.stage = stage;
    if (stage === "live") {
      order.liveAt = this.#scene.now;
      live.push(order);
      this.#rest(order, leavesOf(order));
    } else this.#ended(order);
  }

  #rest(order: OrderFact, lots: number): void {
    const column = order.side === "bid" ? this.restingBids : this.restingAsks;
    column[order.instrument] = (column[order.instrument] as number) + lots;
  }

  #ended(order: OrderFact): void {
    if (this.#over.length < OVER_MAX) {
      this.#over.push(order);
      return;
    }
    const old = this.#over[this.#overNext] as OrderFact;
    const isGone = old.stage !== "live" && this.find(old.venue, old.orderId) === old;
    if (isGone) (this.#orders[old.venue] as Map<OrderId, OrderFact>).delete(old.orderId);
    this.#over[this.#overNext] = order;
    this.#overNext = (this.#overNext + 1) % OVER_MAX;
  }

  #nextPlace(): number {
    this.#places += 1;
    return this.#places;
  }

  #add(command: Omit<PlaceOrder, "kind">, venue: VenueId, isOurs: boolean): OrderFact {
    const { orderId, instrument, side, timeInForce, reduceOnly, price, size } = command;
    const { unheardBids, unheardAsks } = this.trades;
    const unheard = (side === "bid" ? unheardBids : unheardAsks)[instrument] as number;
    const order: OrderFact = {
      orderId,
      instrument,
      venue,
      side,
      timeInForce,
      reduceOnly,
      isOurs,
      sentAt: this.#scene.now,
      unheard,
      price,
      size,
      filled: 0,
      stage: "asked",
      stageBefore: "asked",
      arrivedAt: -1,
      liveAt: -1,
      isDenied: false,
      isRepriced: false,
      isCopied: false,
      place: this.#nextPlace(),
    };
    (this.#orders[venue] as Map<OrderId, OrderFact>).set(orderId, order);
    return order;
  }
}
