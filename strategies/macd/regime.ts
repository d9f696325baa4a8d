// What kind of market it is, and what the bot changes in it: the adaptive parameters. Pure.
// Source: MACD document, "Market regime detection (ADX-based)" and "Adaptive parameter adjustment"; which parameters, and
// by how much, it does not say: that is ours.

import type { RegimeConfig } from "./macd-config.ts";
import type { MarketReading } from "./market-reading.ts";

export type Regime = Readonly<{
  trend: "trending" | "transition" | "ranging";
  volatile: boolean;
  /** Against the configured size, target and stop distance. */
  sizePermille: number;
  targetPermille: number;
  stopPermille: number;
}>;

const UNCHANGED = 1000;

export function regimeOf(reading: MarketReading, config: RegimeConfig): Regime {
  const trend = trendOf(reading.adxMilli, config);
  const volatile = reading.atrRatioPermille >= config.volatileAtrRatioPermille;
  const transition = trend === "transition";
  return {
    trend,
    volatile,
    sizePermille: transition ? config.transitionSizePermille : UNCHANGED,
    targetPermille: transition ? config.transitionTargetPermille : UNCHANGED,
    stopPermille: volatile ? config.volatileStopPermille : UNCHANGED,
  };
}

function trendOf(adxMilli: number, config: RegimeConfig): Regime["trend"] {
  if (adxMilli >= config.trendingAdxMilli) return "trending";
  return adxMilli < config.rangingAdxMilli ? "ranging" : "transition";
}
