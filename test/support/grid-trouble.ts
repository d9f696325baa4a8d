// A desk on which everything goes wrong that a venue and its wires can do to a grid: answers of every kind, late, twice
// or never, orders that vanish, positions that others move, books that are no use. Which, is drawn by the test.

import fc from "fast-check";
import type { CloseReason, Event, RefusalReason } from "../../src/domain/event.ts";
import { sizeLots, timeUs, tradeId } from "../../src/domain/units.ts";
import { REFUSAL_REASONS } from "../../src/journal/entry-codes.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { OrderState, OrderView } from "../../src/ports/view.ts";
import { FakeDesk } from "./fake-desk.ts";
import { fakeInstrument } from "./fake-view.ts";

export const closeReasons: readonly CloseReason[] = [
  "cancelled",
  "self-trade",
  "reduce-only",
  "liquidated",
  "insufficient-margin",
  "halted",
  "post-only-would-cross",
];

/** What happens next; `pick` chooses among the open orders, `lots` is a size or a direction. */
export type Trouble = Readonly<{
  do:
    | "look"
    | "jump"
    | "accept"
    | "answer-all"
    | "refuse"
    | "fill"
    | "fill-whole"
    | "fill-twice"
    | "fill-after-end"
    | "close"
    | "drop"
    | "lose"
    | "find"
    | "vanish"
    | "refuse-cancel"
    | "move-position"
    | "report"
    | "link"
    | "stale"
    | "one-sided"
    | "crossed";
  pick: number;
  lots: number;
}>;

const kinds: readonly Trouble["do"][] = [
  "look",
  "look",
  "look",
  "look",
  "jump",
  "accept",
  "accept",
  "answer-all",
  "refuse",
  "fill",
  "fill-whole",
  "fill-twice",
  "fill-after-end",
  "close",
  "drop",
  "lose",
  "find",
  "vanish",
  "refuse-cancel",
  "move-position",
  "report",
  "link",
  "stale",
  "one-sided",
  "crossed",
];

export const trouble: fc.Arbitrary<Trouble> = fc.record(
  { do: fc.constantFrom(...kinds), pick: fc.nat(1_000), lots: fc.integer({ min: 1, max: 30 }) },
  { noNullPrototype: true },
);

/** Troubles after which the limit may be passed without the grid's doing: it must not add to it. */
export const outsideTroubles: ReadonlySet<Trouble["do"]> = new Set([
  "fill-after-end",
  "move-position",
]);

export class TroubledDesk extends FakeDesk {
  /** When each order was placed, µs. */
  readonly placedAt: number[] = [];
  #trade = 1_000_000;
  #ended: OrderView | undefined;

  /** `step` moves the clock by 0.1 s where the book is looked at. */
  perform(next: Trouble): void {
    const { state } = this;
    const order = state.orders[next.pick % Math.max(1, state.orders.length)];
    switch (next.do) {
      case "look":
        this.#look((next.pick % 31) - 15);
        return;
      case "jump":
        this.#look((next.pick % 2 === 0 ? 1 : -1) * 10 * next.lots);
        return;
      case "answer-all":
        this.answerAll();
        return;
      case "link":
        this.link(state.linkUp ? "down" : "up");
        return;
      case "stale":
        state.fresh = !state.fresh;
        return;
      case "one-sided": {
        const bid = state.bid;
        state.bid = undefined;
        this.wake();
        state.bid = bid;
        return;
      }
      case "crossed": {
        const ask = state.ask;
        state.ask = (state.bid ?? 0) - 1;
        this.wake();
        state.ask = ask;
        return;
      }
      case "move-position":
        state.position += next.pick % 2 === 0 ? next.lots : -next.lots;
        this.#report();
        return;
      case "report":
        this.#report();
        return;
      case "fill-after-end":
        if (this.#ended !== undefined) this.#fillEnded(this.#ended, next.lots);
        return;
      default:
        if (order !== undefined) this.#toOrder(next, order);
    }
  }

  override wake(us = 100_000) {
    const commands = super.wake(us);
    for (const command of commands) {
      if (command.kind === "PlaceOrder") this.placedAt.push(this.state.now);
    }
    return commands;
  }

  #look(move: number): void {
    const { state } = this;
    state.bid = Math.max(2_000, (state.bid ?? 0) + move);
    state.ask = state.bid + 1 + (Math.abs(move) % 3);
    this.wake();
  }

  #toOrder(next: Trouble, order: OrderView): void {
    const leaves = order.size - order.filled;
    switch (next.do) {
      case "accept":
        if (order.state === "sent" || order.state === "unknown") this.accept(order);
        return;
      case "refuse":
        if (order.state === "sent") {
          this.refuse(order, REFUSAL_REASONS[next.pick % REFUSAL_REASONS.length] as RefusalReason);
        }
        return;
      case "fill":
        this.fill(order, Math.min(next.lots, leaves));
        this.#becomeLive(order);
        return;
      case "fill-whole":
        this.fill(order, leaves);
        return;
      case "fill-twice":
        this.fill(order, leaves);
        this.#tellFill(order, leaves);
        return;
      case "close":
        if (order.state === "sent") return;
        this.#ended = order;
        this.#close(order, closeReasons[next.pick % closeReasons.length] as CloseReason);
        return;
      case "drop":
        if (order.state === "sent") this.drop(order);
        return;
      case "lose":
        this.#become(order, "unknown");
        this.#tellUnknown(order);
        return;
      case "find":
        if (order.state === "unknown") this.#become(order, "live");
        this.#report();
        return;
      case "vanish":
        if (order.state !== "unknown") return;
        this.#ended = order;
        this.drop(order);
        this.#report();
        return;
      case "refuse-cancel":
        if (order.state === "cancelling") this.#refuseCancel(order, next.pick);
        return;
      default:
        return;
    }
  }

  #becomeLive(order: OrderView): void {
    if (order.state === "sent" || order.state === "unknown") this.#become(order, "live");
  }

  #become(order: OrderView, state: OrderState): void {
    this.state.orders = this.state.orders.map((other) =>
      other.orderId === order.orderId ? { ...other, state } : other,
    );
  }

  /** The venue says the order traded though it had said that it was over. */
  #fillEnded(order: OrderView, lots: number): void {
    const size = Math.min(lots, order.size - order.filled);
    this.#ended = undefined;
    this.state.position += order.side === "bid" ? size : -size;
    this.#tellFill(order, size);
  }

  #tellFill(order: OrderView, lots: number): void {
    this.#trade += 1;
    this.tell({
      kind: "OrderFilled",
      ...this.#told(order),
      tradeId: tradeId(this.#trade),
      side: order.side,
      price: order.price as never,
      size: sizeLots(lots),
      cumulative: sizeLots(Math.min(order.size, order.filled + lots)),
      liquidity: "maker",
      fee: 0 as never,
    });
  }

  #close(order: OrderView, reason: CloseReason): void {
    this.drop(order);
    this.tell({ kind: "OrderClosed", ...this.#told(order), reason, filled: order.filled });
  }

  #tellUnknown(order: OrderView): void {
    const request = order.state === "cancelling" ? "cancel" : "place";
    this.tell({ kind: "OrderUnknown", ...this.#told(order), request, cause: "timed-out" });
  }

  #refuseCancel(order: OrderView, pick: number): void {
    const reason = pick % 2 === 0 ? "rate-limited" : "unknown-order";
    this.#become(order, reason === "unknown-order" ? "unknown" : "live");
    const text = "refused by the test";
    this.tell({ kind: "OrderRefused", ...this.#told(order), request: "cancel", reason, text });
  }

  #report(): void {
    const event: Event = {
      kind: "AccountReported",
      at: timeUs(this.state.now),
      venueAt: timeUs(this.state.now),
      venue: fakeInstrument.venue,
      balance: 0 as never,
      positions: [],
      openOrders: [],
    };
    this.tell(event);
  }

  #told(order: OrderView) {
    const at = timeUs(this.state.now);
    return { at, venueAt: at, instrument: order.instrument, orderId: order.orderId };
  }
}

/** The same strategy, stopped and started again from what it saved before each event that `isCut` names. */
export function restarted(make: () => Strategy, isCut: (ordinal: number) => boolean): Strategy {
  let inner = make();
  let ordinal = 0;
  return {
    name: inner.name,
    wants: inner.wants,
    decide(event, view) {
      ordinal += 1;
      if (isCut(ordinal)) {
        const saved = JSON.parse(JSON.stringify(inner.save()));
        inner = make();
        inner.restore(saved);
      }
      return inner.decide(event, view);
    },
    save: () => inner.save(),
    restore: (saved) => inner.restore(saved),
  };
}
