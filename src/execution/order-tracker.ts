// What became of each order we sent. Owns the orders and their states; reserves in the shadow ledger what may still
// fill of them. Open orders are kept per instrument, ascending by id, as the very array the view hands out.
// Orders that are over stay for late fills in a ring of bounded length, then only "ids up to here are spent" remains.

import { assert } from "../domain/assert.ts";
import type { AmendOrder, CancelAll, CancelOrder, PlaceOrder } from "../domain/command.ts";
import type {
  OrderAccepted,
  OrderClosed,
  OrderFilled,
  OrderRefused,
  OrderUnknown,
} from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { InstrumentId, OrderId, SizeLots, TimeUs } from "../domain/units.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { OrderView } from "../ports/view.ts";
import type { ShadowLedger } from "../state/shadow-ledger.ts";
import type { OrderInput } from "./order-transitions.ts";
import { isInFlight, isTerminal, nextState, refusalInput } from "./order-transitions.ts";
import type { SavedTracker } from "./saved-order.ts";
import { restoreOrders, saveOrders } from "./saved-order.ts";
import type { FoundOrder, Seen } from "./tracked-order.ts";
import {
  adoptedOrder,
  insertAscending,
  mayStillFill,
  NOT_CLOSED,
  TrackedOrder,
} from "./tracked-order.ts";

/** Orders that are over and still remembered. A venue's answers trail by seconds; this is minutes of a fast bot. */
const RECENT_ORDERS_MAX = 1024;

/** Ids start at 1: 0 is what venues use for orders of their own making, such as a liquidation. */
const NO_ORDER_ID = 0;

const NONE: readonly TrackedOrder[] = [];

/** Says that an order left memory with lots the venue counted and we never saw. */
export type LostLots = (order: OrderView, lots: number) => void;

export class OrderTracker {
  readonly #orders = new Map<OrderId, TrackedOrder>();
  readonly #open: TrackedOrder[][];
  readonly #venueOf: readonly number[];
  readonly #shadow: ShadowLedger;
  readonly #lostLots: LostLots;
  /** Orders that are over, oldest at #recentNext once the ring is full. */
  readonly #recent: TrackedOrder[] = [];
  #recentNext = 0;
  #spentUpTo = NO_ORDER_ID;
  /** May an order that is over still have fills to come? Told by its end, or by a restart. */
  #owed = true;

  constructor(
    parts: Readonly<{
      instruments: readonly Instrument[];
      shadow: ShadowLedger;
      lostLots: LostLots;
    }>,
  ) {
    this.#open = parts.instruments.map(() => []);
    this.#venueOf = parts.instruments.map((each) => each.venue);
    this.#shadow = parts.shadow;
    this.#lostLots = parts.lostLots;
  }

  /** Orders not yet over, ascending by id. Live: it changes as events are handled. */
  openOrders(id: InstrumentId): readonly OrderView[] {
    return this.#open[id] as TrackedOrder[];
  }

  /** An order that is open or was so recently. */
  find(id: OrderId): TrackedOrder | undefined {
    return this.#orders.get(id);
  }

  /** Was the id ever used, or skipped so long ago that nobody can tell? */
  isUsed(id: OrderId): boolean {
    return id <= this.#spentUpTo || this.#orders.has(id);
  }

  /** Ids from 1 up to this one are spent, and what became of their orders is no longer remembered. */
  get spentUpTo(): number {
    return this.#spentUpTo;
  }

  placed(command: PlaceOrder, at: TimeUs): void {
    assert(!this.isUsed(command.orderId), "an order id is used once");
    this.#opened(new TrackedOrder(command, at));
  }

  cancelSent(command: CancelOrder, at: TimeUs): void {
    const order = this.#known(command.orderId);
    order.requestedAt = at;
    this.#move(order, "cancel-sent");
  }

  amendSent(command: AmendOrder, at: TimeUs): void {
    const order = this.#known(command.orderId);
    order.requestedAt = at;
    order.askedSize = command.size;
    this.#move(order, "amend-sent");
    this.#reserve(order);
  }

  /** Every order it reaches and that has no request in flight is cancelling from now on. */
  cancelAllSent(command: CancelAll, at: TimeUs): void {
    for (let id = 0; id < this.#open.length; id += 1) {
      if (this.#venueOf[id] !== command.venue) continue;
      if (command.instrument !== undefined && command.instrument !== id) continue;
      for (const order of this.#open[id] as TrackedOrder[]) {
        if (isInFlight(order.state)) continue;
        order.requestedAt = at;
        this.#move(order, "cancel-sent");
      }
    }
  }

  accepted(event: OrderAccepted): void {
    const order = this.#orders.get(event.orderId);
    if (order === undefined || isTerminal(order.state)) return;
    order.heardAt = event.at;
    // An acceptance of the place that comes after that of an amend is old news; one that a fill overtook is not.
    const isAmended = event.request === "amend";
    const isOpenQuestion = order.state === "sent" || order.state === "unknown";
    if (isAmended || isOpenQuestion || !order.isBooked) {
      if (order.price !== undefined) order.price = event.price;
      order.size = event.size;
      if (isAmended || order.state !== "amending") order.askedSize = event.size;
    }
    order.isBooked = true;
    order.isShown();
    this.#move(order, event.request === "amend" ? "amend-accepted" : "accepted");
    this.#reserve(order);
    this.#endWhenFilled(order);
  }

  refused(event: OrderRefused): void {
    const order = this.#orders.get(event.orderId);
    if (order === undefined || isTerminal(order.state)) return;
    order.heardAt = event.at;
    if (event.request === "amend") order.askedSize = order.size;
    const input = refusalInput(event);
    if (input === "cancel-missed") order.isDenied = true;
    this.#move(order, input);
    if (order.state === "refused") this.#end(order);
    else this.#endWhenFilled(order);
    this.#reserve(order);
  }

  /** The venue's last word on an order that is remembered. */
  closed(order: TrackedOrder, event: OrderClosed): void {
    order.heardAt = event.at;
    order.closedAt = event.venueAt;
    order.learnsFromEnd(event);
    order.closedFilled = event.filled;
    if (!isTerminal(order.state)) {
      this.#move(order, event.reason === "filled" ? "closed-filled" : "closed");
      this.#end(order);
    }
    this.#reserve(order);
    if (order.reserved > 0) this.#owed = true;
  }

  unknown(event: OrderUnknown): void {
    const order = this.#orders.get(event.orderId);
    if (order === undefined) return;
    if (event.cause === "not-found") order.isMissing = true;
    this.#move(order, "unknown");
  }

  /** A fill that was not booked before, of an order that is remembered. */
  filled(order: TrackedOrder, event: OrderFilled): void {
    order.heardAt = event.at;
    order.learnsFromFill(event);
    order.filled = (order.filled + event.size) as SizeLots;
    if (event.cumulative > order.toldFilled) order.toldFilled = event.cumulative;
    if (!isTerminal(order.state)) {
      this.#move(order, "fill");
      this.#endWhenFilled(order);
    }
    this.#reserve(order);
  }

  /** An open order of ours that the venue shows and we did not know as open: it counts from now on. */
  adopt(found: FoundOrder, seen: Seen): TrackedOrder {
    const known = this.#orders.get(found.orderId);
    assert(known === undefined || isTerminal(known.state), "what is open is not found again");
    const order = adoptedOrder(found, known, seen);
    if (known !== undefined) {
      // What was reserved for it is not reserved twice.
      this.#setReserved(known, 0);
      known.closedFilled = NOT_CLOSED;
    }
    this.#opened(order);
    return order;
  }

  /** Orders that are over by `before`, whose end counted lots that no fill told of. */
  overdue(before: TimeUs): readonly TrackedOrder[] {
    if (!this.#owed) return NONE;
    const owed = this.#recent.filter((each) => each.reserved > 0 && isTerminal(each.state));
    this.#owed = owed.length > 0;
    return owed.filter((each) => each.heardAt <= before);
  }

  /** The lots its end counted are not waited for any longer. */
  release(order: TrackedOrder): void {
    this.#lostLots(order, order.reserved);
    order.closedFilled = NOT_CLOSED;
    this.#setReserved(order, 0);
  }

  /** Every order that is open or remembered, for a snapshot. */
  save(): JsonValue {
    const next = this.#recentNext;
    const recent = saveOrders([...this.#recent.slice(next), ...this.#recent.slice(0, next)]);
    return { spentUpTo: this.#spentUpTo, open: saveOrders(this.#open.flat()), recent };
  }

  /** Takes over what was saved; what may still fill is reserved again. */
  restore(saved: JsonValue): void {
    assert(this.#orders.size === 0, "a tracker is restored before it is used");
    const { spentUpTo, ...rows } = saved as SavedTracker;
    this.#spentUpTo = spentUpTo;
    const open = restoreOrders(rows.open);
    // An order that was found open again after its end has two entries; the later one counts.
    for (const order of restoreOrders(rows.recent)) {
      this.#recent.push(order);
      this.#remember(order);
    }
    for (const each of open) this.#opened(each);
  }

  #opened(order: TrackedOrder): void {
    insertAscending(this.#open[order.instrument] as TrackedOrder[], order);
    this.#remember(order);
  }

  #remember(order: TrackedOrder): void {
    this.#orders.set(order.orderId, order);
    this.#reserve(order);
  }

  /** An order with no lot left is over, unless an amend in flight may have given it more. */
  #endWhenFilled(order: TrackedOrder): void {
    if (order.filled < order.size) return;
    this.#move(order, "filled");
    if (order.state === "filled") this.#end(order);
  }

  #move(order: TrackedOrder, input: OrderInput): void {
    order.state = nextState(order.state, input);
  }

  /** Brings what is reserved for an order to what may still fill of it. */
  #reserve(order: TrackedOrder): void {
    this.#setReserved(order, mayStillFill(order));
  }

  #setReserved(order: TrackedOrder, lots: number): void {
    const change = lots - order.reserved;
    if (change === 0) return;
    if (order.reduceOnly) this.#shadow.reserveReducing(order.instrument, change);
    else this.#shadow.reserve(order.instrument, order.side, change);
    order.reserved = lots;
  }

  #end(order: TrackedOrder): void {
    const open = this.#open[order.instrument] as TrackedOrder[];
    const index = open.indexOf(order);
    assert(index >= 0, "an order ends once");
    if (index === open.length - 1) open.pop();
    else open.splice(index, 1);
    if (this.#recent.length < RECENT_ORDERS_MAX) {
      this.#recent.push(order);
      return;
    }
    this.#forget(this.#recent[this.#recentNext] as TrackedOrder);
    this.#recent[this.#recentNext] = order;
    this.#recentNext = (this.#recentNext + 1) % RECENT_ORDERS_MAX;
  }

  #forget(order: TrackedOrder): void {
    if (this.#orders.get(order.orderId) === order) this.#orders.delete(order.orderId);
    // The ids of strangers may lie anywhere: to spend all up to one would leave us none.
    if (!order.isFound && order.orderId > this.#spentUpTo) this.#spentUpTo = order.orderId;
    if (order.reserved === 0) return;
    this.#lostLots(order, order.reserved);
    this.#setReserved(order, 0);
  }

  #known(id: OrderId): TrackedOrder {
    const order = this.#orders.get(id);
    if (order === undefined) assert(false, `order ${id} is known to the tracker`);
    return order;
  }
}
