// What a tear sheet shows, as plain data: curves, fills, orders, tables. Money is in the currency, as doubles: pictures.
// Exact money stands in the summary beside it.

import type { MarkoutGroup } from "../markouts.ts";
import type { RoundTrip } from "../round-trips.ts";
import type { Statistic } from "../statistics/statistic.ts";
import type { Mean } from "../summary.ts";
import type { Period } from "./calendar.ts";
import type { CurvePoints } from "./curve.ts";
import type { Drawdown } from "./drawdowns.ts";
import type { OrderFacts } from "./order-lives.ts";
import type { SplitProfit } from "./profit-split.ts";

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

/** Markouts of one horizon: by what we gave or took, and by which side we traded. */
export type MarkoutPoint = Readonly<{ seconds: number } & Record<MarkoutGroup, Mean>>;

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
  /** Unhedged notional over time, where two instruments are held against each other. */
  exposed?: CurvePoints;
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
