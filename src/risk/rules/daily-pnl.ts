// No new risk for the rest of the UTC day once the day has lost, or made, enough. Once reached it holds until the
// day is over, even if equity comes back; what is open may be closed.

import { moneyToDecimal } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { RiskRule } from "../risk-rule.ts";
import { e8ToUnits, runDecimals } from "./money.ts";

const DAY_US = 86_400_000_000;

export function dailyPnl(
  config: Readonly<{ lossMaxE8?: bigint | undefined; profitMaxE8?: bigint | undefined }>,
  instruments: readonly Instrument[],
): RiskRule {
  const decimals = runDecimals(instruments);
  const unitsOf = (limitE8: bigint | undefined): bigint | undefined =>
    limitE8 === undefined ? undefined : e8ToUnits(limitE8, decimals);
  const lossMax = unitsOf(config.lossMaxE8);
  const profitMax = unitsOf(config.profitMaxE8);
  const text = (units: bigint): string => moneyToDecimal(units, decimals);
  let day = Number.NEGATIVE_INFINITY;
  let began = 0n;
  let stopped: string | undefined;
  return {
    name: "daily-pnl",
    sparesHedges: true,
    refuse: () => stopped,
    observe(event, view) {
      const today = Math.floor(event.at / DAY_US);
      if (today > day) {
        day = today;
        began = view.equity();
        stopped = undefined;
        return undefined;
      }
      if (stopped !== undefined) return undefined;
      const change = view.equity() - began;
      if (lossMax !== undefined && -change >= lossMax) {
        stopped = `the day lost ${text(-change)}, limit is ${text(lossMax)}`;
      } else if (profitMax !== undefined && change >= profitMax) {
        stopped = `the day made ${text(change)}, limit is ${text(profitMax)}`;
      }
      return undefined;
    },
    save: () => ({
      day: Number.isFinite(day) ? day : null,
      began: began.toString(),
      stopped: stopped ?? null,
    }),
    restore(saved) {
      const from = saved as { day: number | null; began: string; stopped: string | null };
      day = from.day ?? Number.NEGATIVE_INFINITY;
      began = BigInt(from.began);
      stopped = from.stopped ?? undefined;
    },
  };
}
