// Where the parts of the bot meet: positions as known, orders, named waits, and the commands of one decision.
// It decides nothing. Positions are belief, plus fills that ends have counted and that are still on their way, plus
// what the venue's reports have twice said that belief does not hold.

import { assert } from "../../src/domain/assert.ts";
import type { Command } from "../../src/domain/command.ts";
import type { LegInstruments, PerLeg } from "../../src/domain/common-units.ts";
import { netUnits, unitsPerLot } from "../../src/domain/common-units.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { InstrumentId, OrderId, Side, VenueId } from "../../src/domain/units.ts";
import { priceTicks, sizeLots } from "../../src/domain/units.ts";
import type { BookView, OrderView, View } from "../../src/ports/view.ts";
import type { HedgeConfig, HedgeLegConfig } from "./hedge-config.ts";
import type { Leg } from "./hedge-target.ts";
import { LEGS } from "./hedge-target.ts";
import type { HeldSaved } from "./held-positions.ts";
import { HeldPositions } from "./held-positions.ts";
import type { OrderRecord } from "./own-orders.ts";
import { mayCancel, OwnOrders, orderOf } from "./own-orders.ts";
import type { Wait } from "./waits.ts";
import { Waits } from "./waits.ts";

export type DeskOrder = Readonly<{
  leg: Leg;
  side: Side;
  lots: number;
  /** undefined: a market order. */
  price: number | undefined;
  timeInForce: "POST_ONLY" | "GTC" | "IOC";
  reduceOnly: boolean;
}>;

type DeskSaved = Readonly<{
  nextOrderId: number;
  orders: readonly OrderRecord[];
  waits: readonly (number | null)[];
}> &
  HeldSaved;

export class HedgeDesk {
  readonly config: HedgeConfig;
  readonly legs: LegInstruments;
  readonly units: PerLeg;
  readonly orders = new OwnOrders();
  readonly instruments: readonly [Instrument, Instrument];
  readonly #ids = new OrderIds();
  readonly #waits = new Waits();
  readonly #held = new HeldPositions();
  readonly #idsOfLegs: readonly [InstrumentId, InstrumentId];
  #view: View | undefined;
  #commands: Command[] = [];

  constructor(config: HedgeConfig, maker: Instrument, taker: Instrument) {
    this.config = config;
    this.instruments = [maker, taker];
    this.#idsOfLegs = [maker.id, taker.id];
    this.legs = [
      { instrument: maker, baseMultiplier: config.maker.baseMultiplier },
      { instrument: taker, baseMultiplier: config.taker.baseMultiplier },
    ];
    this.units = unitsPerLot(this.legs);
  }

  /** Begins a decision: the event is held against our orders before anything is decided. */
  begin(event: Event, view: View): void {
    this.#view = view;
    this.#commands = [];
    const [maker, taker] = this.#idsOfLegs;
    const moved = this.#held.follow([view.position(maker).lots, view.position(taker).lots]);
    const leg = "instrument" in event ? this.legOf(event.instrument) : undefined;
    const booked = leg === undefined ? 0 : moved[leg];
    const isStray = this.orders.hear(event, Math.abs(booked), view);
    if (isStray && leg !== undefined) this.#held.stray(leg, booked, event.venueAt);
    if (leg !== undefined && this.orders.doubts(event)) this.#held.doubt(leg);
    this.orders.settle(view, this.#idsOfLegs);
    // Perhaps of a bot that was restarted, whose timers are gone.
    const isUp = event.kind === "LinkChanged" && event.link === "up";
    if (isUp) this.#commands.push(...this.#waits.rearm());
  }

  /** Ends a decision with its commands. */
  end(): readonly Command[] {
    this.orders.prune();
    return this.#commands;
  }

  get view(): View {
    assert(this.#view !== undefined, "a decision has begun");
    return this.#view;
  }

  get now(): number {
    return this.view.now;
  }

  legOf(id: InstrumentId): Leg | undefined {
    if (id === this.#idsOfLegs[0]) return 0;
    return id === this.#idsOfLegs[1] ? 1 : undefined;
  }

  legConfig(leg: Leg): HedgeLegConfig {
    return leg === 0 ? this.config.maker : this.config.taker;
  }

  venueOf(leg: Leg): VenueId {
    return this.instruments[leg].venue;
  }

  book(leg: Leg): BookView {
    return this.view.book(this.#idsOfLegs[leg]);
  }

  /** Lots of a leg as best known. */
  position(leg: Leg): number {
    return this.believed(leg) + this.orders.missing(leg);
  }

  /** Belief and what reports have added to it, without fills that are still on their way. */
  believed(leg: Leg): number {
    return this.#held.lots(leg);
  }

  positions(): PerLeg {
    return [this.position(0), this.position(1)];
  }

  net(): number {
    return netUnits(this.positions(), this.units);
  }

  /** From now on the leg holds `truth` lots, whatever belief says. */
  adopt(leg: Leg, truth: number): void {
    this.orders.forgiveMissing(leg);
    this.#held.adopt(leg, truth);
  }

  /** A report of that time agrees with us. */
  confirm(leg: Leg, venueAt: number): void {
    this.orders.forgiveMissing(leg);
    this.#held.confirm(leg, venueAt);
  }

  /** The position of the leg is not to be acted on until a report confirms it. */
  doubt(leg: Leg): void {
    this.#held.doubt(leg);
  }

  isDoubted(leg: Leg): boolean {
    return this.#held.isDoubted(leg);
  }

  /** Is it open whether lots of the leg are counted twice? */
  mayCountTwice(leg: Leg): boolean {
    return this.#held.mayCountTwice(leg);
  }

  order(record: OrderRecord): OrderView | undefined {
    return orderOf(this.view, this.#idsOfLegs[record.leg], record.orderId);
  }

  /** The prices of a leg that can be priced on: link up, book whole, two sides, not crossed. */
  touch(leg: Leg): Readonly<{ bid: number; ask: number }> | undefined {
    const book = this.book(leg);
    const bid = book.bestBid();
    const ask = book.bestAsk();
    if (bid === undefined || ask === undefined || !book.fresh || bid > ask) return undefined;
    return this.linkUp(leg) ? { bid, ask } : undefined;
  }

  linkUp(leg: Leg): boolean {
    return this.view.health.linkUp(this.venueOf(leg));
  }

  /** Would the leg's venue take an order of this size at about this price? */
  isTradable(leg: Leg, lots: number): boolean {
    const { lotsMin, notionalMinTickLots } = this.legConfig(leg);
    if (lots < lotsMin || lots < 1) return false;
    if (notionalMinTickLots === 0) return true;
    const bid = this.book(leg).bestBid() ?? this.book(leg).bestAsk();
    return bid === undefined || bid * lots >= notionalMinTickLots;
  }

  place(order: DeskOrder): number {
    const orderId = this.#ids.next();
    const { leg, side, lots } = order;
    assert(lots >= 1, `an order has at least one lot, was ${lots}`);
    this.orders.placed({ orderId, leg, side, size: lots }, this.now);
    this.#commands.push({
      kind: "PlaceOrder",
      instrument: this.#idsOfLegs[leg],
      orderId,
      side,
      price: order.price === undefined ? undefined : priceTicks(order.price),
      size: sizeLots(lots),
      timeInForce: order.timeInForce,
      reduceOnly: order.reduceOnly,
    });
    return orderId;
  }

  /** Cancels an order unless a request of it is in flight or was just refused; true when it was sent. */
  cancel(record: OrderRecord): boolean {
    if (!mayCancel(record, this.order(record), this.now) || this.#hasRequest(record)) return false;
    record.requestAt = this.now;
    record.misses = 0;
    const instrument = this.#idsOfLegs[record.leg];
    this.#commands.push({ kind: "CancelOrder", instrument, orderId: record.orderId as OrderId });
    return true;
  }

  amend(record: OrderRecord, price: number): void {
    const order = this.order(record);
    assert(order?.state === "live", "only a live order is amended");
    if (this.#hasRequest(record)) return;
    record.requestAt = this.now;
    this.#commands.push({
      kind: "AmendOrder",
      instrument: this.#idsOfLegs[record.leg],
      orderId: record.orderId as OrderId,
      price: priceTicks(price),
      // Not what was asked for: our own machinery may have sent less.
      size: order.size,
    });
  }

  /** Cancels what rests on both legs. */
  cancelAll(): void {
    for (const venue of new Set(LEGS.map((leg) => this.venueOf(leg)))) this.cancelVenue(venue);
  }

  cancelVenue(venue: VenueId): void {
    for (const leg of LEGS) {
      if (this.venueOf(leg) !== venue) continue;
      for (const record of this.orders.all) {
        if (record.leg === leg && record.end === "open") record.requestAt = this.now;
      }
      this.#commands.push({ kind: "CancelAll", venue, instrument: this.#idsOfLegs[leg] });
    }
  }

  report(venue: VenueId): void {
    this.#commands.push({ kind: "ReportAccount", venue });
  }

  halt(reason: string): void {
    this.#commands.push({ kind: "Halt", reason });
  }

  /** Waits until `at`; a wait that is set is moved. */
  wait(name: Wait, at: number): void {
    this.#commands.push(...this.#waits.set(name, at));
  }

  /** Ends a wait. */
  done(name: Wait): void {
    this.#commands.push(...this.#waits.end(name, this.now));
  }

  deadline(name: Wait): number | undefined {
    return this.#waits.deadline(name);
  }

  due(name: Wait): boolean {
    const at = this.deadline(name);
    return at !== undefined && this.now >= at;
  }

  save(): DeskSaved {
    return {
      nextOrderId: this.#ids.save(),
      orders: this.orders.save(),
      waits: this.#waits.save(),
      ...this.#held.save(),
    };
  }

  restore(saved: DeskSaved): void {
    this.#ids.restore(saved.nextOrderId);
    this.orders.restore(saved.orders);
    this.#waits.restore(saved.waits);
    this.#held.restore(saved);
  }

  /** Has this decision asked anything of an order? */
  get hasAsked(): boolean {
    return this.#commands.some((each) => "instrument" in each);
  }

  /** Was a request of the order put among the commands of this very decision? */
  #hasRequest(record: OrderRecord): boolean {
    return this.#commands.some(
      (each) =>
        (each.kind === "CancelOrder" || each.kind === "AmendOrder" || each.kind === "PlaceOrder") &&
        each.orderId === record.orderId,
    );
  }
}
