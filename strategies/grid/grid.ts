// The grid bot: keeps a ladder of post-only orders around a centre that leans against its inventory.
// One round of orders compares what is wanted with what is open, and sends only the difference. It promises: worst case
// within the position limit, one order a price and side, no request on an order that has one in flight, and no answer
// to a refusal before the next wake-up. Design: "Grid Trading Bot Architecture", GridBuilder and Strategy.

import { assert } from "../../src/domain/assert.ts";
import type { Command } from "../../src/domain/command.ts";
import type { BookChanged, Event, OrderRefused } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { InstrumentId, OrderId, Side } from "../../src/domain/units.ts";
import { durationUs, priceTicks, sizeLots } from "../../src/domain/units.ts";
import type { JsonValue, Strategy, Want } from "../../src/ports/strategy.ts";
import type { OrderView, View } from "../../src/ports/view.ts";
import type { GridConfig } from "./grid-config.ts";
import type { WantedSide } from "./grid-ladder.ts";
import { GridLadder } from "./grid-ladder.ts";

const NOTHING: readonly Command[] = [];

/** The reason counted when an order we asked for was never sent: our own risk rules stopped it. */
const NOT_SENT = "not-sent";

/** What a grid needs to go on after a restart; everything else it reads from the view. */
type GridSaved = Readonly<{
  nextOrderId: number;
  centreHalfTicks: number | null;
  centredPosition: number;
  quietUntil: number;
  pausedUntil: number;
  refusals: number;
  refusalReason: string;
}>;

/** A grid on one instrument. @throws {BrokenPromise} when the config contradicts itself. */
export function createGrid(config: GridConfig, instruments: readonly Instrument[]): Strategy {
  const instrument = instruments[config.instrument];
  assert(instrument !== undefined, `the grid's instrument ${config.instrument} is in the run`);
  assert(config.positionMaxLots >= config.levelLots, "a position of one rung is within the limit");
  assert(config.refusalCountMax >= 1, "a pause follows at least one refusal");
  return new Grid(config, instrument);
}

class Grid implements Strategy {
  readonly name = "grid";
  readonly wants: readonly Want[];
  readonly #config: GridConfig;
  readonly #instrument: Instrument;
  readonly #ladder: GridLadder;
  readonly #ids = new OrderIds();
  /** Placed and not heard of since. */
  readonly #unheard = new Set<OrderId>();
  readonly #taken: Readonly<Record<Side, Uint8Array>>;
  #centre: number | undefined;
  /** The position when the ladder was last centred: rungs are taken relative to it. */
  #centredPosition = 0;
  /** Something other than the centre may have changed what is to be sent. */
  #dirty = true;
  #linkUp = true;
  /** No round of orders before this: requotes are coalesced. */
  #quietUntil = 0;
  /** Nothing is placed before this: refusals are backed off from. What is unwanted is still cancelled. */
  #pausedUntil = 0;
  #refusals = 0;
  #refusalReason = "";

  constructor(config: GridConfig, instrument: Instrument) {
    this.#config = config;
    this.#instrument = instrument;
    this.#ladder = new GridLadder(config);
    const rungs = this.#ladder.bid.prices.length;
    this.#taken = { bid: new Uint8Array(rungs), ask: new Uint8Array(rungs) };
    const everyUs = durationUs(config.wakeUs);
    this.wants = [{ instrument: instrument.id, book: { on: "interval", everyUs } }];
  }

  decide(event: Event, view: View): readonly Command[] {
    switch (event.kind) {
      case "BookChanged":
        return event.instrument === this.#instrument.id ? this.#onBook(event, view) : NOTHING;
      case "OrderAccepted":
        this.#refusals = 0;
        this.#heard(event.orderId);
        return NOTHING;
      case "OrderRefused":
        this.#onRefused(event, view);
        return NOTHING;
      case "OrderFilled":
      case "OrderClosed":
      case "OrderUnknown":
        this.#heard(event.orderId);
        return NOTHING;
      case "LinkChanged":
        if (event.venue === this.#instrument.venue) this.#linkUp = event.link === "up";
        this.#dirty = true;
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  save(): JsonValue {
    const saved: GridSaved = {
      nextOrderId: this.#ids.save(),
      centreHalfTicks: this.#centre ?? null,
      centredPosition: this.#centredPosition,
      quietUntil: this.#quietUntil,
      pausedUntil: this.#pausedUntil,
      refusals: this.#refusals,
      refusalReason: this.#refusalReason,
    };
    return saved;
  }

  restore(saved: JsonValue): void {
    const state = saved as GridSaved;
    this.#ids.restore(state.nextOrderId);
    this.#centre = state.centreHalfTicks ?? undefined;
    this.#centredPosition = state.centredPosition;
    this.#quietUntil = state.quietUntil;
    this.#pausedUntil = state.pausedUntil;
    this.#refusals = state.refusals;
    this.#refusalReason = state.refusalReason;
    this.#unheard.clear();
    this.#dirty = true;
  }

  /** The only place where orders are sent. Returns at once when nothing but the touch has moved a little. */
  #onBook(event: BookChanged, view: View): readonly Command[] {
    if (!this.#linkUp) return NOTHING;
    const { bid, ask } = event;
    const fresh = view.book(this.#instrument.id).fresh;
    if (bid === undefined || ask === undefined || !fresh) return this.#withdraw(view);
    // A crossed book is a feed between two messages: what stands may stand, nothing is decided on it.
    if (bid > ask || view.now < this.#quietUntil) return NOTHING;
    if (this.#unheard.size > 0) this.#countUnsent(view);
    const position = view.position(this.#instrument.id).lots;
    const target = this.#target(bid, ask, position, view);
    const centre = this.#centre;
    const drifted = centre === undefined || Math.abs(target - centre) > 2 * this.#config.driftTicks;
    if (!drifted && !this.#dirty) return NOTHING;
    if (drifted) this.#centredPosition = position;
    this.#centre = drifted ? target : centre;
    const max = this.#config.positionMaxLots;
    this.#ladder.build({
      centreHalfTicks: this.#centre,
      takenLots: position - this.#centredPosition,
      bestBid: bid,
      bestAsk: ask,
      roomBid: max - position,
      roomAsk: max + position,
    });
    return this.#difference(position, view);
  }

  /** Where the centre belongs, in half ticks: mid or microprice, leaning against the position. */
  #target(bid: number, ask: number, position: number, view: View): number {
    const { skewTicks, positionMaxLots } = this.#config;
    // Truncated towards zero, so that long and short lean alike.
    const lean = Math.trunc((position * 2 * skewTicks) / positionMaxLots);
    if (this.#config.centre === "mid") return bid + ask - lean;
    const book = view.book(this.#instrument.id);
    const bidLots = book.sizeAt("bid", priceTicks(bid));
    const askLots = book.sizeAt("ask", priceTicks(ask));
    const lots = bidLots + askLots;
    if (lots === 0) return bid + ask - lean;
    // The excess over the bid is taken alone, so that the product stays far below 2^53.
    return 2 * bid + Math.floor((2 * (ask - bid) * bidLots) / lots) - lean;
  }

  /** Cancels what is open and not wanted, places what is wanted and not open. */
  #difference(position: number, view: View): readonly Command[] {
    const { bid, ask } = this.#ladder;
    this.#taken.bid.fill(0);
    this.#taken.ask.fill(0);
    const commands: Command[] = [];
    let bidLots = 0;
    let askLots = 0;
    let ownBid = Number.NEGATIVE_INFINITY;
    let ownAsk = Number.POSITIVE_INFINITY;
    for (const order of view.openOrders(this.#instrument.id)) {
      const leaves = order.size - order.filled;
      const price = order.price;
      if (order.side === "bid") {
        bidLots += leaves;
        if (price !== undefined && price > ownBid) ownBid = price;
      } else {
        askLots += leaves;
        if (price !== undefined && price < ownAsk) ownAsk = price;
      }
      this.#keepOrCancel(order, commands);
    }
    const paused = view.now < this.#pausedUntil;
    if (!paused) {
      const max = this.#config.positionMaxLots;
      this.#placeMissing("bid", max - position - bidLots, ownAsk, commands);
      this.#placeMissing("ask", max + position - askLots, ownBid, commands);
    }
    this.#dirty = paused || bid.clamped || ask.clamped;
    if (commands.length === 0) return NOTHING;
    this.#quietUntil = view.now + this.#config.requoteUs;
    return commands;
  }

  #keepOrCancel(order: OrderView, commands: Command[]): void {
    const side = order.side === "bid" ? this.#ladder.bid : this.#ladder.ask;
    const level = levelOf(side, order.price);
    if (level >= 0) this.#taken[order.side][level] = 1;
    else if (order.state === "live") commands.push(cancelOf(this.#instrument.id, order.orderId));
  }

  /** `room` is what the side may add in the worst case; `ownOpposite` our best open price on the other side. */
  #placeMissing(side: Side, room: number, ownOpposite: number, commands: Command[]): void {
    const wanted = side === "bid" ? this.#ladder.bid : this.#ladder.ask;
    const taken = this.#taken[side];
    let left = room;
    for (let level = 0; level < wanted.count; level += 1) {
      if (taken[level] === 1) continue;
      const price = wanted.prices[level] as number;
      const lots = wanted.lots[level] as number;
      if (lots > left) break;
      // Our own order stands in the way until its cancel is answered.
      if (side === "bid" ? price >= ownOpposite : price <= ownOpposite) continue;
      const orderId = this.#ids.next();
      this.#unheard.add(orderId);
      left -= lots;
      commands.push({
        kind: "PlaceOrder",
        instrument: this.#instrument.id,
        orderId,
        side,
        price: priceTicks(price),
        size: sizeLots(lots),
        timeInForce: "POST_ONLY",
        reduceOnly: false,
      });
    }
  }

  /** No book to quote on: everything that can be cancelled is. */
  #withdraw(view: View): readonly Command[] {
    this.#dirty = true;
    const commands: Command[] = [];
    for (const order of view.openOrders(this.#instrument.id)) {
      if (order.state === "live") commands.push(cancelOf(this.#instrument.id, order.orderId));
    }
    return commands.length === 0 ? NOTHING : commands;
  }

  #heard(orderId: OrderId): void {
    this.#unheard.delete(orderId);
    this.#dirty = true;
  }

  #onRefused(event: OrderRefused, view: View): void {
    this.#heard(event.orderId);
    this.#countRefusal(event.reason, view);
  }

  /** An order we asked for that is neither open nor heard of was stopped before it left. */
  #countUnsent(view: View): void {
    const open = new Set(view.openOrders(this.#instrument.id).map((order) => order.orderId));
    for (const orderId of this.#unheard) {
      if (open.has(orderId)) continue;
      this.#heard(orderId);
      this.#countRefusal(NOT_SENT, view);
    }
  }

  #countRefusal(reason: string, view: View): void {
    this.#refusals = reason === this.#refusalReason ? this.#refusals + 1 : 1;
    this.#refusalReason = reason;
    if (this.#refusals < this.#config.refusalCountMax) return;
    this.#refusals = 0;
    this.#pausedUntil = view.now + this.#config.backoffUs;
  }
}

function levelOf(side: WantedSide, price: number | undefined): number {
  for (let level = 0; level < side.count; level += 1) {
    if (side.prices[level] === price) return level;
  }
  return -1;
}

function cancelOf(instrument: InstrumentId, orderId: OrderId): Command {
  return { kind: "CancelOrder", instrument, orderId };
}
