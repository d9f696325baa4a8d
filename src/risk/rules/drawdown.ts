// Halts the bot once equity has fallen too far below its peak. Looks at every event, so a peak between two orders
// counts. It does not recover by itself: somebody has to look.

import { moneyToDecimal } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { RiskRule } from "../risk-rule.ts";
import { e8ToUnits, runDecimals } from "./money.ts";

export function drawdown(
  config: Readonly<{ limitE8: bigint }>,
  instruments: readonly Instrument[],
): RiskRule {
  const decimals = runDecimals(instruments);
  const limit = e8ToUnits(config.limitE8, decimals);
  let peak: bigint | undefined;
  return {
    name: "drawdown",
    refuse: () => undefined, // a halt refuses for it
    observe(_event, view) {
      const equity = view.equity();
      if (peak === undefined || equity > peak) peak = equity;
      const fallen = peak - equity;
      if (fallen < limit) return undefined;
      const text = (units: bigint): string => moneyToDecimal(units, decimals);
      return `drawdown: equity is ${text(fallen)} below its peak of ${text(peak)}, limit is ${text(limit)}`;
    },
    save: () => peak?.toString() ?? null,
    restore(saved) {
      peak = saved === null ? undefined : BigInt(saved as string);
    },
  };
}
