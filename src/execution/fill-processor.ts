// Books every fill exactly once, whatever the wire does to it: repeated, late, out of order, or never delivered.
// A trade is known by its number within its order (numbers are unique per venue, instrument and side, and an order
// has one of each), so memory follows the orders that are remembered, not the length of the run.
//
// What does not fit is written down as a note and decided thus:
// - a repeated fill is not booked;
// - nor are the lots of one that a report's number, taken over before it came, had in it (taken-over.ts); its fee is;
// - a fill of an order that is over is booked: the venue says we traded;
// - a fill of an order that was never ours is booked to the position for the same reason, and adopted by no order;
// - a fill of an order so old that it was forgotten is not booked: nobody can tell it from a repetition, and what it
//   had not filled when it was forgotten has been noted then; reconciliation finds the difference.

import type { Event, OrderClosed, OrderFilled } from "../domain/event.ts";
import type { TradeId } from "../domain/units.ts";
import type { Journal } from "../ports/journal.ts";
import type { JsonValue } from "../ports/strategy.ts";
import type { StateStore } from "../state/state-store.ts";
import type { OrderTracker } from "./order-tracker.ts";
import { isTakenOver } from "./taken-over.ts";
import type { TrackedOrder } from "./tracked-order.ts";

/** Trades of orders not ours that are remembered, per instrument and side; such trades are rare. */
const FOREIGN_TRADES_MAX = 4096;

export class FillProcessor {
  readonly #tracker: OrderTracker;
  readonly #state: StateStore;
  readonly #journal: Pick<Journal, "note">;
  /** Trades of orders not ours, two sets an instrument: bids and asks. */
  readonly #foreign: readonly Set<TradeId>[];

  constructor(
    parts: Readonly<{ tracker: OrderTracker; state: StateStore; journal: Pick<Journal, "note"> }>,
  ) {
    this.#tracker = parts.tracker;
    this.#state = parts.state;
    this.#journal = parts.journal;
    this.#foreign = parts.state.instruments.flatMap(() => [new Set<TradeId>(), new Set<TradeId>()]);
  }

  /** Books a fill to its order and to the position; true when it was booked. */
  filled(event: OrderFilled): boolean {
    const order = this.#tracker.find(event.orderId);
    if (order === undefined) return this.#foreignFill(event);
    // A fill of a stranger's order may have been booked before the order was found.
    const isBooked = order.isFound && this.#foreignOf(event).has(event.tradeId);
    if (isBooked || !order.claimTrade(event.tradeId)) {
      this.#note(event, `trade ${event.tradeId} of order ${event.orderId} was booked before`);
      return false;
    }
    if (isTakenOver(event)) order.countedUpTo = event.venueAt;
    else if (event.venueAt <= order.countedUpTo) return this.#counted(event);
    const missingBefore = Math.max(0, order.toldFilled - order.filled);
    if (this.#isOdd(order, event)) this.#noteOdd(order, event);
    this.#tracker.filled(order, event);
    const isCounted = this.#state.counts(event.instrument, event.venueAt);
    if (isCounted) this.#counted(event);
    else this.#state.filled(event);
    const missing = order.toldFilled - order.filled;
    if (missing > missingBefore) {
      this.#note(
        event,
        `order ${order.orderId} has ${order.toldFilled} lots filled, we have seen ${order.filled}`,
      );
    }
    return !isCounted;
  }

  /** The trades of orders not ours that are remembered. */
  save(): JsonValue {
    return this.#foreign.map((seen) => [...seen]);
  }

  restore(saved: JsonValue): void {
    (saved as readonly (readonly TradeId[])[]).forEach((trades, index) => {
      for (const trade of trades) this.#foreign[index]?.add(trade);
    });
  }

  /** The end of an order: what it counts must have been seen, or is still on its way. */
  closed(event: OrderClosed): void {
    const order = this.#tracker.find(event.orderId);
    if (order === undefined) return;
    if (event.filled !== order.filled && event.filled > order.toldFilled) {
      this.#note(
        event,
        `order ${order.orderId} closed with ${event.filled} lots filled, we have seen ${order.filled}`,
      );
    }
    this.#tracker.closed(order, event);
  }

  /** Does the fill contradict what we know of its order? */
  #isOdd(order: TrackedOrder, event: OrderFilled): boolean {
    return (
      order.side !== event.side ||
      order.instrument !== event.instrument ||
      order.state === "refused" ||
      order.filled + event.size > Math.max(order.size, order.askedSize)
    );
  }

  #noteOdd(order: TrackedOrder, event: OrderFilled): void {
    const { orderId, side, size, filled, state } = order;
    const ours = `a ${side} of ${size} lots on ${order.instrument}, ${filled} filled, ${state}`;
    const theirs = `a ${event.side} of ${event.size} lots on ${event.instrument}`;
    this.#note(event, `fill of order ${orderId} contradicts it: ${ours}; filled ${theirs}`);
  }

  #foreignFill(event: OrderFilled): boolean {
    const { orderId, tradeId, instrument } = event;
    if (orderId > 0 && orderId <= this.#tracker.spentUpTo) {
      this.#note(event, `fill of order ${orderId}, long over: trade ${tradeId} is not booked`);
      return false;
    }
    const seen = this.#foreignOf(event);
    if (seen.has(tradeId)) {
      this.#note(event, `trade ${tradeId} of order ${orderId}, not ours, was booked before`);
      return false;
    }
    if (seen.size === FOREIGN_TRADES_MAX) {
      for (const oldest of seen) {
        seen.delete(oldest);
        break;
      }
    }
    seen.add(tradeId);
    if (isTakenOver(event)) this.#state.tookOver(event);
    else if (this.#state.counts(instrument, event.venueAt)) return this.#counted(event);
    else this.#state.filled(event);
    const { side, size, price } = event;
    this.#note(event, `order ${orderId} is not ours: ${side} of ${size} at ${price} is booked`);
    return true;
  }

  #foreignOf({ instrument, side }: OrderFilled): Set<TradeId> {
    return this.#foreign[2 * instrument + (side === "bid" ? 0 : 1)] as Set<TradeId>;
  }

  /** Its lots are where they belong: what it cost is not. */
  #counted(event: OrderFilled): false {
    const { orderId, tradeId } = event;
    this.#note(event, `trade ${tradeId} of order ${orderId} was taken over before it was told`);
    if (event.fee !== 0) this.#state.charged(event);
    return false;
  }

  #note(event: Event, text: string): void {
    this.#journal.note(text, event.at);
  }
}
