// The counter a strategy draws its order ids from; part of what it saves, so that a restart never reuses one.

import type { OrderId } from "./units.ts";
import { orderId } from "./units.ts";

/** Counts up from `first`; ids are unique within a bot. */
export class OrderIds {
  #next: number;

  constructor(first = 1) {
    this.#next = first;
  }

  /** The next unused id. */
  next(): OrderId {
    const id = orderId(this.#next);
    this.#next += 1;
    return id;
  }

  save(): number {
    return this.#next;
  }

  restore(saved: number): void {
    this.#next = saved;
  }
}
