// Refuses one open order too many, per instrument; orders of unknown outcome are open.

import type { InstrumentLimits } from "../risk-config.ts";
import type { RiskRule } from "../risk-rule.ts";
import { limitColumn } from "./limit-column.ts";

export function maxOpenOrders(limits: readonly InstrumentLimits[]): RiskRule {
  const ordersMax = limitColumn(limits, "openOrdersMax");
  return {
    name: "max-open-orders",
    refuse(order, view) {
      const limit = ordersMax[order.instrument];
      if (limit === undefined || !order.isNew) return undefined;
      const open = view.openOrders(order.instrument).length;
      if (open < limit) return undefined;
      return `${open} orders are open, limit is ${limit}`;
    },
  };
}
