// The orders of a bot that are not over, all instruments together.

import type { OrderTracker } from "../execution/order-tracker.ts";
import type { TrackedOrder } from "../execution/tracked-order.ts";
import type { StateStore } from "../state/state-store.ts";

type Books = Readonly<{ state: StateStore; tracker: OrderTracker }>;

/** Visits each; what it does to one may end it. */
export function eachOpen({ state, tracker }: Books, visit: (order: TrackedOrder) => void): void {
  for (const { id } of state.instruments) {
    for (const order of [...tracker.openOrders(id)]) visit(order as TrackedOrder);
  }
}

/** Is the outcome of any not known? */
export function someUnknown({ state, tracker }: Books): boolean {
  return state.instruments.some(({ id }) =>
    tracker.openOrders(id).some((order) => order.state === "unknown"),
  );
}
