// A market of which somebody wants to know where our orders stand: the same market, moved message by message while an
// order that is watched rests in it, so that what each message did to its queue can be told. It changes nothing.

import type { CloseReason } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderId, PriceTicks, Side, SizeLots, TimeUs } from "../../src/domain/units.ts";
import type { TruthObserver } from "../../src/ports/truth.ts";
import type { SideCode } from "./level-book.ts";
import type { Market, VenueOrder } from "./market.ts";
import type { RecordedRows, RowReader } from "./recorded-rows.ts";

/** A market that knows the queue ahead of an order of ours, and how many rows it has passed. */
export interface QueueMarket extends Market {
  queueAhead(id: OrderId): number | undefined;
  readonly rows: number;
}

/** An order that is followed. */
type Followed = {
  readonly orderId: OrderId;
  readonly side: Side;
  readonly price: PriceTicks;
  ahead: number;
  /** The least distance of the other side so far, ticks. */
  nearest: number;
  /** Of the message in progress: lots printed at the price, and what its level is now said to hold. */
  printed: number;
  displayed: number | undefined;
};

/** No row lies half a microsecond past another: what `advance` returns then tells a stop from the limit. */
const HALF_US = 0.5;

export class WatchedMarket implements Market, RowReader {
  readonly instrument: Instrument;
  readonly #inner: QueueMarket;
  readonly #rows: RecordedRows;
  readonly #truth: TruthObserver;
  #followed: Followed[] = [];

  constructor(inner: QueueMarket, rows: RecordedRows, truth: TruthObserver) {
    this.instrument = inner.instrument;
    this.#inner = inner;
    this.#rows = rows;
    this.#truth = truth;
  }

  get rows(): number {
    return this.#inner.rows;
  }

  nextAt(): number {
    return this.#inner.nextAt();
  }

  hasOrders(): boolean {
    return this.#inner.hasOrders();
  }

  advance(limit: TimeUs): TimeUs {
    const inner = this.#inner;
    while (this.#followed.length > 0) {
      const next = inner.nextAt();
      if (next > limit) break;
      const before = inner.rows;
      const reached = inner.advance((next + HALF_US) as TimeUs);
      this.#rows.show(before, inner.rows, this);
      this.#tell(next as TimeUs);
      if (reached === next) return reached;
    }
    return inner.advance(limit);
  }

  place(order: VenueOrder, at: TimeUs): void {
    this.#inner.place(order, at);
    this.#follow(order, at);
  }

  cancel(id: OrderId, reason: CloseReason, at: TimeUs): boolean {
    this.#leave(id);
    return this.#inner.cancel(id, reason, at);
  }

  amend(id: OrderId, price: PriceTicks, size: SizeLots, at: TimeUs): boolean {
    const known = this.#inner.amend(id, price, size, at);
    this.#leave(id);
    const order = this.#inner.orders().find((each) => each.orderId === id);
    if (order !== undefined) this.#follow(order, at);
    return known;
  }

  orders(): readonly VenueOrder[] {
    return this.#inner.orders();
  }

  bestBid(): PriceTicks | undefined {
    return this.#inner.bestBid();
  }

  bestAsk(): PriceTicks | undefined {
    return this.#inner.bestAsk();
  }

  mark(): PriceTicks | undefined {
    return this.#inner.mark();
  }

  /** A print of the message in progress. */
  print(tick: number, lots: number, hit: SideCode | undefined, at: number): void {
    for (const each of this.#followed) {
      if (hit !== undefined && hit !== (each.side === "bid" ? 0 : 1)) continue;
      const ticks = away(each, tick);
      // A print whose aggressor is not told says nothing of who came near until it is at the price.
      if (hit !== undefined) this.#nearer(each, ticks, at as TimeUs);
      if (ticks > 0) continue;
      if (ticks === 0) each.printed += lots;
      const { orderId, ahead } = each;
      const told = { orderId, at: at as TimeUs, price: tick as PriceTicks, lots, ahead };
      this.#truth.learn({ kind: "PrintReached", ...told, through: ticks < 0 });
    }
  }

  /** A level of the message in progress. */
  level(tick: number, lots: number, side: SideCode): void {
    for (const each of this.#followed) {
      if (each.price === tick && (each.side === "bid" ? 0 : 1) === side) each.displayed = lots;
    }
  }

  #follow(order: VenueOrder, at: TimeUs): void {
    const { orderId, side, price } = order;
    const ahead = this.#inner.queueAhead(orderId);
    if (ahead === undefined || price === undefined) return;
    const isFollowed = this.#truth.watches(orderId, at);
    if (!isFollowed && this.#truth.rested === undefined) return;
    const touch = { bid: this.bestBid(), ask: this.bestAsk() };
    const rested = { kind: "OrderRested", at, orderId, side, price, ahead, ...touch } as const;
    this.#truth.rested?.(rested);
    if (!isFollowed) return;
    const nearest = Number.POSITIVE_INFINITY;
    const followed = { orderId, side, price, ahead, nearest, printed: 0, displayed: undefined };
    this.#followed.push(followed);
    this.#truth.learn(rested);
    this.#lookAcross(followed, at);
  }

  #leave(id: OrderId): void {
    this.#followed = this.#followed.filter((each) => each.orderId !== id);
  }

  /** Tells what the message that has just passed did to those who are followed. */
  #tell(at: TimeUs): void {
    let someOver = false;
    for (const each of this.#followed) {
      const { orderId, ahead: aheadBefore, printed, displayed } = each;
      const ahead = this.#inner.queueAhead(orderId);
      if (ahead === undefined) {
        someOver = true;
        continue;
      }
      if (ahead !== aheadBefore || displayed !== undefined || printed > 0) {
        const moved = { at, orderId, aheadBefore, ahead, displayed, printed };
        this.#truth.learn({ kind: "QueueMoved", ...moved });
      }
      each.ahead = ahead;
      each.printed = 0;
      each.displayed = undefined;
      this.#lookAcross(each, at);
    }
    if (!someOver) return;
    this.#followed = this.#followed.filter(
      ({ orderId }) => this.#inner.queueAhead(orderId) !== undefined,
    );
  }

  #lookAcross(each: Followed, at: TimeUs): void {
    const best = each.side === "bid" ? this.bestAsk() : this.bestBid();
    if (best !== undefined) this.#nearer(each, away(each, best), at);
  }

  #nearer(each: Followed, ticks: number, at: TimeUs): void {
    if (ticks >= each.nearest) return;
    each.nearest = ticks;
    this.#truth.learn({ kind: "MarketNearer", at, orderId: each.orderId, ticks });
  }
}

/** Ticks a price of the other side still has to go to an order; below 0 it is through. */
function away({ side, price }: Followed, tick: number): number {
  return side === "bid" ? tick - price : price - tick;
}
