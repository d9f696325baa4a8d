// Our resting orders on one side of an order-level market, best price first, oldest first within a price.

import type { OrderId } from "../../src/domain/units.ts";
import type { VenueOrder } from "./market.ts";

/** An order of ours in its queue; `arrival` places it among the recorded orders. */
export type OwnResting = Readonly<{ order: VenueOrder; price: number; arrival: number }>;

export class OwnQueue {
  /** Read-only to everyone else. */
  readonly resting: OwnResting[] = [];
  readonly #side: 0 | 1;

  constructor(side: 0 | 1) {
    this.#side = side;
  }

  /** True when a price is strictly better than another for this side. */
  better(price: number, other: number): boolean {
    return this.#side === 0 ? price > other : price < other;
  }

  /** Puts an order behind those of its price that came before it. */
  add(added: OwnResting): void {
    let index = this.resting.length;
    while (index > 0 && this.better(added.price, (this.resting[index - 1] as OwnResting).price)) {
      index -= 1;
    }
    this.resting.splice(index, 0, added);
  }

  remove(removed: OwnResting): void {
    const index = this.resting.indexOf(removed);
    if (index >= 0) this.resting.splice(index, 1);
  }

  find(id: OrderId): OwnResting | undefined {
    return this.resting.find(({ order }) => order.orderId === id);
  }
}
