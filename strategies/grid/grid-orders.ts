// Brings what is open to what the ladder wants, by the difference alone. It promises: the worst case within the position
// limit, at most one order a rung, none that would meet our own, no request on an order that has one in flight, and no
// more requests than the gate lets through. What is open is read from the view each time; kept is only what the view
// cannot say: which requests have not been heard of, and what was refused.

import type { CancelOrder, Command, PlaceOrder } from "../../src/domain/command.ts";
import type { OrderClosed, OrderRefused } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderIds } from "../../src/domain/order-ids.ts";
import type { OrderId, Side } from "../../src/domain/units.ts";
import { orderId, priceTicks, sizeLots } from "../../src/domain/units.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { OrderView, View } from "../../src/ports/view.ts";
import type { GridConfig } from "./grid-config.ts";
import type { GridLadder, WantedSide } from "./grid-ladder.ts";
import { RefusalGate } from "./refusal-gate.ts";

const NOTHING: readonly Command[] = [];

/** The reason counted when an order we asked for was never sent: our own risk rules stopped it. */
const NOT_SENT = "not-sent";

type OrdersSaved = Readonly<{
  nextOrderId: number;
  unheard: readonly (readonly [orderId: number, signedPrice: number])[];
  expiresAt: number | null;
  gate: JsonValue;
}>;

/** Nearly always: to spread an empty map at each save is slow. */
const NONE_UNHEARD: OrdersSaved["unheard"] = [];

export class GridOrders {
  readonly gate: RefusalGate;
  /** After a difference: something wanted could not be asked for yet, so the next look tries again. */
  isUnfinished = false;
  readonly #config: GridConfig;
  readonly #instrument: Instrument;
  readonly #ladder: GridLadder;
  readonly #ids: OrderIds;
  /** Placed and not heard of since, with their signed prices: bids above 0, asks below. */
  readonly #unheard = new Map<OrderId, number>();
  /** No order is worth less, in ticks × lots. */
  readonly #leastTickLots: number;
  readonly #taken: Readonly<Record<Side, Uint8Array>>;
  /** When the oldest open order has lived long enough; Infinity where orders do not expire. */
  #expiresAt = Number.POSITIVE_INFINITY;

  constructor(config: GridConfig, instrument: Instrument, ladder: GridLadder, ids: OrderIds) {
    this.#ids = ids;
    this.#config = config;
    this.#instrument = instrument;
    this.#ladder = ladder;
    this.gate = new RefusalGate(config);
    this.#leastTickLots = tickLotsOf(config.minNotionalE8 ?? 0, instrument);
    const rungs = ladder.bid.prices.length;
    this.#taken = { bid: new Uint8Array(rungs), ask: new Uint8Array(rungs) };
  }

  /** Was the order asked for by this grid, in this life or an earlier one? */
  owns(id: OrderId): boolean {
    return id >= 1 && id < this.#ids.save();
  }

  /** Is an order to be replaced for its age? */
  hasExpired(now: number): boolean {
    return now >= this.#expiresAt;
  }

  accepted(id: OrderId): void {
    this.gate.accepted(this.#unheard.get(id));
    this.#unheard.delete(id);
  }

  filled(id: OrderId): void {
    this.gate.filled();
    this.#unheard.delete(id);
  }

  /** The outcome is unknown: whatever it is, the order counts as open until the view says otherwise. */
  unknown(id: OrderId): void {
    this.#unheard.delete(id);
  }

  /** True when there was something to forget, or to count. */
  closed(event: OrderClosed, now: number): boolean {
    const wasUnheard = this.#unheard.delete(event.orderId);
    return this.gate.closed(event.reason, event.orderId, now) || wasUnheard;
  }

  refused(event: OrderRefused, view: View): void {
    const { now } = view;
    if (event.request === "cancel") {
      // Of an order that is over nothing is asked again, so there is nothing to wait for.
      const open = view.openOrders(this.#instrument.id);
      if (open.some(({ orderId }) => orderId === event.orderId)) {
        this.gate.cancelRefused(event.orderId, now);
      }
      return;
    }
    // Told twice, it counts once.
    const signedPrice = this.#unheard.get(event.orderId);
    if (signedPrice === undefined) return;
    this.#unheard.delete(event.orderId);
    this.gate.refused(event.reason, signedPrice, now);
  }

  /** An order we asked for that is neither open nor heard of was stopped before it left. True when there is one. */
  countUnsent(view: View): boolean {
    if (this.#unheard.size === 0) return false;
    const open = new Set(view.openOrders(this.#instrument.id).map((order) => order.orderId));
    let found = false;
    for (const [id] of this.#unheard) {
      if (open.has(id)) continue;
      this.#unheard.delete(id);
      this.gate.refused(NOT_SENT, undefined, view.now);
      found = true;
    }
    return found;
  }

  /** Cancels what is open and not wanted, places what is wanted and not open. */
  difference(position: number, view: View): readonly Command[] {
    const { bid, ask } = this.#ladder;
    this.#taken.bid.fill(0);
    this.#taken.ask.fill(0);
    this.#expiresAt = Number.POSITIVE_INFINITY;
    this.isUnfinished = bid.clamped || ask.clamped;
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
      this.#keepOrCancel(order, view.now, commands);
    }
    if (this.gate.isOpen(view.now)) {
      const max = this.#config.positionMaxLots;
      const bids = { room: max - position - bidLots, ownOpposite: ownAsk };
      const asks = { room: max + position - askLots, ownOpposite: ownBid };
      this.#placeMissing("bid", bids, view.now, commands);
      this.#placeMissing("ask", asks, view.now, commands);
    } else this.isUnfinished = true;
    return commands.length === 0 ? NOTHING : commands;
  }

  /** Everything that can be cancelled is. */
  withdraw(view: View): readonly Command[] {
    const commands: Command[] = [];
    for (const order of view.openOrders(this.#instrument.id))
      this.#cancel(order, view.now, commands);
    return commands.length === 0 ? NOTHING : commands;
  }

  save(): JsonValue {
    const saved: OrdersSaved = {
      nextOrderId: this.#ids.save(),
      unheard: this.#unheard.size === 0 ? NONE_UNHEARD : [...this.#unheard],
      expiresAt: Number.isFinite(this.#expiresAt) ? this.#expiresAt : null,
      gate: this.gate.save(),
    };
    return saved;
  }

  restore(json: JsonValue): void {
    const saved = json as unknown as OrdersSaved;
    this.#ids.restore(saved.nextOrderId);
    this.#unheard.clear();
    for (const [id, signedPrice] of saved.unheard) this.#unheard.set(orderId(id), signedPrice);
    this.#expiresAt = saved.expiresAt ?? Number.POSITIVE_INFINITY;
    this.gate.restore(saved.gate);
  }

  /** An order holds the rung it stands at; a second one at the same rung goes. */
  #keepOrCancel(order: OrderView, now: number, commands: Command[]): void {
    const side = order.side === "bid" ? this.#ladder.bid : this.#ladder.ask;
    const taken = this.#taken[order.side];
    const level = rungOf(side, taken, order.price, this.#config.repriceTicks ?? 0);
    if (level < 0) {
      this.#cancel(order, now, commands);
      return;
    }
    taken[level] = 1;
    const { orderTtlUs } = this.#config;
    if (orderTtlUs === undefined) return;
    if (now - order.sentAt >= orderTtlUs) this.#cancel(order, now, commands);
    else this.#expiresAt = Math.min(this.#expiresAt, order.sentAt + orderTtlUs);
  }

  #cancel(order: OrderView, now: number, commands: Command[]): void {
    if (order.state !== "live") return;
    if (this.gate.mayCancel(order.orderId, now)) {
      commands.push(cancelOf(this.#instrument, order.orderId));
    } else this.isUnfinished = true;
  }

  #placeMissing(side: Side, limits: SideLimits, now: number, commands: Command[]): void {
    const wanted = side === "bid" ? this.#ladder.bid : this.#ladder.ask;
    const taken = this.#taken[side];
    const { ownOpposite } = limits;
    let left = limits.room;
    for (let level = 0; level < wanted.count; level += 1) {
      if (taken[level] === 1) continue;
      const price = wanted.prices[level] as number;
      const lots = wanted.lots[level] as number;
      if (lots > left) break;
      if (price * lots < this.#leastTickLots) continue;
      // Our own order stands in the way until its cancel is answered.
      if (side === "bid" ? price >= ownOpposite : price <= ownOpposite) continue;
      const signedPrice = side === "bid" ? price : -price;
      if (!this.gate.admits(signedPrice, now)) {
        this.isUnfinished = true;
        continue;
      }
      const id = this.#ids.next();
      this.#unheard.set(id, signedPrice);
      left -= lots;
      commands.push(placeOf(this.#instrument, { orderId: id, side, price, lots }));
    }
  }
}

/** What a side may add in the worst case, and our best open price on the other side. */
type SideLimits = Readonly<{ room: number; ownOpposite: number }>;

/** The free rung at that price, or else the nearest free one within `apartMax`; −1 when there is none. */
function rungOf(
  side: WantedSide,
  taken: Uint8Array,
  price: number | undefined,
  apartMax: number,
): number {
  if (price === undefined) return -1;
  let nearest = -1;
  let least = apartMax + 1;
  for (let level = 0; level < side.count; level += 1) {
    const apart = Math.abs((side.prices[level] as number) - price);
    if (apart >= least || taken[level] === 1) continue;
    if (apart === 0) return level;
    nearest = level;
    least = apart;
  }
  return nearest;
}

/** Money in 1e-8 as ticks × lots, rounded up. */
function tickLotsOf(moneyE8: number, instrument: Instrument): number {
  let units = moneyE8;
  for (let decimals = 8; decimals < instrument.moneyDecimals; decimals += 1) units *= 10;
  return Math.ceil(units / instrument.moneyPerTickLot);
}

function cancelOf(instrument: Instrument, id: OrderId): CancelOrder {
  return { kind: "CancelOrder", instrument: instrument.id, orderId: id };
}

function placeOf(
  instrument: Instrument,
  order: Readonly<{ orderId: OrderId; side: Side; price: number; lots: number }>,
): PlaceOrder {
  return {
    kind: "PlaceOrder",
    instrument: instrument.id,
    orderId: order.orderId,
    side: order.side,
    price: priceTicks(order.price),
    size: sizeLots(order.lots),
    timeInForce: "POST_ONLY",
    reduceOnly: false,
  };
}
