// Whether the market confirms a crossing. Each filter has a name and is asked in a fixed order; the first that says no
// is the reason. Pure. Source: MACD document, "Multi-filter entry signal generation".

import type { FilterConfig } from "./macd-config.ts";
import type { MarketReading } from "./market-reading.ts";
import type { Regime } from "./regime.ts";
import type { Direction } from "./signal.ts";

export type FilterName =
  | "higher-trend"
  | "ranging"
  | "directional"
  | "rsi"
  | "bollinger"
  | "asleep"
  | "too-volatile"
  | "volume"
  | "climax";

/** A crossing, and the market it happened in. */
export type FilterInput = Readonly<{
  direction: Direction;
  reading: MarketReading;
  regime: Regime;
  /** Signs of the trends of longer bars. */
  higherSigns: readonly number[];
}>;

/** The first filter that refuses the crossing; undefined when all let it pass. */
export function refusingFilter(input: FilterInput, config: FilterConfig): FilterName | undefined {
  const { direction, reading, regime, higherSigns } = input;
  if (higherSigns.some((sign) => sign !== direction)) return "higher-trend";
  if (regime.trend === "ranging") return "ranging";
  if (config.directional && !pointsTo(direction, reading)) return "directional";
  if (exhausted(direction, reading, config)) return "rsi";
  if (stretched(direction, reading, config)) return "bollinger";
  if (reading.bandWidthPermille < config.bandWidthMinPermille) return "asleep";
  if (reading.atrRatioPermille > config.atrRatioMaxPermille) return "too-volatile";
  if (reading.volumeRatioPermille < config.volumeMinPermille) return "volume";
  if (reading.volumeRatioPermille > config.volumeMaxPermille) return "climax";
  return undefined;
}

function pointsTo(direction: Direction, { plusDiMilli, minusDiMilli }: MarketReading): boolean {
  return (plusDiMilli - minusDiMilli) * direction > 0;
}

function exhausted(
  direction: Direction,
  { rsiMilli }: MarketReading,
  config: FilterConfig,
): boolean {
  return direction > 0 ? rsiMilli >= config.rsiLongMaxMilli : rsiMilli <= config.rsiShortMinMilli;
}

/** Already at or beyond its own band: what it would buy is dear by the market's own measure. */
function stretched(
  direction: Direction,
  { percentBPermille }: MarketReading,
  config: FilterConfig,
): boolean {
  const towardsBand = direction > 0 ? percentBPermille : 1000 - percentBPermille;
  return towardsBand > config.percentBMaxPermille;
}
