// The formulas of statistics of period returns that are more than a line; return-statistics.ts says where each is from.

import { normalCdf, normalQuantile } from "./normal-distribution.ts";
import {
  compounded,
  drawdownsOf,
  excessKurtosis,
  meanOf,
  sampleDeviation,
  skewness,
  sumOf,
} from "./period-moments.ts";

/** What the formulas share, computed once. */
export type ReturnFacts = Readonly<{
  returns: readonly number[];
  year: number;
  mean: number;
  deviation: number;
  drawdowns: readonly number[];
  worst: number;
  gains: number;
  losses: number;
  wins: number;
  lost: number;
}>;

export function factsOf(returns: readonly number[], year: number): ReturnFacts {
  const drawdowns = drawdownsOf(returns);
  const gained = returns.filter((each) => each > 0);
  const lost = returns.filter((each) => each < 0);
  return {
    returns,
    year,
    mean: meanOf(returns),
    deviation: sampleDeviation(returns),
    drawdowns,
    worst: drawdowns.reduce((least, each) => Math.min(least, each), 0),
    gains: sumOf(gained),
    losses: -sumOf(lost),
    wins: gained.length,
    lost: lost.length,
  };
}

/** x^y for x > 0, by exp and log: they agree on every supported engine where Math.pow does not. */
function power(base: number, exponent: number): number {
  return Math.exp(exponent * Math.log(base));
}

export function sharpe({ mean, deviation, year }: ReturnFacts): number {
  return (mean / deviation) * Math.sqrt(year);
}

export function sortino({ returns, mean, year }: ReturnFacts): number {
  const below = returns.map((each) => Math.min(each, 0) * Math.min(each, 0));
  return (mean / Math.sqrt(meanOf(below))) * Math.sqrt(year);
}

export function cagr({ returns, year }: ReturnFacts): number | undefined {
  const total = 1 + compounded(returns);
  return total <= 0 ? undefined : power(total, year / returns.length) - 1;
}

export function ulcer({ drawdowns }: ReturnFacts): number {
  return Math.sqrt(sumOf(drawdowns.map((each) => each * each)) / (drawdowns.length - 1));
}

/** Lag-1 autocorrelation's size ρ lengthens the deviation: Lo (2002), as quantstats writes it. */
export function smartSharpe(facts: ReturnFacts): number {
  const { returns } = facts;
  const n = returns.length;
  const rho = Math.abs(correlation(returns.slice(0, -1), returns.slice(1)));
  let sum = 0;
  let weight = 1;
  for (let lag = 1; lag < n; lag += 1) {
    weight *= rho;
    sum += ((n - lag) / n) * weight;
  }
  return sharpe(facts) / Math.sqrt(1 + 2 * sum);
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const leftMean = meanOf(left);
  const rightMean = meanOf(right);
  let both = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (let index = 0; index < left.length; index += 1) {
    const x = (left[index] as number) - leftMean;
    const y = (right[index] as number) - rightMean;
    both += x * y;
    leftSquares += x * x;
    rightSquares += y * y;
  }
  return both / Math.sqrt(leftSquares * rightSquares);
}

export function probabilisticSharpe({ returns, mean, deviation }: ReturnFacts): number {
  const ratio = mean / deviation;
  const skew = skewness(returns);
  const kurtosis = excessKurtosis(returns) + 3;
  const spread = 1 - skew * ratio + ((kurtosis - 1) / 4) * ratio * ratio;
  return normalCdf((ratio * Math.sqrt(returns.length - 1)) / Math.sqrt(spread));
}

export function valueAtRisk({ mean, deviation }: ReturnFacts): number {
  return mean + deviation * normalQuantile(0.05);
}

export function payoff({ gains, losses, wins, lost }: ReturnFacts): number {
  return gains / wins / (losses / lost);
}
