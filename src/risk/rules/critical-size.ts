// The emergency stop: two legs differ by more than ten orders (or as configured). Halts; somebody has to look.
// Source: hedge bot V2, "Critical Threshold: 10x SIZE triggers emergency stop".

import { assert } from "../../domain/assert.ts";
import type { CriticalSizeConfig } from "../risk-config.ts";
import type { RiskRule } from "../risk-rule.ts";
import { balanceOf } from "./leg-balance.ts";

export function criticalSize(config: CriticalSizeConfig): RiskRule {
  const { pairs, multiple } = config;
  assert(multiple > 0, `a critical size is some orders, was ${multiple}`);
  return {
    name: "critical-size",
    refuse: () => undefined, // a halt refuses for it
    grade(view) {
      for (const pair of pairs) {
        const { net } = balanceOf(pair, view);
        const limit = multiple * pair.orderUnits;
        if (Math.abs(net) <= limit) continue;
        const reason = `instruments ${pair.left} and ${pair.right} differ by ${net} units, limit is ${limit}`;
        return { level: "emergency", reason };
      }
      return undefined;
    },
  };
}
