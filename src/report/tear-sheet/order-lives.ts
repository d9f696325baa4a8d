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
  /** Lots ahead when it came to rest, in multiples of its size; undefined: it never rested, or nobody knows. */
  aheadSizes: number | undefined;
};

/** What a sheet shows of orders. */
export type OrderFacts = Readonly<{
  /** Of `seen` orders these are kept, filled ones before others. */
  lives: readonly OrderLife[];
  seen: number;
  behindTicks: readonly number[];
  sentBehind: readonly number[];
  filledBehind: readonly number[];
  /** By the queue ahead when they came to rest, in multiples of their size; all 0 where no queue is known. */
  aheadSizes: readonly number[];
  restedAhead: readonly number[];
  filledAhead: readonly number[];
  fillSeconds: readonly number[];
  filledWithin: readonly number[];
  /** Half, and nine tenths, of the orders that filled had their first fill within so many seconds. */
  waits: Readonly<{ half: number; mostly: number }> | undefined;
}>;

/** Orders by how far behind the touch they were sent; the last counts all that are further. */
const BEHIND_TICKS = [-1, 0, 1, 2, 5, 10, 20, 50] as const;
/** Orders by the lots ahead of them when they came to rest, in multiples of their own size; the last counts all beyond. */
const AHEAD_SIZES = [0, 1, 10, 100, 1_000] as const;
/** Time from acceptance to the first fill, seconds; the last counts all that took longer. */
const FILL_SECONDS = [0.1, 1, 10, 60, 600] as const;

const KEPT_MAX = 4_096;

export class OrderLives {
  /** Sent, and filled at least in part, per class of BEHIND_TICKS and one beyond. */
  readonly #sentBehind = new Float64Array(BEHIND_TICKS.length + 1);
  readonly #filledBehind = new Float64Array(BEHIND_TICKS.length + 1);
  /** Came to rest, and filled at least in part, per class of AHEAD_SIZES and one beyond. */
  readonly #restedAhead = new Float64Array(AHEAD_SIZES.length + 1);
  readonly #filledAhead = new Float64Array(AHEAD_SIZES.length + 1);
  /** Orders by time to their first fill; and each of those times, s, in the order of the fills. */
  readonly #filledWithin = new Float64Array(FILL_SECONDS.length + 1);
  readonly #waits: number[] = [];
  #seen = 0;
  readonly #open = new Map<OrderId, OrderLife>();
  #ended: OrderLife[] = [];

  /** A command leaves at `at`; `bestTicks` is the best price of the order's own side, where there is one. */
  command(command: Command, at: number, bestTicks: number | undefined): void {
    if (command.kind === "PlaceOrder") this.#place(command, at, bestTicks);
  }

  /** It came to rest at the venue behind `ahead` lots; of an amended order its first stay counts. */
  rested(orderId: OrderId, ahead: number): void {
    const life = this.#open.get(orderId);
    if (life === undefined || life.aheadSizes !== undefined) return;
    life.aheadSizes = ahead / life.size;
    count(this.#restedAhead, AHEAD_SIZES, life.aheadSizes);
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
    count(this.#filledBehind, BEHIND_TICKS, life.behindTicks);
    count(this.#filledAhead, AHEAD_SIZES, life.aheadSizes);
    const waited = (at - (life.acceptedAt ?? life.sentAt)) / 1_000_000;
    count(this.#filledWithin, FILL_SECONDS, waited);
    this.#waits.push(waited);
  }

  closed({ orderId, at }: OrderClosed): void {
    this.#end(orderId, at);
  }

  facts(): OrderFacts {
    return {
      lives: this.#lives(),
      seen: this.#seen,
      behindTicks: BEHIND_TICKS,
      sentBehind: [...this.#sentBehind],
      filledBehind: [...this.#filledBehind],
      aheadSizes: AHEAD_SIZES,
      restedAhead: [...this.#restedAhead],
      filledAhead: [...this.#filledAhead],
      fillSeconds: FILL_SECONDS,
      filledWithin: [...this.#filledWithin],
      waits: quantilesOf(this.#waits),
    };
  }

  /** Lives in order of their sending, those still open among them. */
  #lives(): readonly OrderLife[] {
    return [...this.#ended, ...this.#open.values()].sort(
      (left, right) => left.sentAt - right.sentAt || left.orderId - right.orderId,
    );
  }

  #place(order: PlaceOrder, at: number, bestTicks: number | undefined): void {
    this.#seen += 1;
    const { price, side } = order;
    const behindTicks =
      price === undefined || bestTicks === undefined
        ? undefined
        : side === "bid"
          ? bestTicks - price
          : price - bestTicks;
    count(this.#sentBehind, BEHIND_TICKS, behindTicks);
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
      aheadSizes: undefined,
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

/** Adds one to the class of `value`: the first whose limit it does not pass, or the one beyond. */
function count(classes: Float64Array, limits: readonly number[], value: number | undefined): void {
  if (value === undefined) return;
  const found = limits.findIndex((limit) => value <= limit);
  const slot = found < 0 ? limits.length : found;
  classes[slot] = (classes[slot] as number) + 1;
}

/** The nearest rank, as many as there are. */
function quantilesOf(values: readonly number[]): OrderFacts["waits"] {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] as number;
  return { half: at(0.5), mostly: at(0.9) };
}
