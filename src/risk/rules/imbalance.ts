// The 5 % rule: once two legs differ by more than their tolerance nothing may widen the difference; what hedges it
// passes. The tolerance grows with the size: bps of max(one order, the cycle so far).
// Source: DESIGN §9 ruling 3; hardening plan P1-4.

import { assert } from "../../domain/assert.ts";
import type { ImbalanceConfig, LegPair } from "../risk-config.ts";
import type { RiskRule, RiskView } from "../risk-rule.ts";
import { balanceOf, widens } from "./leg-balance.ts";

const WHOLE_BPS = 10_000;

export function imbalance(config: ImbalanceConfig): RiskRule {
  const { pairs, toleranceBps, warnBps } = config;
  assert(toleranceBps > 0, `an imbalance tolerance is positive, was ${toleranceBps}`);
  const reasonOf = (pair: LegPair, view: RiskView, bps: number): string | undefined => {
    const { net, cycle } = balanceOf(pair, view);
    const base = Math.max(pair.orderUnits, cycle);
    if (Math.abs(net) * WHOLE_BPS <= base * bps) return undefined;
    return `instruments ${pair.left} and ${pair.right} differ by ${net} units, limit is ${bps} bps of ${base}`;
  };
  return {
    name: "imbalance",
    refuse(order, view) {
      for (const pair of pairs) {
        if (order.instrument !== pair.left && order.instrument !== pair.right) continue;
        const reason = reasonOf(pair, view, toleranceBps);
        if (reason !== undefined && widens(pair, order, balanceOf(pair, view).net)) return reason;
      }
      return undefined;
    },
    grade(view) {
      for (const pair of pairs) {
        const reason = reasonOf(pair, view, toleranceBps);
        if (reason !== undefined) return { level: "stop", reason };
      }
      if (warnBps === undefined) return undefined;
      for (const pair of pairs) {
        const reason = reasonOf(pair, view, warnBps);
        if (reason !== undefined) return { level: "warning", reason };
      }
      return undefined;
    },
  };
}
