// Refuses an order that could carry a position past its limit, counting all that may still fill.
// Source: hedge bot V2, "Position Limits"; the worst case is our reading of the order that timed out.

import type { InstrumentLimits } from "../risk-config.ts";
import type { RiskRule } from "../risk-rule.ts";
import { limitColumn } from "./limit-column.ts";
import { worstPosition } from "./worst-position.ts";

/** Judges the worst case, not the present one: belief plus every order on this side that is sent, live or unknown. */
export function maxPosition(limits: readonly InstrumentLimits[]): RiskRule {
  const lotsMax = limitColumn(limits, "positionLotsMax");
  return {
    name: "max-position",
    refuse(order, view) {
      const limit = lotsMax[order.instrument];
      if (limit === undefined) return undefined;
      const worst = worstPosition(order, view);
      if (Math.abs(worst) <= limit) return undefined;
      return `worst-case position would be ${worst} lots, limit is ${limit}`;
    },
  };
}
