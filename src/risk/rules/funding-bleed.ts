// Funding paid, less what came in, since the UTC day began: a hedge that costs more to hold than it may is not made
// larger. What is open may be closed.

import { moneyToDecimal } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { FundingBleedConfig } from "../risk-config.ts";
import type { RiskRule } from "../risk-rule.ts";
import { e8ToUnits, runDecimals } from "./money.ts";

const DAY_US = 86_400_000_000;
const WHOLE_BPS = 10_000n;

export function fundingBleed(
  config: FundingBleedConfig,
  instruments: readonly Instrument[],
): RiskRule {
  const decimals = runDecimals(instruments);
  const limit = e8ToUnits(config.paidMaxE8, decimals);
  const warn = config.warnBps === undefined ? limit : (limit * BigInt(config.warnBps)) / WHOLE_BPS;
  const watched = new Set(config.instruments);
  let day = Number.NEGATIVE_INFINITY;
  let paid = 0n;
  const reason = (): string =>
    `funding of the day cost ${moneyToDecimal(paid, decimals)}, limit is ${moneyToDecimal(limit, decimals)}`;
  return {
    name: "funding-bleed",
    sparesHedges: true,
    refuse: (order) => (paid >= limit && watched.has(order.instrument) ? reason() : undefined),
    observe(event) {
      const today = Math.floor(event.at / DAY_US);
      if (today > day) {
        day = today;
        paid = 0n;
      }
      if (event.kind !== "FundingPaid" || !watched.has(event.instrument)) return undefined;
      let units = BigInt(event.amount);
      const scale = instruments[event.instrument]?.moneyDecimals ?? decimals;
      for (let step = scale; step < decimals; step += 1) units *= 10n;
      paid -= units;
      return undefined;
    },
    grade() {
      if (paid < warn) return undefined;
      return { level: paid < limit ? "warning" : "stop", reason: reason() };
    },
    save: () => ({ day: Number.isFinite(day) ? day : null, paid: paid.toString() }),
    restore(saved) {
      const from = saved as { day: number | null; paid: string };
      day = from.day ?? Number.NEGATIVE_INFINITY;
      paid = BigInt(from.paid);
    },
  };
}
