// Keeps an order at home that its venue would refuse for its size, where the least size is known.

import type { Instrument } from "../../domain/instrument.ts";
import type { RiskRule } from "../risk-rule.ts";

export function minOrderSize(instruments: readonly Instrument[]): RiskRule {
  const lotsMin = instruments.map((each) => each.minLots ?? 1);
  return {
    name: "min-size",
    refuse(order) {
      const least = lotsMin[order.instrument];
      if (least === undefined || order.size >= least) return undefined;
      return `the order is ${order.size} lots, the venue takes ${least} and more`;
    },
  };
}
