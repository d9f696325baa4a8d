// Our view: the book as the feed brought it, copies of our orders, the account as answers told it.
// A copy may be behind the exchange's by both latencies; that lag is what the two views are for.
// Source: hftbacktest order fill documentation; 1.2.

import { ROW_DEPTH } from "../../../src/domain/tape.ts";
import { CompatAccount, type CompatMoney } from "./account.ts";
import { DepthBook } from "./depth-book.ts";
import { type MarketRows, ROW_SIDE_BID } from "./market-rows.ts";
import { type CompatOrder, type CompatOrderSpec, copyOf, isInactive, orderOf } from "./order.ts";

/** Why a request was not sent, with the published code: id exists, in process, not found. */
export type RequestFault = 10 | 11 | 12;

export class LocalSide {
  readonly book = new DepthBook();
  readonly account: CompatAccount;
  /** Our copies by id; read-only to callers. */
  readonly orders: ReadonlyMap<number, Readonly<CompatOrder>>;
  readonly #orders = new Map<number, CompatOrder>();
  readonly #rows: MarketRows;
  #next = 0;

  constructor(rows: MarketRows, money: CompatMoney) {
    this.account = new CompatAccount(money);
    this.orders = this.#orders;
    this.#rows = rows;
  }

  /** Arrival of the next row; Infinity after the last. */
  nextNs(): number {
    return this.#next < this.#rows.rows
      ? (this.#rows.localNs[this.#next] as number)
      : Number.POSITIVE_INFINITY;
  }

  /** Brings the book up to `limitNs`, inclusive. Prints change nothing here. */
  runRows(limitNs: number): void {
    const { rows, kind, side, tick, lots, localNs } = this.#rows;
    const book = this.book;
    let row = this.#next;
    for (; row < rows && (localNs[row] as number) <= limitNs; row++) {
      if (kind[row] !== ROW_DEPTH) continue;
      if (side[row] === ROW_SIDE_BID) book.setBid(tick[row] as number, lots[row] as number);
      else book.setAsk(tick[row] as number, lots[row] as number);
    }
    this.#next = row;
  }

  /** Records a new order and returns what is sent, or code 10 when the id is still known. */
  submit(spec: CompatOrderSpec, nowNs: number): CompatOrder | RequestFault {
    if (this.#orders.has(spec.id)) return 10;
    const order = orderOf(spec, nowNs);
    this.#orders.set(spec.id, order);
    return copyOf(order, "new");
  }

  /** Marks a cancel in flight and returns what is sent, or code 12 (unknown) or 11 (in process). */
  cancel(id: number, nowNs: number): CompatOrder | RequestFault {
    const order = this.#orders.get(id);
    if (order === undefined) return 12;
    if (order.request !== "none") return 11;
    order.request = "cancel";
    order.requestedNs = nowNs;
    return copyOf(order, "cancel");
  }

  /** As cancel; our copy keeps its price and size until the answer. */
  modify(id: number, tick: number, lots: number, nowNs: number): CompatOrder | RequestFault {
    const order = this.#orders.get(id);
    if (order === undefined) return 12;
    if (order.request !== "none") return 11;
    order.request = "modify";
    order.requestedNs = nowNs;
    return { ...copyOf(order, "modify"), tick, lots };
  }

  /** An answer arrives: it replaces our copy, mark and all, or brings a dropped one back. */
  receive(response: CompatOrder): void {
    if (response.request === "rejected") {
      this.#onRejected(response);
      return;
    }
    if (response.status === "filled") this.account.apply(response);
    this.#orders.set(response.id, response);
  }

  /** Only clears the mark, only of the very request it answers; a rejected new order expires. */
  #onRejected(response: CompatOrder): void {
    const order = this.#orders.get(response.id);
    if (order === undefined || order.requestedNs !== response.requestedNs) return;
    if (order.request === "new") order.status = "expired";
    order.request = "none";
  }

  /** Drops the copies that are over: expired, filled, canceled. */
  clearInactive(): void {
    for (const order of this.#orders.values()) {
      if (isInactive(order)) this.#orders.delete(order.id);
    }
  }
}
