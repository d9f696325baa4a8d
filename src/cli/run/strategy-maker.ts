// From a kit and a file's settings to the strategy itself: one, or one a coin side by side.

import { strategyGroup } from "../../bot/strategy-group.ts";
import type { CoinSettings } from "../../config/coins-config.ts";
import { coinsOf } from "../../config/coins-config.ts";
import type { NamedInstrument } from "../../config/strategy-instrument.ts";
import type { StrategyKit } from "../../config/strategy-kit.ts";
import type { StrategySettings } from "../../config/strategy-settings.ts";
import { UnitReader } from "../../config/unit-reader.ts";
import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { OrderIds } from "../../domain/order-ids.ts";
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
  const place = units.under("strategy");
  const coins = coinsOf(settings, named, place);
  if (coins !== undefined) return groupMakerOf(kit, coins, named, place);
  const config = kit.toConfig(settings, named, place);
  return (instruments) => {
    const ids = new OrderIds();
    assert(config !== undefined, "a strategy is made of a config without problems");
    const parts = kit.coins?.(config, instruments, ids) ?? [];
    if (parts.length < 2) return kit.create(config, instruments, ids);
    const members = parts.map((strategy) => ({ name: nameOf(strategy, named), strategy }));
    return strategyGroup(kit.name, members, instruments, ids);
  };
}

/** A part is called by its coin. */
function nameOf({ wants, name }: Strategy, named: readonly NamedInstrument[]): string {
  const first = wants[0];
  return first === undefined ? name : (named[first.instrument]?.name ?? name);
}

function groupMakerOf(
  kit: StrategyKit,
  coins: readonly CoinSettings[],
  named: readonly NamedInstrument[],
  units: UnitReader,
): StrategyMaker {
  const configs = coins.map((coin) => coinConfigOf(kit, coin, named, units));
  return (instruments) => {
    const ids = new OrderIds();
    const members = coins.map(({ coin }, index) => {
      const config = configs[index];
      assert(config !== undefined, "a strategy is made of a config without problems");
      return { name: coin, strategy: kit.create(config, instruments, ids) };
    });
    return strategyGroup(kit.name, members, instruments, ids);
  };
}

/** What does not fit is told where it stands: with the coin when it is the coin's own word, else with what is shared. */
function coinConfigOf(
  kit: StrategyKit,
  { coin, settings, own }: CoinSettings,
  named: readonly NamedInstrument[],
  units: UnitReader,
): unknown {
  if (!named.some(({ name }) => name === coin)) return undefined;
  const apart = new UnitReader();
  const config = kit.toConfig(settings, named, apart);
  for (const { path, message } of apart.problems) {
    const isOwn = Object.hasOwn(own, path.split(".")[0] as string);
    units.problem(isOwn ? `coins.${coin}.${path}` : path, `for ${coin}: ${message}`);
  }
  return config;
}
