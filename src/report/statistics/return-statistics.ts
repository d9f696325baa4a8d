// Statistics of a series of period returns, each with the definition it uses: the same ten days have five published
// Sharpe ratios. Ours: arithmetic, ddof 1, no risk-free rate, drawdown from the start, 365 days a year unless told.
// Formulas: quantstats where not said otherwise; the probabilistic Sharpe ratio as Bailey and Lopez de Prado (2012).

import type { Measured } from "../summary.ts";
import {
  compounded,
  excessKurtosis,
  meanOf,
  quantileOf,
  skewness,
  sumOf,
} from "./period-moments.ts";
import type { ReturnFacts } from "./return-formulas.ts";
import {
  cagr,
  factsOf,
  payoff,
  probabilisticSharpe,
  sharpe,
  smartSharpe,
  sortino,
  ulcer,
  valueAtRisk,
} from "./return-formulas.ts";
import type { Statistic, StatisticUnit } from "./statistic.ts";
import { measured } from "./statistic.ts";

/** Below it a yearly figure says more about chance than about a strategy. */
const RETURN_PERIODS_MIN = 14;

export type ReturnSeries = Readonly<{
  /** Return of each period, 0.01 is one percent; in order, none left out. */
  returns: readonly number[];
  periodsPerYear: number;
  /** "day", "hour": for the definitions. */
  period: string;
  /** Fewer give N/A; RETURN_PERIODS_MIN unless told. */
  periodsMin?: number;
}>;

type Formula = Readonly<{
  name: string;
  unit: StatisticUnit;
  definition: string;
  why: string;
  of: (facts: ReturnFacts) => number | undefined;
}>;

const NO_SPREAD = "every return is the same";
const NO_LOSS = "no period lost";
const NO_DRAWDOWN = "nothing was lost from a peak";

/** All of them, in the order they are shown. */
export function returnStatistics(series: ReturnSeries): readonly Statistic[] {
  const { returns, periodsPerYear, period, periodsMin = RETURN_PERIODS_MIN } = series;
  const facts = factsOf(returns, periodsPerYear);
  return FORMULAS.map(({ name, unit, definition, why, of }): Statistic => {
    const value: Measured = measured(returns.length, periodsMin, period, () => of(facts), why);
    const told = definition
      .replaceAll("{period}", period)
      .replaceAll("{T}", String(periodsPerYear));
    return { name, unit, definition: told, value };
  });
}

const FORMULAS: readonly Formula[] = [
  {
    name: "total return",
    unit: "percent",
    definition: "product of (1 + r) over every {period}, less 1",
    why: "",
    of: ({ returns }) => compounded(returns),
  },
  {
    name: "CAGR",
    unit: "percent",
    definition: "(1 + total return) to the power {T} / number of {period}s, less 1",
    why: "more than everything was lost",
    of: cagr,
  },
  {
    name: "volatility",
    unit: "percent",
    definition: "deviation of {period} returns (ddof 1) × √{T}",
    why: NO_SPREAD,
    of: ({ deviation, year }) => deviation * Math.sqrt(year),
  },
  {
    name: "Sharpe",
    unit: "ratio",
    definition:
      "arithmetic mean of {period} returns / their deviation (ddof 1) × √{T}; no risk-free rate",
    why: NO_SPREAD,
    of: sharpe,
  },
  {
    name: "smart Sharpe",
    unit: "ratio",
    definition:
      "Sharpe / √(1 + 2 Σ (N − k)/N · ρ^k), ρ the size of the correlation of neighbouring {period}s",
    why: NO_SPREAD,
    of: smartSharpe,
  },
  {
    name: "probabilistic Sharpe",
    unit: "percent",
    definition:
      "probability that the true Sharpe is above 0, given length, skew and kurtosis (not excess) of {period} returns",
    why: NO_SPREAD,
    of: probabilisticSharpe,
  },
  {
    name: "Sortino",
    unit: "ratio",
    definition: "mean of {period} returns / √(mean of min(r, 0)² over all {period}s) × √{T}",
    why: NO_LOSS,
    of: sortino,
  },
  {
    name: "max drawdown",
    unit: "percent",
    definition: "lowest of (value / highest value before − 1) at {period} ends, the start included",
    why: "",
    of: ({ worst }) => worst,
  },
  {
    name: "Calmar",
    unit: "ratio",
    definition: "CAGR / size of the max drawdown at {period} ends",
    why: NO_DRAWDOWN,
    of: (facts) => {
      const yearly = cagr(facts);
      return yearly === undefined ? undefined : yearly / -facts.worst;
    },
  },
  {
    name: "ulcer index",
    unit: "ratio",
    definition: "√(Σ drawdown² / (N − 1)) over {period} ends",
    why: "",
    of: ulcer,
  },
  {
    name: "ulcer performance index",
    unit: "ratio",
    definition: "total return / ulcer index",
    why: NO_DRAWDOWN,
    of: (facts) => compounded(facts.returns) / ulcer(facts),
  },
  {
    name: "recovery factor",
    unit: "ratio",
    definition: "size of Σ r / size of the max drawdown at {period} ends",
    why: NO_DRAWDOWN,
    of: ({ returns, worst }) => Math.abs(sumOf(returns)) / -worst,
  },
  {
    name: "profit factor",
    unit: "ratio",
    definition: "Σ of {period} gains / Σ of {period} losses; the omega ratio at 0",
    why: NO_LOSS,
    of: ({ gains, losses }) => gains / losses,
  },
  {
    name: "gain to pain",
    unit: "ratio",
    definition: "Σ of {period} returns / Σ of {period} losses",
    why: NO_LOSS,
    of: ({ gains, losses }) => (gains - losses) / losses,
  },
  {
    name: "win rate",
    unit: "percent",
    definition: "{period}s that gained / {period}s that moved",
    why: "no period moved",
    of: ({ wins, lost }) => wins / (wins + lost),
  },
  {
    name: "payoff",
    unit: "ratio",
    definition: "mean {period} gain / mean {period} loss",
    why: "no gain or no loss",
    of: payoff,
  },
  {
    name: "expectancy",
    unit: "percent",
    definition: "win rate × mean gain − (1 − win rate) × mean loss, of {period}s that moved",
    why: "no period moved",
    of: ({ gains, losses, wins, lost }) => (gains - losses) / (wins + lost),
  },
  {
    name: "Kelly",
    unit: "percent",
    definition: "(payoff × win rate − (1 − win rate)) / payoff, of {period}s that moved",
    why: "no gain or no loss",
    of: (facts) => {
      const won = facts.wins / (facts.wins + facts.lost);
      const ratio = payoff(facts);
      return (ratio * won - (1 - won)) / ratio;
    },
  },
  {
    name: "skew",
    unit: "ratio",
    definition: "bias-corrected skewness of {period} returns",
    why: NO_SPREAD,
    of: ({ returns }) => skewness(returns),
  },
  {
    name: "excess kurtosis",
    unit: "ratio",
    definition: "bias-corrected kurtosis of {period} returns less 3",
    why: NO_SPREAD,
    of: ({ returns }) => excessKurtosis(returns),
  },
  {
    name: "value at risk 95 %",
    unit: "percent",
    definition: "5 % quantile of a normal distribution with mean and deviation of {period} returns",
    why: NO_SPREAD,
    of: valueAtRisk,
  },
  {
    name: "conditional value at risk 95 %",
    unit: "percent",
    definition: "mean of the {period} returns below the value at risk",
    why: "no return lies below the value at risk",
    of: (facts) => {
      const limit = valueAtRisk(facts);
      const worse = facts.returns.filter((each) => each < limit);
      return worse.length === 0 ? undefined : meanOf(worse);
    },
  },
  {
    name: "tail ratio",
    unit: "ratio",
    definition: "size of the 95 % quantile / the 5 % quantile of {period} returns",
    why: "the 5 % quantile is 0",
    of: ({ returns }) => Math.abs(quantileOf(returns, 0.95) / quantileOf(returns, 0.05)),
  },
];
