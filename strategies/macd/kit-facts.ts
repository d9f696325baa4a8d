// What checkers can hold a MACD bot to, read off its config, and which of its settings a campaign may turn.

import type { BotFacts, StrategyKnob } from "../../src/config/strategy-kit.ts";
import type { MacdBotConfig, MacdCoinConfig } from "./macd-config.ts";

export function macdFacts({ coins }: MacdBotConfig): BotFacts {
  return {
    bars: coins.map(({ instrument, periodUs, periods }) => ({
      instrument,
      periodUs,
      warmUpBars: warmUpOf(periods),
      oneAtATime: true,
    })),
    // By doubling from a second an exit is tried five times in half a minute; entries come with bars.
    refusals: { countMax: 12 * coins.length, windowUs: 30_000_000 },
  };
}

/** The bar of the first entry: all that is read has a value on the one before it, for a crossing has two sides. */
function warmUpOf(periods: MacdCoinConfig["periods"]): number {
  const { slow, signal, adx, rsi, atr, atrAverage, bollinger, volume } = periods;
  // What is measured from one close to the next begins a bar later.
  const first = [slow + signal - 1, 2 * adx, rsi + 1, atr + atrAverage, bollinger, volume];
  return 1 + Math.max(...first);
}

export function macdKnobs({ coins }: MacdBotConfig): readonly StrategyKnob<MacdBotConfig>[] {
  return [
    knobOf(coins, "signalBars", (coin, signalBars) => ({ ...coin, signalBars })),
    knobOf(coins, "lateUs", (coin, lateUs) => ({ ...coin, lateUs })),
    knobOf(coins, "holdingMaxUs", (coin, holdingMaxUs) => ({
      ...coin,
      exits: { ...coin.exits, holdingMaxUs },
    })),
    knobOf(coins, "entryTimeoutUs", (coin, entryTimeoutUs) => ({
      ...coin,
      orders: { ...coin.orders, entryTimeoutUs },
    })),
    knobOf(coins, "riskPermille", (coin, riskPermille) => ({
      ...coin,
      sizing: { ...coin.sizing, riskPermille },
    })),
    // 1: as the config has it; 2: exits are judged on the touch, and so tried between bars as well.
    {
      name: "watch",
      least: 1,
      most: 2,
      turned: (config, to) => (to === 2 ? watchingTheTouch(config) : config),
    },
  ];
}

function watchingTheTouch(config: MacdBotConfig): MacdBotConfig {
  const watching = (coin: MacdCoinConfig): MacdCoinConfig => ({
    ...coin,
    exits: { ...coin.exits, watch: "touch" },
  });
  return { ...config, coins: config.coins.map(watching) };
}

type MacdKnob = "signalBars" | "lateUs" | "holdingMaxUs" | "entryTimeoutUs" | "riskPermille";

/** Turned for all coins alike, around where the first has it. */
function knobOf(
  coins: readonly MacdCoinConfig[],
  name: MacdKnob,
  turn: (coin: MacdCoinConfig, value: number) => MacdCoinConfig,
): StrategyKnob<MacdBotConfig> {
  const [first] = coins;
  const flat = first && { ...first, ...first.exits, ...first.orders, ...first.sizing };
  const value = flat?.[name] ?? 0;
  return {
    name,
    least: Math.ceil(value / 2),
    most: 2 * value,
    turned: (config, to) => ({ ...config, coins: config.coins.map((coin) => turn(coin, to)) }),
  };
}
