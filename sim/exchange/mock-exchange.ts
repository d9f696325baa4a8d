// A venue: takes our commands when they arrive, judges them by its profile, and lets its markets match.
// Deterministic and silent between calls; everything it has to say goes through the outbox.

import { assert, unreachable } from "../../src/domain/assert.ts";
import type {
  AmendOrder,
  CancelOrder,
  PlaceOrder,
  VenueCommand,
} from "../../src/domain/command.ts";
import type { RefusalReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, SizeLots, TimeUs, TradeId, VenueId } from "../../src/domain/units.ts";
import { accountReport } from "./account-report.ts";
import { ExchangeAccount } from "./exchange-account.ts";
import { InstrumentDesk } from "./instrument-desk.ts";
import type { Market, MarketSink, VenueOrder } from "./market.ts";
import { OrderRules } from "./order-rules.ts";
import type { Outbox } from "./outbox.ts";
import type { VenueProfile } from "./profile.ts";
import { ScheduledCancel } from "./scheduled-cancel.ts";
import { VenueDoor } from "./venue-door.ts";

/** Makes the market of an instrument, reporting to `sink`. */
export type MarketMaker = (instrument: Instrument, sink: MarketSink) => Market;

export class MockExchange {
  readonly venue: VenueId;
  readonly account: ExchangeAccount;
  readonly door: VenueDoor;
  readonly markets: readonly Market[];
  readonly #profile: VenueProfile;
  readonly #outbox: Outbox;
  readonly #desks: readonly InstrumentDesk[];
  /** By instrument id; empty where an instrument trades elsewhere. */
  readonly #deskOf: InstrumentDesk[] = [];
  readonly #scheduled: ScheduledCancel;
  #trades = 0;

  constructor(
    parts: Readonly<{
      venue: VenueId;
      profile: VenueProfile;
      instruments: readonly Instrument[];
      startingCash: bigint;
      outbox: Outbox;
      market: MarketMaker;
    }>,
  ) {
    const { profile, instruments, outbox } = parts;
    this.venue = parts.venue;
    this.#profile = profile;
    this.#outbox = outbox;
    this.#scheduled = new ScheduledCancel(profile.scheduledCancel);
    this.account = new ExchangeAccount(profile, instruments, parts.startingCash);
    const nextTradeId = () => {
      this.#trades += 1;
      return this.#trades as TradeId;
    };
    this.#desks = this.account.holdings.map((holding) => {
      const { instrument } = holding;
      const desk = new InstrumentDesk({
        instrument,
        holding,
        rules: new OrderRules(profile, instrument),
        account: this.account,
        profile,
        outbox,
        nextTradeId,
      });
      desk.attach(parts.market(instrument, desk));
      this.#deskOf[instrument.id] = desk;
      return desk;
    });
    this.markets = this.#desks.map((desk) => desk.market);
    this.door = new VenueDoor(profile, this.#desks, (why, at) => this.#tellScheduled(why, at));
  }

  /** For whoever acts at the venue past the wires. */
  get desks(): readonly InstrumentDesk[] {
    return this.#desks;
  }

  /** True while a row of this market can change our orders or our account. */
  concernsUs(index: number): boolean {
    const desk = this.#desks[index] as InstrumentDesk;
    return desk.openOrders > 0 || desk.holding.lots !== 0;
  }

  /** Advances market `index`, see Market.advance; then does what fills oblige the venue to. */
  advance(index: number, limit: TimeUs): TimeUs {
    const desk = this.#desks[index] as InstrumentDesk;
    const reached = desk.market.advance(limit);
    this.#afterFills(desk, reached);
    return reached;
  }

  /** A command arrives and is carried out at once; the market it is for has been advanced to `at`. */
  receive(command: VenueCommand, at: TimeUs): void {
    if (this.door.admit(command, at)) this.carryOut(command, at);
  }

  /** A command the door has admitted meets the book. */
  carryOut(command: VenueCommand, at: TimeUs): void {
    switch (command.kind) {
      case "PlaceOrder":
        this.#place(command, at);
        break;
      case "CancelOrder":
        this.#cancel(command, at);
        break;
      case "AmendOrder":
        this.#amend(command, at);
        break;
      case "CancelAll":
        this.#cancelAll(command.instrument, at);
        break;
      case "ReportAccount":
        this.#report(at);
        break;
      case "ScheduleCancel":
        this.#schedule(command.at, at);
        break;
      default:
        unreachable(command);
    }
  }

  /** When the venue next does something of its own accord that we asked for; undefined: nothing is booked. */
  get nextOwnAt(): TimeUs | undefined {
    return this.#scheduled.at;
  }

  /** The time of `nextOwnAt` has come, or an earlier one that no longer counts; all markets are at `at`. */
  happenOwn(at: TimeUs): void {
    if (!this.#scheduled.fire(at)) return;
    for (const desk of this.#desks) desk.cancelAll("scheduled-cancel", at);
  }

  /** Settles funding by a schedule of the scenario's. */
  settleFunding(id: InstrumentId, rateE8: number, at: TimeUs): void {
    const desk = this.#desk(id);
    const mark = desk.market.mark();
    if (mark !== undefined) desk.funding(rateE8, mark, at);
  }

  /** Marks the account, and closes everything when equity is below maintenance margin. True when it was. */
  sweepMargin(at: TimeUs): boolean {
    for (const desk of this.#desks) desk.holding.mark = desk.market.mark() ?? desk.holding.mark;
    if (!this.account.mustLiquidate()) return false;
    for (const desk of this.#desks) desk.cancelAll("liquidated", at);
    for (const desk of this.#desks) desk.liquidate(at);
    return true;
  }

  /** Is there a position that margin must carry? */
  get watchesMargin(): boolean {
    if (this.#profile.margin === undefined) return false;
    for (const desk of this.#desks) if (desk.holding.lots !== 0) return true;
    return false;
  }

  #place(command: PlaceOrder, at: TimeUs): void {
    const desk = this.#desk(command.instrument);
    const refusal = this.#refusal(command, desk);
    if (refusal !== undefined) {
      desk.refuse(command.orderId, "place", refusal, at);
      return;
    }
    const order: VenueOrder = {
      orderId: command.orderId,
      side: command.side,
      price: command.price,
      size: command.size,
      filled: 0 as SizeLots,
      timeInForce: command.timeInForce,
      reduceOnly: command.reduceOnly,
    };
    desk.market.place(order, at);
    this.#afterFills(desk, at);
  }

  #refusal(command: PlaceOrder, desk: InstrumentDesk): RefusalReason | undefined {
    const { market, holding } = desk;
    const refused = this.door.judgesAtOnce ? this.door.refuseForm(command, desk) : undefined;
    if (refused !== undefined) return refused;
    if (this.#hasNoRoom(desk)) return "max-open-orders";
    if (command.reduceOnly) return desk.fillable(command) > 0 ? undefined : "reduce-only";
    holding.mark = market.mark() ?? holding.mark;
    const touch = command.side === "bid" ? market.bestAsk() : market.bestBid();
    const price = command.price ?? touch ?? holding.mark;
    const carried = this.account.canCarry(holding, command.side, command.size, price);
    return carried ? undefined : this.account.lacks(holding);
  }

  #cancel(command: CancelOrder, at: TimeUs): void {
    const desk = this.#desk(command.instrument);
    if (desk.market.cancel(command.orderId, "cancelled", at)) return;
    desk.refuse(command.orderId, "cancel", "unknown-order", at);
  }

  #amend(command: AmendOrder, at: TimeUs): void {
    const desk = this.#desk(command.instrument);
    const { orderId, price, size } = command;
    const order = desk.market.orders().find((each) => each.orderId === orderId);
    const refusal = order === undefined ? undefined : this.#refuseAmend(command, order, desk);
    if (order === undefined || refusal !== undefined) {
      desk.refuse(orderId, "amend", refusal ?? "unknown-order", at);
      return;
    }
    const before = order.size;
    desk.resized({ ...order, size }, before);
    desk.market.amend(orderId, price, size, at);
    // A market that refused the amend left the size as it was: so does the margin it needs.
    if (order.size !== size) desk.resized({ ...order, size: before }, size);
    this.#afterFills(desk, at);
  }

  #refuseAmend(
    { price, size }: AmendOrder,
    order: VenueOrder,
    desk: InstrumentDesk,
  ): RefusalReason | undefined {
    const refused = desk.rules.refuseAmend(price, size, order, desk.fillable(order));
    if (refused !== undefined) return refused;
    if (order.reduceOnly || (size <= order.size && price <= (order.price ?? 0))) return undefined;
    // Judged like a new order: what it asks for now is given back first.
    const lots = size - order.filled;
    desk.resized({ ...order, size: order.filled }, order.size);
    const carried = lots <= 0 || this.account.canCarry(desk.holding, order.side, lots, price);
    desk.resized(order, order.filled);
    return carried ? undefined : this.account.lacks(desk.holding);
  }

  #cancelAll(instrument: InstrumentId | undefined, at: TimeUs): void {
    for (const desk of this.#desks) {
      if (instrument === undefined || desk.instrument.id === instrument) {
        desk.cancelAll("cancelled", at);
      }
    }
  }

  /** Reduce-only orders never carry a position past flat: once nothing is left to reduce they go. */
  #afterFills(desk: InstrumentDesk, at: TimeUs): void {
    if (!desk.positionChanged) return;
    desk.positionChanged = false;
    if (desk.openReduceOnly === 0) return;
    for (const order of desk.market.orders()) {
      if (order.reduceOnly && desk.fillable(order) === 0) {
        desk.market.cancel(order.orderId, "reduce-only", at);
      }
    }
  }

  #schedule(cancelAt: TimeUs | undefined, at: TimeUs): void {
    this.#tellScheduled(this.#scheduled.request(cancelAt, at), at);
  }

  #tellScheduled(refusal: string | undefined, at: TimeUs): void {
    this.#outbox.deliver({
      kind: "CancelScheduled",
      at: this.#outbox.arrival(at),
      venueAt: at,
      venue: this.venue,
      cancelAt: this.#scheduled.at,
      refusal,
    });
  }

  #report(at: TimeUs): void {
    const { venue, account } = this;
    const times = { at: this.#outbox.arrival(at), venueAt: at };
    this.#outbox.deliver(accountReport({ venue, account, desks: this.#desks }, times));
  }

  /** Would one more order be too many, in the account or in this market? */
  #hasNoRoom(desk: InstrumentDesk): boolean {
    const { openOrdersMax, openOrdersPerMarketMax } = this.#profile;
    if (openOrdersPerMarketMax !== undefined && desk.openOrders >= openOrdersPerMarketMax)
      return true;
    if (openOrdersMax === undefined) return false;
    let open = 0;
    for (const { openOrders } of this.#desks) open += openOrders;
    return open >= openOrdersMax;
  }

  #desk(id: InstrumentId): InstrumentDesk {
    const desk = this.#deskOf[id];
    assert(desk !== undefined, `instrument ${id} trades on this venue`);
    return desk;
  }
}
