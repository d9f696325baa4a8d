// The bot's own orders, followed to their end: how many lots belief has booked of each, what its end counted, and when
// its last request left. An order that was asked for and never sent (our own rules refused it) is found out here.
// Sizes are never taken from the request: only from what was filled.

import type { Event, OrderClosed, OrderFilled, OrderRefused } from "../../src/domain/event.ts";
import type { InstrumentId, Side } from "../../src/domain/units.ts";
import { signOf } from "../../src/domain/units.ts";
import type { OrderView, View } from "../../src/ports/view.ts";
import type { Leg } from "./hedge-target.ts";

export type OrderEnd = "open" | "filled" | "refused" | "closed" | "not-sent" | "written-off";

export type OrderRecord = {
  readonly orderId: number;
  readonly leg: Leg;
  readonly side: Side;
  readonly size: number;
  /** Lots of it that belief has booked. */
  seen: number;
  /** Lots its end counted; −1 while nothing has said so. */
  told: number;
  end: OrderEnd;
  /** Why it was refused or closed; empty while open. */
  reason: string;
  /** When its last request left, µs. */
  requestAt: number;
  /** A cancel followed its unknown outcome. */
  cancelTried: boolean;
  /** Cancels of it that its venue refused, and when the next may leave, µs. */
  cancelRefusals: number;
  cancelFrom: number;
  /** The venue refused to amend it. */
  amendRefused: boolean;
  /** Reports in a row that did not list it although they were late enough to. */
  misses: number;
  /** Since when its outcome is not known, µs; −1 while it is. */
  stuckSince: number;
  /** Its outcome was unknown once: an end without an answer of the venue's own may hide fills. */
  wasUnknown: boolean;
};

/**
 * After a cancel that was refused, doubling with each: asked again at every answer, a venue's limiter is never left
 * alone, and each copy on the wire doubles the questions. 250 ms: an answer's way there and back.
 */
const CANCEL_AGAIN_US = 250_000;
const CANCEL_AGAIN_MAX_US = 4_000_000;

export class OwnOrders {
  #records: OrderRecord[] = [];

  get all(): readonly OrderRecord[] {
    return this.#records;
  }

  find(orderId: number): OrderRecord | undefined {
    for (const record of this.#records) if (record.orderId === orderId) return record;
    return undefined;
  }

  /** Is any order of the leg, or of both, not over? Those written off do not count. */
  anyOpen(leg?: Leg): boolean {
    for (const record of this.#records) {
      if (record.end === "open" && (leg === undefined || record.leg === leg)) return true;
    }
    return false;
  }

  /** Signed lots that ends have counted and no fill has told of yet. */
  missing(leg: Leg): number {
    let lots = 0;
    for (const record of this.#records) {
      if (record.leg === leg && record.told > record.seen) {
        lots += signOf(record.side) * (record.told - record.seen);
      }
    }
    return lots;
  }

  /** A report has spoken: fills that are missing are part of it. */
  forgiveMissing(leg: Leg): void {
    for (const record of this.#records) {
      if (record.leg === leg && record.told > record.seen) record.told = record.seen;
    }
  }

  placed(order: Pick<OrderRecord, "orderId" | "leg" | "side" | "size">, now: number): void {
    const { orderId, leg, side, size } = order;
    this.#records.push({
      orderId,
      leg,
      side,
      size,
      seen: 0,
      told: -1,
      end: "open",
      reason: "",
      requestAt: now,
      cancelTried: false,
      cancelRefusals: 0,
      cancelFrom: 0,
      amendRefused: false,
      misses: 0,
      stuckSince: -1,
      wasUnknown: false,
    });
  }

  /**
   * Takes an order's event in; `booked` lots of its fill moved the position, and `view` has it already.
   * True when a fill belongs to no order that is still followed.
   */
  hear(event: Event, booked: number, view: View): boolean {
    switch (event.kind) {
      case "OrderFilled":
        return this.#filled(event, booked);
      case "OrderClosed":
        this.#closed(event);
        return false;
      case "OrderRefused":
        this.#refused(event, view);
        return false;
      case "OrderUnknown": {
        const record = this.find(event.orderId);
        if (record === undefined) return false;
        record.misses = 0;
        record.wasUnknown = true;
        return false;
      }
      default:
        return false;
    }
  }

  /** Does an order's end say that the position may be another than fills have told? */
  doubts(event: Event): boolean {
    if (event.kind === "OrderRefused") return event.reason === "reduce-only";
    if (event.kind !== "OrderClosed") return false;
    if (event.reason === "reduce-only" || event.reason === "liquidated") return true;
    return event.reason === "cancelled" && this.find(event.orderId)?.wasUnknown === true;
  }

  /** What is open here and no longer in the view has ended without an event of its own. */
  settle(view: View, instruments: readonly [InstrumentId, InstrumentId]): void {
    for (const record of this.#records) {
      if (record.end !== "open") continue;
      if (orderOf(view, instruments[record.leg], record.orderId) !== undefined) continue;
      record.end = record.seen >= record.size ? "filled" : "not-sent";
    }
  }

  /** Forgets what is over and accounted for. */
  prune(): void {
    if (!this.#records.some(isDone)) return;
    this.#records = this.#records.filter((record) => !isDone(record));
  }

  save(): readonly OrderRecord[] {
    return this.#records.map((record) => ({ ...record }));
  }

  restore(saved: readonly OrderRecord[]): void {
    this.#records = saved.map((record) => ({ ...record }));
  }

  #filled(event: OrderFilled, booked: number): boolean {
    const record = this.find(event.orderId);
    if (record === undefined) return booked > 0;
    record.seen += booked;
    return booked > 0 && record.end === "written-off";
  }

  #closed(event: OrderClosed): void {
    const record = this.find(event.orderId);
    if (record === undefined) return;
    record.end = event.reason === "filled" ? "filled" : "closed";
    record.reason = event.reason;
    record.told = event.filled;
  }

  #refused(event: OrderRefused, view: View): void {
    const record = this.find(event.orderId);
    if (record === undefined) return;
    if (event.request === "amend") record.amendRefused = true;
    if (event.request === "cancel") backOff(record, event.at);
    if (event.request !== "place" || record.end !== "open") return;
    // A copy's, for whatever reason: what was accepted, or filled in part, is open all the same.
    if (orderOf(view, event.instrument, event.orderId) !== undefined) return;
    record.end = "refused";
    record.reason = event.reason;
  }
}

/** One of our orders that is not over, as believed. */
export function orderOf(view: View, instrument: InstrumentId, id: number): OrderView | undefined {
  const orders = view.openOrders(instrument);
  for (let index = 0; index < orders.length; index += 1) {
    const order = orders[index] as OrderView;
    if (order.orderId === id) return order;
  }
  return undefined;
}

/** May an order be cancelled that is believed to be `order`? Not while a request is in flight, nor right after a refusal. */
export function mayCancel(record: OrderRecord, order: OrderView | undefined, now: number): boolean {
  const isAskable = order?.state === "live" || order?.state === "unknown";
  return isAskable && now >= record.cancelFrom;
}

/** The refusals of copies of one request count once. */
function backOff(record: OrderRecord, now: number): void {
  if (now < record.cancelFrom) return;
  let pauseUs = CANCEL_AGAIN_US;
  for (let n = 0; n < record.cancelRefusals && pauseUs < CANCEL_AGAIN_MAX_US; n += 1) pauseUs *= 2;
  record.cancelRefusals += 1;
  record.cancelFrom = now + pauseUs;
}

function isDone(record: OrderRecord): boolean {
  return record.end !== "open" && record.told <= record.seen;
}
