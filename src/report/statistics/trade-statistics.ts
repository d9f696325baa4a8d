// Statistics of round trips (flat to flat, net of fees and funding), each with the definition it uses.
// Formulas: win rate, expectancy and its ratio as freqtrade; SQN as Van Tharp; Kelly as quantstats, on trades.

import { meanOf, sampleDeviation, sumOf } from "./period-moments.ts";
import type { Statistic, StatisticUnit } from "./statistic.ts";
import { measured } from "./statistic.ts";

/** Fewer trades say more about chance than about a strategy. */
const TRADES_MIN = 10;

/** One trade; money in the currency, its return as a share of what was put in, its time in seconds. */
export type Trade = Readonly<{
  profit: number;
  returnRatio: number;
  seconds: number;
  side: "long" | "short";
}>;

type Facts = Readonly<{
  trades: readonly Trade[];
  profits: readonly number[];
  wins: readonly Trade[];
  losses: readonly Trade[];
  gained: number;
  lost: number;
  winRate: number;
}>;

type Formula = Readonly<{
  name: string;
  unit: StatisticUnit;
  definition: string;
  why: string;
  /** Of how many trades it speaks, where it is not of all. */
  needed?: number;
  of: (facts: Facts) => number | undefined;
}>;

const NO_WIN = "no trade won";
const NO_LOSS = "no trade lost";

/** All of them, in the order they are shown. */
export function tradeStatistics(
  trades: readonly Trade[],
  tradesMin = TRADES_MIN,
): readonly Statistic[] {
  const facts = factsOf(trades);
  return FORMULAS.map(({ name, unit, definition, why, needed, of }) => ({
    name,
    unit,
    definition,
    value: measured(trades.length, needed ?? tradesMin, "round trip", () => of(facts), why),
  }));
}

function factsOf(trades: readonly Trade[]): Facts {
  const wins = trades.filter(({ profit }) => profit > 0);
  const losses = trades.filter(({ profit }) => profit < 0);
  return {
    trades,
    profits: trades.map(({ profit }) => profit),
    wins,
    losses,
    gained: sumOf(wins.map(({ profit }) => profit)),
    lost: -sumOf(losses.map(({ profit }) => profit)),
    winRate: wins.length / trades.length,
  };
}

function payoff({ gained, lost, wins, losses }: Facts): number {
  return gained / wins.length / (lost / losses.length);
}

/** Longest run of neighbours for which `holds`. */
function longestRun(trades: readonly Trade[], holds: (trade: Trade) => boolean): number {
  let longest = 0;
  let run = 0;
  for (const trade of trades) {
    run = holds(trade) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function secondsOf(trades: readonly Trade[]): number | undefined {
  return trades.length === 0 ? undefined : meanOf(trades.map(({ seconds }) => seconds));
}

const FORMULAS: readonly Formula[] = [
  {
    name: "round trips",
    unit: "count",
    definition: "from flat to flat in one instrument; what is open at the end is none",
    why: "",
    needed: 0,
    of: ({ trades }) => trades.length,
  },
  {
    name: "long trips",
    unit: "count",
    definition: "round trips that began with a purchase",
    why: "",
    needed: 0,
    of: ({ trades }) => trades.filter(({ side }) => side === "long").length,
  },
  {
    name: "win rate",
    unit: "percent",
    definition: "trips with a profit / all trips, net of fees and funding",
    why: "",
    of: ({ winRate }) => winRate,
  },
  {
    name: "average trip",
    unit: "money",
    definition: "mean profit; also the expectancy, win rate × mean win − loss rate × mean loss",
    why: "",
    of: ({ profits }) => meanOf(profits),
  },
  {
    name: "average return",
    unit: "percent",
    definition: "mean of profit / value put in",
    why: "",
    of: ({ trades }) => meanOf(trades.map(({ returnRatio }) => returnRatio)),
  },
  {
    name: "best trip",
    unit: "money",
    definition: "largest profit",
    why: "no round trip",
    needed: 1,
    of: ({ profits }) => profits.reduce((best, each) => Math.max(best, each), -Infinity),
  },
  {
    name: "worst trip",
    unit: "money",
    definition: "smallest profit",
    why: "no round trip",
    needed: 1,
    of: ({ profits }) => profits.reduce((worst, each) => Math.min(worst, each), Infinity),
  },
  {
    name: "profit factor",
    unit: "ratio",
    definition: "Σ of winning trips / Σ of losing trips",
    why: NO_LOSS,
    of: ({ gained, lost }) => gained / lost,
  },
  {
    name: "payoff",
    unit: "ratio",
    definition: "mean win / mean loss",
    why: `${NO_WIN} or ${NO_LOSS}`,
    of: payoff,
  },
  {
    name: "expectancy ratio",
    unit: "ratio",
    definition: "(1 + payoff) × win rate − 1",
    why: `${NO_WIN} or ${NO_LOSS}`,
    of: (facts) => (1 + payoff(facts)) * facts.winRate - 1,
  },
  {
    name: "SQN",
    unit: "ratio",
    definition: "√n × mean profit / deviation of profits (ddof 1)",
    why: "every trip came to the same",
    of: ({ profits }) => {
      const deviation = sampleDeviation(profits);
      return deviation === 0
        ? undefined
        : (Math.sqrt(profits.length) * meanOf(profits)) / deviation;
    },
  },
  {
    name: "Kelly",
    unit: "percent",
    definition: "(payoff × win rate − (1 − win rate)) / payoff",
    why: `${NO_WIN} or ${NO_LOSS}`,
    of: (facts) => {
      const ratio = payoff(facts);
      return (ratio * facts.winRate - (1 - facts.winRate)) / ratio;
    },
  },
  {
    name: "longest winning run",
    unit: "count",
    definition: "most trips with a profit in a row",
    why: "",
    needed: 1,
    of: ({ trades }) => longestRun(trades, ({ profit }) => profit > 0),
  },
  {
    name: "longest losing run",
    unit: "count",
    definition: "most trips with a loss in a row",
    why: "",
    needed: 1,
    of: ({ trades }) => longestRun(trades, ({ profit }) => profit < 0),
  },
  {
    name: "holding time of wins",
    unit: "seconds",
    definition: "mean time from the first fill to flat of trips with a profit",
    why: NO_WIN,
    of: ({ wins }) => secondsOf(wins),
  },
  {
    name: "holding time of losses",
    unit: "seconds",
    definition: "mean time from the first fill to flat of trips with a loss",
    why: NO_LOSS,
    of: ({ losses }) => secondsOf(losses),
  },
];
