// One direction of the wire between us and the exchange: first in, first out, nothing overtakes.
// A ring that doubles when full; there is no limit of its own, since what is sent is the caller's.
// Source: hftbacktest order fill documentation; 1.3.

import { assert } from "../../../src/domain/assert.ts";
import type { CompatOrder } from "./order.ts";

/** A power of two; a market maker has a handful of orders on the wire. */
const FIRST_CAPACITY = 16;

export class OrderBus {
  #orders: (CompatOrder | undefined)[] = new Array(FIRST_CAPACITY).fill(undefined);
  #arrivalsNs = new Float64Array(FIRST_CAPACITY);
  #head = 0;
  #count = 0;

  /** Arrival of the earliest order on the way; Infinity when there is none. */
  nextNs(): number {
    return this.#count > 0 ? (this.#arrivalsNs[this.#head] as number) : Number.POSITIVE_INFINITY;
  }

  /** Sends: arrival = max(send + latency, last queued arrival) while the queue is not empty. */
  send(order: CompatOrder, atNs: number): void {
    if (this.#count === this.#orders.length) this.#double();
    const mask = this.#orders.length - 1;
    const tail = (this.#head + this.#count) & mask;
    const last = this.#count > 0 ? (this.#arrivalsNs[(tail - 1) & mask] as number) : atNs;
    this.#orders[tail] = order;
    this.#arrivalsNs[tail] = atNs > last ? atNs : last;
    this.#count += 1;
  }

  /** Takes the earliest order off the bus. */
  take(): CompatOrder {
    const order = this.#orders[this.#head];
    assert(this.#count > 0 && order !== undefined, "an order is on the bus when one is taken");
    this.#orders[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#orders.length - 1);
    this.#count -= 1;
    return order;
  }

  #double(): void {
    const orders = [...this.#orders.slice(this.#head), ...this.#orders.slice(0, this.#head)];
    const arrivals = new Float64Array(orders.length * 2);
    arrivals.set(this.#arrivalsNs.subarray(this.#head));
    arrivals.set(this.#arrivalsNs.subarray(0, this.#head), orders.length - this.#head);
    this.#orders = [...orders, ...new Array<undefined>(orders.length).fill(undefined)];
    this.#arrivalsNs = arrivals;
    this.#head = 0;
  }
}
