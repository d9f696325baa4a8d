// What checkers can hold a grid to, read off its config, and which of its settings a campaign may turn.

import type { BotFacts, StrategyKnob } from "../../src/config/strategy-kit.ts";
import { turnedSetting } from "../../src/config/turned-setting.ts";
import type { GridConfig } from "./grid-config.ts";
import { GridLadder } from "./grid-ladder.ts";

/** In so long, µs, no more is refused in a row than its own pauses let it ask. */
const REFUSALS_US = 60_000_000;
/** Who does not pause asks again as often as it looks. */
const LEAST_PAUSE_US = 50_000;

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
    refusals: { countMax: refusedAtMost(config), windowUs: REFUSALS_US },
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

/** Before each pause what makes it pause, and the rest of that round; each pause is twice the last. */
function refusedAtMost(config: GridConfig): number {
  const { levels, refusalCountMax, backoffUs, backoffMaxUs = backoffUs } = config;
  let waitUs = Math.max(backoffUs, LEAST_PAUSE_US);
  let pauses = 0;
  for (let at = 0; at < REFUSALS_US; pauses += 1) {
    at += waitUs;
    waitUs = Math.min(2 * waitUs, Math.max(waitUs, backoffMaxUs));
  }
  return pauses * (refusalCountMax + 2 * levels);
}

/** Its longest pause, and a minute to look, ask and be answered in. */
function quotesWithinUs(config: GridConfig): number {
  const { wakeUs, requoteUs, backoffUs, backoffMaxUs = backoffUs } = config;
  return Math.max(backoffUs, backoffMaxUs) + wakeUs + requoteUs + 60_000_000;
}
