// What a tear sheet shows, as plain data: curves, fills, orders, tables. Money is in the currency, as doubles: pictures.
// Exact money stands in the summary beside it.

import type { RoundTrip } from "../round-trips.ts";
import type { Statistic } from "../statistics/statistic.ts";
import type { Measured } from "../summary.ts";
import type { Period } from "./calendar.ts";
import type { CurvePoints } from "./curve.ts";
import type { Drawdown } from "./drawdowns.ts";
import type { OrderLife } from "./order-lives.ts";

/** A fill as it is drawn; price in ticks, size in lots. */
export type ShownFill = Readonly<{
  at: number;
  price: number;
  size: number;
  buys: boolean;
  maker: boolean;
}>;

export type InstrumentSheet = Readonly<{
  name: string;
  /** The mid at each look, ticks; bars' closes where there is no book. */
  mid: CurvePoints;
  /** Signed lots. */
  position: CurvePoints;
  fills: readonly ShownFill[];
  /** All there were; more than are shown in a long run. */
  fillsSeen: number;
}>;

export type MarkoutPoint = Readonly<{ seconds: number; maker: Measured; taker: Measured }>;

/** Where the profit came from, in the currency; the five sum to `net`. */
export type SplitProfit = Readonly<{
  spread: number;
  adverse: number;
  inventory: number;
  fees: number;
  funding: number;
  net: number;
}>;

export type OrderFacts = Readonly<{
  /** Of `seen` orders these are kept, filled ones before others. */
  lives: readonly OrderLife[];
  seen: number;
  behindTicks: readonly number[];
  sentBehind: readonly number[];
  filledBehind: readonly number[];
  fillSeconds: readonly number[];
  filledWithin: readonly number[];
}>;

export type TearSheet = Readonly<{
  startedAt: number;
  endedAt: number;
  startingCash: number;
  /** The currency's value of everything at each look. */
  equity: CurvePoints;
  /** The same had the cash bought the first instrument at its first mid. */
  buyAndHold: CurvePoints;
  /** How far equity lies below its peak, ≤ 0. */
  drawdown: CurvePoints;
  worstDrawdowns: readonly Drawdown[];
  instruments: readonly InstrumentSheet[];
  split: SplitProfit;
  markouts: readonly MarkoutPoint[];
  orders: OrderFacts;
  /** Equity at the ends of days and months; what each hour of the day gained. */
  days: readonly Period[];
  months: readonly Period[];
  hours: readonly number[];
  trips: readonly RoundTrip[];
  tripsOpen: number;
  statistics: Readonly<{ returns: readonly Statistic[]; trades: readonly Statistic[] }>;
}>;
