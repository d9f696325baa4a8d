// Which order of one run is which of the other: by the id its bot gave it where that is the same order in everything
// else, else by what was asked for and when. Each has at most one twin.

import type { ToldOrder } from "./told-run.ts";

/** Longer than any wire, shorter than a strategy's second thoughts. */
const WITHIN_US = 2_000_000;
/** A bot that sees its book a moment later asks for a price a little off; further than this it is another idea. */
const PRICE_BPS = 10n;

export type OrderPair = Readonly<{ first: ToldOrder; second: ToldOrder }>;

export type PairedOrders = Readonly<{
  pairs: readonly OrderPair[];
  firstOnly: readonly ToldOrder[];
  secondOnly: readonly ToldOrder[];
  /** How pairs were found. */
  byId: number;
}>;

/** A price of an order in a measure common to both runs; undefined: a market order. */
export type PriceOf = (order: ToldOrder, run: "first" | "second") => bigint | undefined;

export function pairOrders(
  first: readonly ToldOrder[],
  second: readonly ToldOrder[],
  priceOf: PriceOf,
): PairedOrders {
  const pairs: OrderPair[] = [];
  const left = new Set(first);
  const free = new Set(second);
  const pair = (one: ToldOrder, other: ToldOrder): void => {
    pairs.push({ first: one, second: other });
    left.delete(one);
    free.delete(other);
  };
  const near = (one: ToldOrder, other: ToldOrder, bps: bigint): boolean =>
    areAlike(one, other) && isPriceNear(priceOf(one, "first"), priceOf(other, "second"), bps);

  const ids = new Map(second.map((order) => [order.orderId, order]));
  for (const one of first) {
    const other = ids.get(one.orderId);
    if (other !== undefined && near(one, other, PRICE_BPS)) pair(one, other);
  }
  const byId = pairs.length;
  for (const bps of [0n, PRICE_BPS]) {
    const waiting = [...free].sort((one, other) => one.sentAt - other.sentAt);
    let from = 0;
    for (const one of [...left].sort((a, b) => a.sentAt - b.sentAt)) {
      while ((waiting[from]?.sentAt ?? Infinity) < one.sentAt - WITHIN_US) from += 1;
      let best: ToldOrder | undefined;
      for (let index = from; index < waiting.length; index += 1) {
        const other = waiting[index] as ToldOrder;
        if (other.sentAt > one.sentAt + WITHIN_US) break;
        if (!free.has(other) || !near(one, other, bps)) continue;
        if (best === undefined || distance(one, other) < distance(one, best)) best = other;
      }
      if (best !== undefined) pair(one, best);
    }
  }
  return { pairs, firstOnly: [...left], secondOnly: [...free], byId };
}

function distance(one: ToldOrder, other: ToldOrder): number {
  return Math.abs(one.sentAt - other.sentAt);
}

function areAlike(one: ToldOrder, other: ToldOrder): boolean {
  return (
    one.instrument === other.instrument &&
    one.side === other.side &&
    one.timeInForce === other.timeInForce &&
    distance(one, other) <= WITHIN_US
  );
}

function isPriceNear(one: bigint | undefined, other: bigint | undefined, bps: bigint): boolean {
  if (one === undefined || other === undefined) return one === other;
  const apart = one > other ? one - other : other - one;
  const size = one < 0n ? -one : one;
  return apart * 10_000n <= size * bps;
}
