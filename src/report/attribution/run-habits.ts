// How a run dealt with its venue, measured from its journal: how long requests and answers took, what fills cost, how many
// orders filled. Put beside each other, they say whether a backtest assumed what the live run met.

import type { ToldRun } from "./told-run.ts";

export type RunHabits = Readonly<{
  orders: number;
  filled: number;
  refused: number;
  /** Median and nine tenths, µs; undefined where nothing was answered. */
  toVenue: Quantiles | undefined;
  backToUs: Quantiles | undefined;
  /** Basis points of what was traded, above zero paid; undefined: no such fill. */
  makerBps: number | undefined;
  takerBps: number | undefined;
}>;
export type Quantiles = Readonly<{ half: number; mostly: number }>;

export function runHabits({ orders, instruments }: ToldRun): RunHabits {
  const there: number[] = [];
  const back: number[] = [];
  const sums = { maker: { fee: 0, notional: 0 }, taker: { fee: 0, notional: 0 } };
  for (const { sentAt, acceptedAt, answeredAt, instrument, fills } of orders) {
    if (acceptedAt !== undefined && answeredAt !== undefined) {
      there.push(acceptedAt - sentAt);
      back.push(answeredAt - acceptedAt);
    }
    const perTickLot = instruments[instrument]?.moneyPerTickLot ?? 0;
    for (const { fee, price, lots, maker } of fills) {
      const sum = maker ? sums.maker : sums.taker;
      sum.fee += fee;
      sum.notional += Math.abs(price) * lots * perTickLot;
    }
  }
  const bps = ({ fee, notional }: typeof sums.maker): number | undefined =>
    notional === 0 ? undefined : (fee / notional) * 10_000;
  return {
    orders: orders.length,
    filled: orders.filter(({ fills }) => fills.length > 0).length,
    refused: orders.filter(({ refusal }) => refusal !== undefined).length,
    toVenue: quantiles(there),
    backToUs: quantiles(back),
    makerBps: bps(sums.maker),
    takerBps: bps(sums.taker),
  };
}

function quantiles(values: readonly number[]): Quantiles | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] as number;
  return { half: at(0.5), mostly: at(0.9) };
}
