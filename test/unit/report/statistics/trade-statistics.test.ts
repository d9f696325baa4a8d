import { expect, test } from "vitest";
import type { Trade } from "../../../../src/report/statistics/trade-statistics.ts";
import { tradeStatistics } from "../../../../src/report/statistics/trade-statistics.ts";
import { relativeError } from "../../../support/relative-error.ts";

const trade = (profit: number, seconds = 60, side: "long" | "short" = "long"): Trade => ({
  profit,
  returnRatio: profit / 1000,
  seconds,
  side,
});

// The published ten days again, now as ten trades: win rate, payoff, Kelly and the deviation are known of them.
const TEN = [0.01, -0.005, 0, 0.012, -0.02, 0.007, 0.003, -0.001, 0.015, -0.004].map((profit) =>
  trade(profit),
);

function statisticOf(trades: readonly Trade[], name: string): number | null {
  const found = tradeStatistics(trades).find((each) => each.name === name);
  if (found === undefined) throw new Error(`expected a statistic called ${name}`);
  return found.value.value;
}

// 5 won 0.047, 4 lost 0.03, one came to nothing: by hand. SQN = √10 × 0.0017 / 0.0102203500701 (published deviation).
test.each([
  ["round trips", 10],
  ["win rate", 0.5],
  ["average trip", 0.0017],
  ["average return", 0.0000017],
  ["best trip", 0.015],
  ["worst trip", -0.02],
  ["profit factor", 47 / 30],
  ["payoff", 1.25333333333333],
  ["expectancy ratio", 0.126666666666667],
  ["SQN", (Math.sqrt(10) * 0.0017) / 0.0102203500701],
  ["Kelly", 0.5 - 0.5 / 1.25333333333333],
  ["longest winning run", 2],
  ["longest losing run", 1],
  ["holding time of wins", 60],
])("%s of ten trips is what it is by hand", (name, due) => {
  expect(relativeError(statisticOf(TEN, name) ?? Number.NaN, due)).toBeLessThan(1e-9);
});

test("nine trips have a count, a best and a worst, and no ratio", () => {
  const nine = TEN.slice(0, 9);
  expect(statisticOf(nine, "round trips")).toBe(9);
  expect(statisticOf(nine, "worst trip")).toBe(-0.02);
  const rate = tradeStatistics(nine).find(({ name }) => name === "win rate")?.value;
  expect(rate).toEqual({ value: null, samples: 9, why: "9 round trips, 10 are needed" });
});

test("a run without a loss has no profit factor, and says why", () => {
  const wins = Array.from({ length: 12 }, () => trade(1));
  const factor = tradeStatistics(wins).find(({ name }) => name === "profit factor")?.value;
  expect(factor).toEqual({ value: null, samples: 12, why: "no trade lost" });
});
