// One direction of the wire between us and the exchange: first in, first out, nothing overtakes.
// Source: hftbacktest order fill documentation; 1.3.

import { assert } from "../../../src/domain/assert.ts";
import type { CompatOrder } from "./order.ts";

/** Slots the queue grows by before taken ones are dropped from its front. */
const TAKEN_SLOTS_MAX = 1_024;

export class OrderBus {
  #orders: CompatOrder[] = [];
  #arrivalsNs: number[] = [];
  #taken = 0;

  /** Arrival of the earliest order on the way; Infinity when there is none. */
  nextNs(): number {
    return this.#taken < this.#orders.length
      ? (this.#arrivalsNs[this.#taken] as number)
      : Number.POSITIVE_INFINITY;
  }

  /** Sends: arrival = max(send + latency, last queued arrival) while the queue is not empty. */
  send(order: CompatOrder, atNs: number): void {
    const waiting = this.#taken < this.#orders.length;
    const last = waiting ? (this.#arrivalsNs[this.#arrivalsNs.length - 1] as number) : atNs;
    this.#orders.push(order);
    this.#arrivalsNs.push(atNs > last ? atNs : last);
  }

  /** Takes the earliest order off the bus. */
  take(): CompatOrder {
    const order = this.#orders[this.#taken];
    assert(order !== undefined, "an order is on the bus when one is taken");
    this.#taken += 1;
    if (this.#taken === this.#orders.length || this.#taken === TAKEN_SLOTS_MAX) {
      this.#orders.splice(0, this.#taken);
      this.#arrivalsNs.splice(0, this.#taken);
      this.#taken = 0;
    }
    return order;
  }
}
