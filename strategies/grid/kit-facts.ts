// What checkers can hold a grid to, read off its config, and which of its settings a campaign may turn.

import type { BotFacts, StrategyKnob } from "../../src/config/strategy-kit.ts";
import { turnedSetting } from "../../src/config/turned-setting.ts";
import type { GridConfig } from "./grid-config.ts";
import { GridLadder } from "./grid-ladder.ts";

const REFUSED_ROUNDS = 6;

export function gridFacts(config: GridConfig): BotFacts {
  return {
    quotes: [
      {
        instrument: config.instrument,
        onePerPrice: true,
        // From the one limit to the other.
        sideLotsMax: 2 * config.positionMaxLots,
        ...(maySitOut(config) ? {} : { quotesWithinUs: quotesWithinUs(config) }),
      },
    ],
    // In a minute its pauses grow past the next round: so many rounds of all its rungs are no pause.
    refusals: { countMax: REFUSED_ROUNDS * 2 * config.levels, windowUs: 60_000_000 },
    // Rungs that follow the market's volatility, or what is held, have no place of their own.
    grids:
      config.volatility === undefined && config.inventory === undefined
        ? [
            {
              instrument: config.instrument,
              levelLots: config.levelLots,
              restsOnly: true,
              rungs: new GridLadder(config).rungs,
            },
          ]
        : [],
  };
}

export function gridKnobs(config: GridConfig): readonly StrategyKnob<GridConfig>[] {
  return [
    turnedSetting(config, "levels"),
    turnedSetting(config, "halfSpreadTicks"),
    turnedSetting(config, "spacingTicks"),
    turnedSetting(config, "skewTicks"),
    turnedSetting(config, "driftTicks"),
    turnedSetting(config, "wakeUs"),
    turnedSetting(config, "requoteUs"),
    turnedSetting(config, "refusalCountMax"),
    turnedSetting(config, "backoffUs"),
  ];
}

/** A wild market, or a rung of too little value, may rightly leave it without an order. */
function maySitOut({ volatility, minNotionalE8 = 0 }: GridConfig): boolean {
  return (volatility?.circuitSigmaPermille ?? 0) > 0 || minNotionalE8 > 0;
}

/** Its longest pause, and a minute to look, ask and be answered in. */
function quotesWithinUs(config: GridConfig): number {
  const { wakeUs, requoteUs, backoffUs, backoffMaxUs = backoffUs } = config;
  return Math.max(backoffUs, backoffMaxUs) + wakeUs + requoteUs + 60_000_000;
}
