// Plain parts of the MACD bot for tests of its leaves; each test names only what it is about.

import type { MarketReading } from "../../strategies/macd/market-reading.ts";
import type { Trade } from "../../strategies/macd/trade.ts";
import { openTrade } from "../../strategies/macd/trade.ts";

/** A market that confirms a long. */
export function reading(changed: Partial<MarketReading> = {}): MarketReading {
  return {
    histogramMilliTicks: 1_000,
    atrMilliTicks: 50_000,
    atrRatioPermille: 1_000,
    adxMilli: 30_000,
    plusDiMilli: 25_000,
    minusDiMilli: 15_000,
    rsiMilli: 55_000,
    percentBPermille: 700,
    bandWidthPermille: 20,
    volumeRatioPermille: 1_500,
    ...changed,
  };
}

/** A long of 10 lots at 1,000 ticks that risks 100, target 2 R, stop at 900. */
export function trade(changed: Partial<Trade> = {}): Trade {
  return {
    ...openTrade({
      direction: 1,
      riskTicks: 100,
      targetRPermille: 2_000,
      lots: 10,
      entryOrderId: 1,
      askedAt: 0,
    }),
    openedAt: 0,
    entryTicks: 1_000,
    entered: true,
    enteredLots: 10,
    stopTicks: 900,
    bestTicks: 1_000,
    ...changed,
  };
}

/** The same, sold. */
export function short(changed: Partial<Trade> = {}): Trade {
  return trade({ direction: -1, stopTicks: 1_100, ...changed });
}
