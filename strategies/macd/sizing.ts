// How many lots: what the account may lose at the stop, and what it may hold, whichever is less. Exact: money is BigInt,
// lots are rounded down, and less than one lot is no trade. Source: MACD document, "Risk-adjusted position sizing".

import type { SizingConfig } from "./macd-config.ts";

export type SizingInput = Readonly<{
  /** Of the venue's account, in its ledger units. */
  equity: bigint;
  /** Ledger units of the account in one tick times one lot. */
  unitsPerTickLot: bigint;
  priceTicks: number;
  /** From entry to stop, ≥ 1. */
  riskTicks: number;
  atrRatioPermille: number;
  /** Every further scale, thousandths: regime, degradation. */
  scalePermille: number;
}>;

/**
 * The least of three, each rounded down to whole lots:
 * an ordinary position, smaller as the ATR is above its average and larger as it is below, times the scale;
 * as many lots as lose the risk budget, times the scale, at the stop; the largest position allowed.
 */
export function lotsFor(input: SizingInput, config: SizingConfig): number {
  const { equity, unitsPerTickLot, priceTicks, riskTicks, scalePermille } = input;
  if (equity <= 0n || priceTicks < 1) return 0;
  const lotUnits = unitsPerTickLot * BigInt(priceTicks);
  const worth = (marginPermille: number): bigint =>
    equity * BigInt(marginPermille) * BigInt(config.leverage);
  // A ratio of 0 is an ATR of 0: the stop has its smallest distance, and the other two limits decide.
  const atrRatio = BigInt(Math.max(1, input.atrRatioPermille));
  const base = (worth(config.basePermille) * BigInt(scalePermille)) / (lotUnits * 1000n * atrRatio);
  const most = worth(config.maxPermille) / (lotUnits * 1000n);
  const budget = equity * BigInt(config.riskPermille) * BigInt(scalePermille);
  const atRisk = budget / (unitsPerTickLot * BigInt(riskTicks) * 1_000_000n);
  const lots = least(base, most, atRisk);
  return Math.min(Number(lots), config.lotsMax ?? Number.MAX_SAFE_INTEGER);
}

/** Distance of the stop from the entry, ticks, at least one and at least the configured least. */
export function riskTicksFor(
  atrMilliTicks: number,
  stop: Readonly<{ atrPermille: number; scalePermille: number; ticksMin: number }>,
): number {
  const scaled = Math.round((atrMilliTicks * stop.atrPermille) / 1_000_000);
  const ticks = Math.round((scaled * stop.scalePermille) / 1000);
  return Math.max(1, stop.ticksMin, ticks);
}

function least(...values: readonly bigint[]): bigint {
  return values.reduce((low, value) => (value < low ? value : low));
}
