// What a run came to, as plain data: the table, the JSON and a result file all come from this one value.
// Money is a decimal string, exact. Ratios and basis points are doubles made with + − × ÷ only.

import type { PairExposure } from "./unhedged-exposure.ts";

/** A statistic, or the reason why there is none. `samples` is how many it is the mean or the share of. */
export type Measured =
  | Readonly<{ value: number; samples: number }>
  | Readonly<{ value: null; samples: number; why: string }>;

/** A mean and its standard error, in the same unit, samples taken as independent of each other. */
export type Mean =
  | Readonly<{ value: number; samples: number; error: number }>
  | Extract<Measured, { value: null }>;

/** How a price moved after our fills, in our favour above zero. */
export type Markout = Readonly<{ seconds: number; maker: Mean; taker: Mean }>;

/** What came of one part of a run, decimal strings, exact; fees and funding below zero when we paid. */
export type PartPnl = Readonly<{
  net: string;
  trading: string;
  unrealised: string;
  fees: string;
  funding: string;
}>;

/** All instruments of one coin together: what coins side by side are compared by. */
export type CoinSummary = Readonly<{
  coin: string;
  fills: number;
  turnover: string;
  pnl: PartPnl;
}>;

/** One instrument's part. Sizes are decimal strings in the base (or in contracts, where the venue counts those). */
export type InstrumentSummary = Readonly<{
  name: string;
  venue: string;
  symbol: string;
  fills: number;
  turnover: string;
  pnl: PartPnl;
  finalPosition: string;
  maxInventory: string;
  /** Time-weighted mean of the absolute position. */
  meanInventory: number;
  /** Filled lots over accepted lots of orders that may rest. */
  fillRateByLots: Measured;
  marketMoveBps: Measured;
}>;

export type Summary = Readonly<{
  complete: boolean;
  startedAtUs: number;
  endedAtUs: number;
  currency: string;
  pnl: Readonly<{
    startingCash: string;
    finalEquity: string;
    net: string;
    trading: string;
    unrealised: string;
    /** Below zero when we paid. */
    fees: string;
    funding: string;
    returnRatio: number;
  }>;
  drawdown: Readonly<{ max: string; maxRatio: number; final: string }>;
  turnover: string;
  orders: Readonly<{
    placed: number;
    accepted: number;
    resting: number;
    postOnly: number;
    cancels: number;
    amends: number;
    unknown: number;
    liquidated: number;
  }>;
  fills: Readonly<{ count: number; maker: number; taker: number; makerShare: Measured }>;
  fillRateByCount: Measured;
  refusals: Readonly<{
    venue: Readonly<Record<string, number>>;
    risk: Readonly<Record<string, number>>;
    postOnlyRate: Measured;
  }>;
  races: Readonly<{ count: number; notional: string }>;
  markouts: readonly Markout[];
  timeInMarket: Measured;
  instruments: readonly InstrumentSummary[];
  /** By the coin traded, in the order of the instruments; the parts sum to the whole. */
  coins: readonly CoinSummary[];
  /** There when the run's strategy holds two instruments against each other. */
  unhedged?: PairExposure;
}>;

/** numerator / denominator, or why not. */
export function ratioOf(numerator: number, denominator: number, why: string): Measured {
  if (denominator === 0) return { value: null, samples: 0, why };
  return { value: numerator / denominator, samples: denominator };
}
