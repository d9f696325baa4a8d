// Is an order an exit of a pair? Of two legs that hedge each other an order that brings their net nearer to nothing opens
// no risk, though it makes a position larger: without it the filled leg stands naked. Sources: DESIGN §9 rulings 5 and 7;
// hedge manager flow, "calculate hedge targets" (the net alone is the target).

import type { InstrumentId, Side } from "../domain/units.ts";
import type { LegPair } from "./risk-config.ts";
import type { OrderIntent, RiskView } from "./risk-rule.ts";
import { balanceOf } from "./rules/leg-balance.ts";

/** Two legs and what a lot of each is worth in their common unit. */
export type LegUnits = Omit<LegPair, "orderUnits">;

/** Can the order, with all of ours that may still fill its way on either leg, bring a pair's net no further than zero? */
export function lowersNet(pairs: readonly LegUnits[], order: OrderIntent, view: RiskView): boolean {
  for (const pair of pairs) {
    const isLeft = order.instrument === pair.left;
    if (!isLeft && order.instrument !== pair.right) continue;
    const { net } = balanceOf(pair, view);
    const towardsZero = order.side === "bid" ? -net : net;
    const added = order.addedLots * (isLeft ? pair.leftUnitsPerLot : pair.rightUnitsPerLot);
    const open =
      openLots(pair.left, order.side, view) * pair.leftUnitsPerLot +
      openLots(pair.right, order.side, view) * pair.rightUnitsPerLot;
    if (towardsZero > 0 && open + added <= towardsZero) return true;
  }
  return false;
}

/** Lots that may still fill on a side, reduce-only orders included. */
function openLots(instrument: number, side: Side, view: RiskView): number {
  const id = instrument as InstrumentId;
  let lots = view.openLots(id, side);
  for (const order of view.openOrders(id)) {
    if (order.reduceOnly && order.side === side) lots += order.size - order.filled;
  }
  return lots;
}
