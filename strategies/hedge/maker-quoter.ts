// One post-only order on a leg, kept near the best price until what is wanted is filled. Never two at once, never a
// replacement before the old one is over and everything it filled is known. Refusals are backed off from, doubling:
// a storm of post-only refusals costs a bounded number of orders.

import type { Side } from "../../src/domain/units.ts";
import type { HedgeDesk } from "./hedge-desk.ts";
import type { Leg } from "./hedge-target.ts";
import type { OrderRecord } from "./own-orders.ts";
import type { Wait } from "./waits.ts";

/** What is to be traded by post-only orders now. `mayPlace` false: what stands may stand, nothing new. */
export type MakerWant = Readonly<{
  side: Side;
  lots: number;
  reduceOnly: boolean;
  mayPlace: boolean;
}>;

type QuoterSaved = Readonly<{
  orderId: number;
  placedAt: number;
  refusals: number;
  quietUntil: number;
}>;

/** Beyond this the backoff no longer doubles: 2^20 of any base is longer than any limit. */
const DOUBLINGS_MAX = 20;

export class MakerQuoter {
  readonly leg: Leg;
  readonly #wait: Wait;
  #orderId = 0;
  #placedAt = 0;
  #refusals = 0;
  #quietUntil = 0;

  constructor(leg: Leg, wait: Wait) {
    this.leg = leg;
    this.#wait = wait;
  }

  /** Is this the order it keeps, or kept until just now? */
  owns(orderId: number): boolean {
    return orderId !== 0 && orderId === this.#orderId;
  }

  /** Is an order of ours still there, in any state? */
  isOpen(desk: HedgeDesk): boolean {
    return desk.orders.find(this.#orderId)?.end === "open";
  }

  /** Moves towards `want`; undefined: nothing is to stand. */
  step(want: MakerWant | undefined, desk: HedgeDesk): void {
    const record = desk.orders.find(this.#orderId);
    if (record?.end === "open") {
      this.#tend(record, want, desk);
      return;
    }
    if (this.#orderId !== 0) this.#over(record, desk);
    if (want === undefined || !want.mayPlace) {
      desk.done(this.#wait);
      return;
    }
    if (desk.now < this.#quietUntil) {
      desk.wait(this.#wait, this.#quietUntil);
      return;
    }
    const price = this.#price(want.side, desk);
    if (price === undefined) return;
    this.#placedAt = desk.now;
    this.#orderId = desk.place({
      leg: this.leg,
      side: want.side,
      lots: want.lots,
      price,
      timeInForce: "POST_ONLY",
      reduceOnly: want.reduceOnly,
    });
    desk.wait(this.#wait, desk.now + desk.config.makerOrderUs);
  }

  save(): QuoterSaved {
    return {
      orderId: this.#orderId,
      placedAt: this.#placedAt,
      refusals: this.#refusals,
      quietUntil: this.#quietUntil,
    };
  }

  restore(saved: QuoterSaved): void {
    this.#orderId = saved.orderId;
    this.#placedAt = saved.placedAt;
    this.#refusals = saved.refusals;
    this.#quietUntil = saved.quietUntil;
  }

  #tend(record: OrderRecord, want: MakerWant | undefined, desk: HedgeDesk): void {
    const order = desk.order(record);
    if (order?.state !== "live") return;
    const leaves = order.size - order.filled;
    const unwanted = want === undefined || want.side !== record.side || leaves > want.lots;
    if (unwanted || this.#isStale(record.side, order.price, desk)) desk.cancel(record);
  }

  /** Older than it may be, and no longer at the best price of its side. */
  #isStale(side: Side, price: number | undefined, desk: HedgeDesk): boolean {
    if (desk.now < this.#placedAt + desk.config.makerOrderUs || price === undefined) return false;
    const best = side === "bid" ? desk.book(this.leg).bestBid() : desk.book(this.leg).bestAsk();
    if (best === undefined) return true;
    return side === "bid" ? price < best : price > best;
  }

  /** The last order is over: a refusal is backed off from, anything else starts afresh. */
  #over(record: OrderRecord | undefined, desk: HedgeDesk): void {
    const refused =
      record !== undefined &&
      record.seen === 0 &&
      (record.end === "refused" ||
        record.end === "not-sent" ||
        record.reason === "post-only-would-cross");
    this.#orderId = 0;
    if (!refused) {
      this.#refusals = 0;
      this.#quietUntil = desk.now;
      return;
    }
    const { makerBackoffUs, makerBackoffMaxUs } = desk.config;
    let backoff = makerBackoffUs;
    for (let n = 0; n < Math.min(this.#refusals, DOUBLINGS_MAX); n += 1) backoff *= 2;
    this.#refusals += 1;
    this.#quietUntil = desk.now + Math.min(backoff, makerBackoffMaxUs);
  }

  #price(side: Side, desk: HedgeDesk): number | undefined {
    const touch = desk.touch(this.leg);
    if (touch === undefined || touch.bid >= touch.ask) return undefined;
    const { bid, ask } = touch;
    if (desk.config.makerPrice === "touch") return side === "bid" ? bid : ask;
    return side === "bid" ? ask - 1 : bid + 1;
  }
}
