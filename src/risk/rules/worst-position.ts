// The worst a position can become: belief, an order, and everything on its side that may still fill.

import type { OrderIntent, RiskView } from "../risk-rule.ts";

/** Signed lots if the order and all that may still fill on its side were filled, and nothing else. */
export function worstPosition(order: OrderIntent, view: RiskView): number {
  const { lots } = view.position(order.instrument);
  const open = view.openLots(order.instrument, order.side) + order.addedLots;
  return order.side === "bid" ? lots + open : lots - open;
}
