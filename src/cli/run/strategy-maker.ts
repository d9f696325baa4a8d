// From a kit and a file's settings to the strategy itself: one, or one a coin side by side; and to what a campaign may
// hold it to and turn of it.

import type { BotFacts } from "../../../sim/checkers/bot-facts.ts";
import { strategyGroup } from "../../bot/strategy-group.ts";
import type { CoinSettings } from "../../config/coins-config.ts";
import { coinsOf } from "../../config/coins-config.ts";
import type { NamedInstrument } from "../../config/strategy-instrument.ts";
import type { KnownMarkets, StrategyKit, StrategyKnob } from "../../config/strategy-kit.ts";
import type { StrategySettings } from "../../config/strategy-settings.ts";
import { UnitReader } from "../../config/unit-reader.ts";
import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { OrderIds } from "../../domain/order-ids.ts";
import type { Strategy } from "../../ports/strategy.ts";

/** Makes the strategy anew for each run, its orders counted from 1 or by `ids`. Not for `units` with problems. */
export type StrategyMaker = (instruments: readonly Instrument[], ids?: OrderIds) => Strategy;

/** A strategy's settings, as a campaign holds and turns them. Not to be asked when `units` has problems. */
export type PlannedStrategy = Readonly<{
  make: StrategyMaker;
  /** What may be turned, by its name. */
  knobs(): ReadonlyMap<string, Readonly<{ least: number; most: number }>>;
  /** With some settings turned. */
  turned(values: Readonly<Record<string, number>>): Readonly<{
    make: StrategyMaker;
    facts(markets: KnownMarkets): BotFacts;
  }>;
}>;

/** One coin's config, or the whole strategy's where it is not run coin by coin. */
type Part = Readonly<{ coin: string | undefined; config: unknown }>;

/** Problems of the settings go to `units`, at their places under "strategy". */
export function planStrategy(
  kit: StrategyKit,
  settings: StrategySettings,
  named: readonly NamedInstrument[],
  units: UnitReader,
): PlannedStrategy {
  const place = units.under("strategy");
  const coins = coinsOf(settings, named, place);
  const parts: readonly Part[] =
    coins === undefined
      ? [{ coin: undefined, config: kit.toConfig(settings, named, place) }]
      : coins.map((each) => ({
          coin: each.coin,
          config: coinConfigOf(kit, each, named, place),
        }));
  return {
    make: makerOf(kit, parts, named),
    knobs: () => new Map(knobsOf(kit, parts[0]).map((knob) => [knob.name, knob])),
    turned(values) {
      const turned = parts.map((part) => turnedPart(kit, part, values));
      return {
        make: makerOf(kit, turned, named),
        facts: (markets) => factsOf(kit, turned, markets),
      };
    },
  };
}

function makerOf(
  kit: StrategyKit,
  parts: readonly Part[],
  named: readonly NamedInstrument[],
): StrategyMaker {
  return (instruments, ids = new OrderIds()) => {
    for (const { config } of parts) {
      assert(config !== undefined, "a strategy is made of a config without problems");
    }
    const [first] = parts;
    if (first !== undefined && first.coin === undefined) {
      const own = kit.coins?.(first.config, instruments, ids) ?? [];
      if (own.length < 2) return kit.create(first.config, instruments, ids);
      const members = own.map((strategy) => ({ name: nameOf(strategy, named), strategy }));
      return strategyGroup(kit.name, members, instruments, ids);
    }
    const members = parts.map(({ coin, config }) => {
      return { name: coin as string, strategy: kit.create(config, instruments, ids) };
    });
    return strategyGroup(kit.name, members, instruments, ids);
  };
}

function knobsOf(kit: StrategyKit, part: Part | undefined): readonly StrategyKnob[] {
  const knobs = part === undefined ? [] : (kit.knobs?.(part.config) ?? []);
  return knobs.filter(({ least, most }) => least >= 1 && most > least);
}

function turnedPart(kit: StrategyKit, part: Part, values: Readonly<Record<string, number>>): Part {
  let { config } = part;
  for (const knob of knobsOf(kit, part)) {
    const value = values[knob.name];
    if (value !== undefined) config = knob.turned(config, value);
  }
  return { ...part, config };
}

/** Of all coins together. */
function factsOf(kit: StrategyKit, parts: readonly Part[], markets: KnownMarkets): BotFacts {
  const all = parts.map(({ config }) => kit.facts?.(config, markets) ?? {});
  return {
    ...all[0],
    quotes: all.flatMap(({ quotes = [] }) => quotes),
    hedges: all.flatMap(({ hedges = [] }) => hedges),
    grids: all.flatMap(({ grids = [] }) => grids),
    bars: all.flatMap(({ bars = [] }) => bars),
  };
}

/** A part is called by its coin. */
function nameOf({ wants, name }: Strategy, named: readonly NamedInstrument[]): string {
  const first = wants[0];
  return first === undefined ? name : (named[first.instrument]?.name ?? name);
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
