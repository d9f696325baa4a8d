// When a position, or a part of it, is to be closed. Judged on the closed bars of the check period and, where it is asked
// for, on the touch; pure, and in a fixed order; of two prices a bar has both touched the worse one counts.
// Source: MACD document, `check_exit_signal()`; the numbers are in the users' configs.

import type { ExitConfig } from "./macd-config.ts";
import type { ExitReason, Trade } from "./trade.ts";
import { priceAtR } from "./trade.ts";

/** What prices were: the range of a closed bar, or one price at which we could close now. */
export type BarRange = Readonly<{ high: number; low: number }>;

/** Close down to `keepLots`, for this reason. */
export type ExitDecision = Readonly<{
  reason: ExitReason;
  keepLots: number;
  /** Take-profit levels reached by now. */
  levelsTaken: number;
}>;

export type ExitInput = Readonly<{
  trade: Trade;
  entryTicks: number;
  bar: BarRange;
  heldLots: number;
  now: number;
  /** The account has lost what it may lose today. */
  dailyLoss: boolean;
}>;

/** The order of checks: stop, daily loss, holding time, target, then the take-profit levels. */
export function judgeExit(input: ExitInput, config: ExitConfig): ExitDecision | undefined {
  const { trade, entryTicks, bar, now } = input;
  const { levelsTaken } = trade;
  const all = (reason: ExitReason): ExitDecision => ({ reason, keepLots: 0, levelsTaken });
  if (againstBy(trade, bar, trade.stopTicks) >= 0) return all(trade.stopKind);
  if (input.dailyLoss) return all("daily-loss");
  if (trade.openedAt !== null && now - trade.openedAt >= config.holdingMaxUs) {
    return all("max-holding");
  }
  const target = priceAtR(trade, entryTicks, trade.targetRPermille);
  if (inFavourBy(trade, bar, target) >= 0) return all("target");
  return takeProfit(input, config);
}

/** All levels the bar has reached at once; a share that is less than a lot closes nothing. */
function takeProfit(input: ExitInput, config: ExitConfig): ExitDecision | undefined {
  const { trade, entryTicks, bar, heldLots } = input;
  let { levelsTaken } = trade;
  let keepLots = heldLots;
  while (levelsTaken < config.takeProfits.length) {
    const level = config.takeProfits[levelsTaken];
    if (level === undefined) break;
    if (inFavourBy(trade, bar, priceAtR(trade, entryTicks, level.atRPermille)) < 0) break;
    keepLots -= Math.floor((trade.enteredLots * level.sharePermille) / 1000);
    levelsTaken += 1;
  }
  if (levelsTaken === trade.levelsTaken) return undefined;
  return { reason: "take-profit", keepLots: Math.max(0, keepLots), levelsTaken };
}

/** How far the bar went into profit beyond a price, ticks; below 0: it did not reach it. */
export function inFavourBy(trade: Trade, bar: BarRange, price: number): number {
  return trade.direction > 0 ? bar.high - price : price - bar.low;
}

/** How far the bar went against us beyond a price, ticks; below 0: it did not reach it. */
function againstBy(trade: Trade, bar: BarRange, price: number): number {
  return trade.direction > 0 ? price - bar.low : bar.high - price;
}
