// The worst a position can become: belief, an order, and everything on its side that may still fill; and what a report had
// beyond that, for until it is known whence it comes it may be ours.

import type { OrderIntent, RiskView } from "../risk-rule.ts";

/** Signed lots if the order and all that may still fill on its side were filled, and nothing else. */
export function worstPosition(order: OrderIntent, view: RiskView): number {
  const { lots } = view.position(order.instrument);
  const open = view.openLots(order.instrument, order.side) + order.addedLots;
  const beyond = view.unexplainedLots(order.instrument);
  return order.side === "bid"
    ? lots + open + Math.max(0, beyond)
    : lots - open + Math.min(0, beyond);
}
