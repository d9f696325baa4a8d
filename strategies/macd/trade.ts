// One trade, from the order that enters to the fill that leaves it flat: everything the bot must remember of it.
// Plain and JSON-safe, so that saving it is copying it. How many lots are held is not here: that is belief, read from
// the view each time.

import type { OrderFilled } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";
import type { Direction } from "./signal.ts";

export type StopKind = "stop-loss" | "break-even" | "trailing-stop";

export type ExitReason =
  | StopKind
  | "target"
  | "take-profit"
  | "opposite-cross"
  | "max-holding"
  | "daily-loss"
  | "unplanned";

export type Trade = {
  readonly direction: Direction;
  /** R: from the entry to the first stop, ticks, ≥ 1. */
  readonly riskTicks: number;
  /** From the entry to where all is closed, in thousandths of R. */
  readonly targetRPermille: number;
  /** Lots asked for. */
  readonly lots: number;
  readonly entryOrderId: number;
  readonly askedAt: number;
  /** When a position was first seen; null before. */
  openedAt: number | null;
  /** Average entry price, ticks; follows the fills until the entry order is over, then stands. null before the first. */
  entryTicks: number | null;
  /** The entry order is over, and what it filled is known. */
  entered: boolean;
  /** Lots held when the entry order was over: what take-profit shares are shares of. */
  enteredLots: number;
  stopTicks: number;
  stopKind: StopKind;
  /** The best price seen since the entry. */
  bestTicks: number;
  /** Take-profit levels that have been reached. */
  levelsTaken: number;
  /** How many lots are wanted from now on; null: as many as there are. */
  keepLots: number | null;
  /** Why it is being closed; null while it is not. */
  exitReason: ExitReason | null;
  /** Cash from its fills, tick-lots, and fees, ledger units of the instrument. */
  cashTickLots: number;
  feeUnits: number;
  /** Fills that are in the cash, each once: side and number. */
  fillKeys: string[];
};

/** What is known when the entry is sent. */
export type TradePlan = Pick<
  Trade,
  "direction" | "riskTicks" | "targetRPermille" | "lots" | "entryOrderId" | "askedAt"
>;

export function openTrade(plan: TradePlan): Trade {
  return {
    ...plan,
    openedAt: null,
    entryTicks: null,
    entered: false,
    enteredLots: 0,
    stopTicks: 0,
    stopKind: "stop-loss",
    bestTicks: 0,
    levelsTaken: 0,
    keepLots: null,
    exitReason: null,
    cashTickLots: 0,
    feeUnits: 0,
    fillKeys: [],
  };
}

/** Sees what is held while the entry may still fill: the stop stands R away from the average paid so far. */
export function followEntry(
  trade: Trade,
  held: Readonly<{ lots: number; costTickLots: number; now: number }>,
): void {
  const entry = Math.round(held.costTickLots / held.lots);
  trade.openedAt ??= held.now;
  trade.bestTicks = entry;
  trade.entryTicks = entry;
  trade.enteredLots = Math.abs(held.lots);
  trade.stopTicks = entry - trade.direction * trade.riskTicks;
}

/** Counts a fill into the result, once however often it is told. */
export function countFill(trade: Trade, fill: OrderFilled): void {
  const key = `${fill.side}${fill.tradeId}`;
  if (trade.fillKeys.includes(key)) return;
  trade.fillKeys.push(key);
  trade.cashTickLots -= signOf(fill.side) * fill.price * fill.size;
  trade.feeUnits += fill.fee;
}

/** What a trade that is flat again has made, ledger units of its instrument. */
export function resultOf(trade: Trade, moneyPerTickLot: number): bigint {
  return BigInt(trade.cashTickLots) * BigInt(moneyPerTickLot) - BigInt(trade.feeUnits);
}

/** The price `permille` thousandths of R into profit. */
export function priceAtR(trade: Trade, entryTicks: number, permille: number): number {
  return entryTicks + trade.direction * Math.round((trade.riskTicks * permille) / 1000);
}
