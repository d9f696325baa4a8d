// What became of each order, for a picture of where orders stood and for how they fill by where they were put.
// Counts are of all orders; of the lives themselves a bounded number is kept, filled ones before others.

import type { Command, PlaceOrder } from "../../domain/command.ts";
import type { OrderAccepted, OrderClosed, OrderFilled, OrderRefused } from "../../domain/event.ts";
import type { OrderId } from "../../domain/units.ts";

/** Times are the bot's own, µs; undefined until it happens. */
export type OrderLife = {
  readonly orderId: OrderId;
  readonly instrument: number;
  readonly side: "bid" | "ask";
  /** Ticks; as it last stood. undefined: a market order. */
  price: number | undefined;
  size: number;
  readonly sentAt: number;
  /** Ticks behind the best price of its own side when it was sent, 0 at it, below 0 inside the spread. */
  readonly behindTicks: number | undefined;
  acceptedAt: number | undefined;
  filledAt: number | undefined;
  endedAt: number | undefined;
  filled: number;
};

/** Orders by how far behind the touch they were sent; the last counts all that are further. */
export const BEHIND_TICKS = [-1, 0, 1, 2, 5, 10, 20, 50] as const;
/** Time from acceptance to the first fill, seconds; the last counts all that took longer. */
export const FILL_SECONDS = [0.1, 1, 10, 60, 600] as const;

const KEPT_MAX = 4_096;

export class OrderLives {
  /** Sent, and filled at least in part, per class of BEHIND_TICKS and one beyond. */
  readonly sentBehind = new Float64Array(BEHIND_TICKS.length + 1);
  readonly filledBehind = new Float64Array(BEHIND_TICKS.length + 1);
  /** Orders that rested, by time to their first fill. */
  readonly filledWithin = new Float64Array(FILL_SECONDS.length + 1);
  seen = 0;
  readonly #open = new Map<OrderId, OrderLife>();
  #ended: OrderLife[] = [];

  /** A command leaves at `at`; `bestTicks` is the best price of the order's own side, where there is one. */
  command(command: Command, at: number, bestTicks: number | undefined): void {
    if (command.kind === "PlaceOrder") this.#place(command, at, bestTicks);
  }

  accepted({ orderId, price, size, at }: OrderAccepted): void {
    const life = this.#open.get(orderId);
    if (life === undefined) return;
    life.acceptedAt ??= at;
    if (life.price !== undefined) life.price = price;
    life.size = size;
  }

  refused({ orderId, request, at }: OrderRefused): void {
    if (request === "place") this.#end(orderId, at);
  }

  filled({ orderId, size, at }: OrderFilled): void {
    const life = this.#open.get(orderId);
    if (life === undefined) return;
    life.filled += size;
    if (life.filledAt !== undefined) return;
    life.filledAt = at;
    const slot = behindClass(life.behindTicks);
    if (slot >= 0) this.filledBehind[slot] = (this.filledBehind[slot] as number) + 1;
    const waited = (at - (life.acceptedAt ?? life.sentAt)) / 1_000_000;
    const within = FILL_SECONDS.findIndex((limit) => waited <= limit);
    const place = within < 0 ? FILL_SECONDS.length : within;
    this.filledWithin[place] = (this.filledWithin[place] as number) + 1;
  }

  closed({ orderId, at }: OrderClosed): void {
    this.#end(orderId, at);
  }

  /** Lives in order of their sending, those still open among them. */
  lives(): readonly OrderLife[] {
    return [...this.#ended, ...this.#open.values()].sort(
      (left, right) => left.sentAt - right.sentAt || left.orderId - right.orderId,
    );
  }

  #place(order: PlaceOrder, at: number, bestTicks: number | undefined): void {
    this.seen += 1;
    const { price, side } = order;
    const behindTicks =
      price === undefined || bestTicks === undefined
        ? undefined
        : side === "bid"
          ? bestTicks - price
          : price - bestTicks;
    const slot = behindClass(behindTicks);
    if (slot >= 0) this.sentBehind[slot] = (this.sentBehind[slot] as number) + 1;
    this.#open.set(order.orderId, {
      orderId: order.orderId,
      instrument: order.instrument,
      side,
      price,
      size: order.size,
      sentAt: at,
      behindTicks,
      acceptedAt: undefined,
      filledAt: undefined,
      endedAt: undefined,
      filled: 0,
    });
  }

  #end(orderId: OrderId, at: number): void {
    const life = this.#open.get(orderId);
    if (life === undefined) return;
    this.#open.delete(orderId);
    life.endedAt = at;
    this.#ended.push(life);
    if (this.#ended.length >= KEPT_MAX) this.#thin();
  }

  /** Every second order that never filled goes; if none is left of those, every second that did. */
  #thin(): void {
    const half = (keep: (life: OrderLife) => boolean): OrderLife[] => {
      let odd = false;
      return this.#ended.filter((life) => {
        if (keep(life)) return true;
        odd = !odd;
        return odd;
      });
    };
    const thinned = half((life) => life.filled > 0);
    this.#ended = thinned.length < KEPT_MAX * 0.9 ? thinned : half(() => false);
  }
}

function behindClass(behindTicks: number | undefined): number {
  if (behindTicks === undefined) return -1;
  const found = BEHIND_TICKS.findIndex((limit) => behindTicks <= limit);
  return found < 0 ? BEHIND_TICKS.length : found;
}
