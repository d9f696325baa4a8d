import { describe, expect, test } from "vitest";
import { returnStatistics } from "../../../../src/report/statistics/return-statistics.ts";
import { relativeError } from "../../../support/relative-error.ts";

// Ten days whose statistics are published for five conventions; these are those of the one we chose.
const DAYS = [0.01, -0.005, 0, 0.012, -0.02, 0.007, 0.003, -0.001, 0.015, -0.004];

const PUBLISHED: readonly (readonly [string, number])[] = [
  ["total return", 0.0166519902794],
  ["CAGR", 0.827214381167],
  ["volatility", 0.195259513924],
  ["Sharpe", 3.17782210726],
  ["smart Sharpe", 1.82422995901],
  ["probabilistic Sharpe", 0.678176418122],
  ["Sortino", 4.88522104059],
  ["max drawdown", -0.02],
  ["Calmar", 41.3607190584],
  ["ulcer index", 0.00981513642103],
  ["ulcer performance index", 1.69656228554],
  ["recovery factor", 0.85],
  ["profit factor", 1.56666666666667],
  ["gain to pain", 0.56666666666667],
  ["win rate", 0.55555555555556],
  ["payoff", 1.25333333333333],
  ["expectancy", 0.00188888888888889],
  ["Kelly", 0.200945626478],
  ["skew", -0.853525294708],
  ["excess kurtosis", 1.12063245639],
  ["value at risk 95 %", -0.0151109798815],
  ["conditional value at risk 95 %", -0.02],
  ["tail ratio", 1.03018867925],
];

describe("statistics of daily returns", () => {
  const shown = returnStatistics({
    returns: DAYS,
    periodsPerYear: 365,
    period: "day",
    periodsMin: 10,
  });

  test.each(PUBLISHED)("%s is the published %f", (name, published) => {
    const value = shown.find((each) => each.name === name)?.value.value ?? Number.NaN;
    expect(relativeError(value, published)).toBeLessThan(1e-9);
  });

  test("every statistic shown is held to a published one", () => {
    expect(shown.map(({ name }) => name)).toEqual(PUBLISHED.map(([name]) => name));
  });

  test("the other published year, 252 days, gives the other published Sharpe and Sortino", () => {
    const year = returnStatistics({
      returns: DAYS,
      periodsPerYear: 252,
      period: "day",
      periodsMin: 10,
    });
    const of = (name: string): number =>
      year.find((each) => each.name === name)?.value.value ?? Number.NaN;
    expect(relativeError(of("Sharpe"), 2.64048326992)).toBeLessThan(1e-9);
    expect(relativeError(of("Sortino"), 4.05917763555)).toBeLessThan(1e-9);
  });
});

describe("a statistic that would say nothing is not given", () => {
  test("ten days are too few unless they are asked for", () => {
    const shown = returnStatistics({ returns: DAYS, periodsPerYear: 365, period: "day" });
    for (const { value } of shown) {
      expect(value).toEqual({ value: null, samples: 10, why: "10 days, 14 are needed" });
    }
  });

  test("returns that never move have no ratio, and say why", () => {
    const returns = Array.from({ length: 20 }, () => 0);
    const shown = returnStatistics({ returns, periodsPerYear: 365, period: "day" });
    const sharpe = shown.find(({ name }) => name === "Sharpe")?.value;
    expect(sharpe).toEqual({ value: null, samples: 20, why: "every return is the same" });
    const total = shown.find(({ name }) => name === "total return")?.value;
    expect(total).toEqual({ value: 0, samples: 20 });
  });

  test("each says how it was made", () => {
    for (const { definition } of returnStatistics({
      returns: DAYS,
      periodsPerYear: 365,
      period: "day",
    })) {
      expect(definition).not.toMatch(/[{}]/);
      expect(definition.length).toBeGreaterThan(10);
    }
  });
});
