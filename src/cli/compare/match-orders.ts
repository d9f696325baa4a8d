// The orders of two runs, one by one: which is which (pair-orders.ts), and what each of a pair filled. Orders without a
// twin are of one run alone.

import { stepsToDecimal } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { pairOrders } from "../../report/attribution/pair-orders.ts";
import { gridOf } from "../../report/attribution/run-units.ts";
import type { ToldOrder, ToldRun } from "../../report/attribution/told-run.ts";

export type MatchedOrders = Readonly<{
  /** Pairs found by their id alone. */
  byId: number;
  /** Same order, same fill. */
  equal: number;
  /** Same order, another fill: how much in each. */
  otherwise: readonly Readonly<{ order: string; left: string; right: string }>[];
  leftOnly: readonly string[];
  rightOnly: readonly string[];
}>;

export function matchOrders(left: ToldRun, right: ToldRun): MatchedOrders {
  const grids = {
    first: left.instruments.map(gridOf),
    second: right.instruments.map(gridOf),
  };
  const shared = left.instruments.map((each, index) => isSame(each, right.instruments[index]));
  const isShared = ({ instrument }: ToldOrder): boolean => shared[instrument] === true;
  const isOther = (order: ToldOrder): boolean => !isShared(order);
  const { pairs, firstOnly, secondOnly, byId } = pairOrders(
    left.orders.filter(isShared),
    right.orders.filter(isShared),
    ({ price, instrument }, run) => {
      const tick = grids[run][instrument]?.tick ?? 0n;
      return price === undefined ? undefined : BigInt(price) * tick;
    },
  );
  const told = pairs.map(({ first, second }) => ({
    order: orderText(first, left.instruments),
    left: filledOf(first, left.instruments),
    right: filledOf(second, right.instruments),
  }));
  const textsOf = (run: ToldRun, orders: readonly ToldOrder[]): readonly string[] =>
    [...orders, ...run.orders.filter(isOther)].map((order) => orderText(order, run.instruments));
  const otherwise = told.filter((each) => Number(each.left) !== Number(each.right));
  return {
    byId,
    equal: told.length - otherwise.length,
    otherwise,
    leftOnly: textsOf(left, firstOnly),
    rightOnly: textsOf(right, secondOnly),
  };
}

/** "6 alpha RHS-PERP sell 0.010 @ 60005.0" */
export function orderText(
  { orderId, instrument, side, lots, price }: ToldOrder,
  instruments: readonly Instrument[],
): string {
  const of = instruments[instrument];
  if (of === undefined) return String(orderId);
  const size = stepsToDecimal(lots, of.lotSize);
  const at = price === undefined ? "market" : stepsToDecimal(price, of.tickSize);
  return `${orderId} ${of.venueName} ${of.symbol} ${side === "bid" ? "buy" : "sell"} ${size} @ ${at}`;
}

/** How much of it was filled, in the instrument's own units. */
export function filledOf(
  { instrument, fills }: ToldOrder,
  instruments: readonly Instrument[],
): string {
  const lots = fills.reduce((sum, fill) => sum + fill.lots, 0);
  return stepsToDecimal(lots, instruments[instrument]?.lotSize ?? "1");
}

function isSame(left: Instrument, right: Instrument | undefined): boolean {
  return left.venueName === right?.venueName && left.symbol === right.symbol;
}
