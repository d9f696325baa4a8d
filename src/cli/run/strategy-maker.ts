// From a kit and a file's settings to the strategy itself.

import type { NamedInstrument } from "../../config/strategy-instrument.ts";
import type { StrategyKit } from "../../config/strategy-kit.ts";
import type { StrategySettings } from "../../config/strategy-settings.ts";
import type { UnitReader } from "../../config/unit-reader.ts";
import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Strategy } from "../../ports/strategy.ts";

/** Makes the strategy anew for each run. Not to be called when `units` has problems. */
export type StrategyMaker = (instruments: readonly Instrument[]) => Strategy;

/** Problems of the settings go to `units`, at their places under "strategy". */
export function strategyMakerOf(
  kit: StrategyKit,
  settings: StrategySettings,
  named: readonly NamedInstrument[],
  units: UnitReader,
): StrategyMaker {
  const config = kit.toConfig(settings, named, units.under("strategy"));
  return (instruments) => {
    assert(config !== undefined, "a strategy is made of a config without problems");
    return kit.create(config, instruments);
  };
}
