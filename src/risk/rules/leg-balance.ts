// How far two legs that should cancel out do not, in the pair's common units.

import type { InstrumentId } from "../../domain/units.ts";
import type { LegPair } from "../risk-config.ts";
import type { OrderIntent, RiskView } from "../risk-rule.ts";

/** Signed units of both legs together (0 is balance), and of the larger leg alone. */
export function balanceOf(
  pair: Omit<LegPair, "orderUnits">,
  view: RiskView,
): { net: number; cycle: number } {
  const left = view.position(pair.left as InstrumentId).lots * pair.leftUnitsPerLot;
  const right = view.position(pair.right as InstrumentId).lots * pair.rightUnitsPerLot;
  return { net: left + right, cycle: Math.max(Math.abs(left), Math.abs(right)) };
}

/** Signed units an order would add to the pair; 0 when it is of neither leg. */
function unitsOf(pair: LegPair, order: OrderIntent): number {
  let perLot = 0;
  if (order.instrument === pair.left) perLot = pair.leftUnitsPerLot;
  else if (order.instrument === pair.right) perLot = pair.rightUnitsPerLot;
  return (order.side === "bid" ? order.addedLots : -order.addedLots) * perLot;
}

/** Does the order widen an imbalance of `net`, or turn it into a larger one? */
export function widens(pair: LegPair, order: OrderIntent, net: number): boolean {
  return Math.abs(net + unitsOf(pair, order)) > Math.abs(net);
}
