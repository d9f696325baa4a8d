// The orders of a bot that are not over, all instruments together.

import type { OrderTracker } from "../execution/order-tracker.ts";
import type { TrackedOrder } from "../execution/tracked-order.ts";
import type { StateStore } from "../state/state-store.ts";

type Books = Readonly<{ state: StateStore; tracker: OrderTracker }>;

/** Visits each; what it does to one may end that one. */
export function eachOpen({ state, tracker }: Books, visit: (order: TrackedOrder) => void): void {
  for (const { id } of state.instruments) {
    const orders = tracker.openOrders(id);
    for (let index = 0; index < orders.length; ) {
      const order = orders[index] as TrackedOrder;
      visit(order);
      if (orders[index] === order) index += 1;
    }
  }
}

/** Is the outcome of any not known? */
export function someUnknown({ state, tracker }: Books): boolean {
  return state.instruments.some(({ id }) =>
    tracker.openOrders(id).some((order) => order.state === "unknown"),
  );
}
