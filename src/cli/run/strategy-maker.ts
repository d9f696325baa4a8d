// The strategies there are, by the name a config gives them.

import { createGrid } from "../../../strategies/grid/grid.ts";
import { createHedge } from "../../../strategies/hedge/hedge.ts";
import { createMacd } from "../../../strategies/macd/macd.ts";
import { createMarketMaker } from "../../../strategies/market-maker/market-maker.ts";
import type { BacktestConfig } from "../../config/backtest-config.ts";
import { gridConfigOf } from "../../config/grid-config.ts";
import { hedgeConfigOf } from "../../config/hedge-config.ts";
import { macdConfigOf } from "../../config/macd-config.ts";
import { marketMakerConfigOf } from "../../config/market-maker-config.ts";
import type { NamedInstrument } from "../../config/strategy-instrument.ts";
import type { UnitReader } from "../../config/unit-reader.ts";
import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Strategy } from "../../ports/strategy.ts";

/** Makes the strategy anew for each run. Not to be called when `units` has problems. */
export type StrategyMaker = (instruments: readonly Instrument[]) => Strategy;

export function strategyMakerOf(
  config: BacktestConfig["strategy"],
  named: readonly NamedInstrument[],
  units: UnitReader,
): StrategyMaker {
  switch (config.name) {
    case "grid":
      return maker(gridConfigOf(config, named, units), createGrid);
    case "hedge":
      return maker(hedgeConfigOf(config, named, units), createHedge);
    case "macd":
      return maker(macdConfigOf(config, named, units), createMacd);
    case "market-maker":
      return maker(marketMakerConfigOf(config, named, units), createMarketMaker);
    default:
      return config satisfies never;
  }
}

function maker<Config>(
  config: Config | undefined,
  create: (config: Config, instruments: readonly Instrument[]) => Strategy,
): StrategyMaker {
  return (instruments) => {
    assert(config !== undefined, "a strategy is made of a config without problems");
    return create(config, instruments);
  };
}
