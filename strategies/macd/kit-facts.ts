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

/** Bars until the slowest two of what is read have a value. */
function warmUpOf({ slow, signal, atr, atrAverage }: MacdCoinConfig["periods"]): number {
  return Math.max(slow + signal - 1, atr + atrAverage - 1);
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
  ];
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
