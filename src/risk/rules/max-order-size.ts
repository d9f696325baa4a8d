// Refuses a single order larger than anyone meant to send.

import type { InstrumentLimits } from "../risk-config.ts";
import type { RiskRule } from "../risk-rule.ts";
import { limitColumn } from "./limit-column.ts";

export function maxOrderSize(limits: readonly InstrumentLimits[]): RiskRule {
  const lotsMax = limitColumn(limits, "orderLotsMax");
  return {
    name: "max-order-size",
    refuse(order) {
      const limit = lotsMax[order.instrument];
      if (limit === undefined || order.size <= limit) return undefined;
      return `the order is ${order.size} lots, limit is ${limit}`;
    },
  };
}
