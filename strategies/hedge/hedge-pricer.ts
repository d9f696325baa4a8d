// At what price a hedge is tried: break-even with the fill it hedges, then inside the spread, then the touch.
// Source: hedge manager flow, 4.1.3.3.2. Prices come from the hedge venue's own book, fresh at every attempt; the other
// venue's only through the fill that is to be broken even with.

import type { Side } from "../../src/domain/units.ts";

export type HedgeRung = "break-even" | "inside-spread" | "touch";
export type HedgePrice = Readonly<{ price: number; rung: HedgeRung }>;

export type HedgePriceInput = Readonly<{
  side: Side;
  bid: number;
  ask: number;
  /** Attempts of this hedge before this one. */
  attempt: number;
  insideRetries: number;
  /** The worst price that loses nothing against the fill that is hedged, in ticks of this book. */
  breakEven: number | undefined;
}>;

/** The price of the next attempt. It never goes through the touch, and never joins or stands behind its own side. */
export function hedgePrice(input: HedgePriceInput): HedgePrice {
  const { side, bid, ask, attempt, insideRetries, breakEven } = input;
  // Mirrored for an ask, so that better for us is always lower and the touch is the best price of the other side.
  const sign = side === "bid" ? 1 : -1;
  const touch = side === "bid" ? ask : -bid;
  const own = side === "bid" ? bid : -ask;
  if (breakEven !== undefined && sign * breakEven > own) {
    return { price: sign * Math.min(sign * breakEven, touch), rung: "break-even" };
  }
  if (attempt < insideRetries && touch - 1 > own) {
    return { price: sign * (touch - 1), rung: "inside-spread" };
  }
  return { price: sign * touch, rung: "touch" };
}

/** A fill's price on the other leg as the break-even price here: rounded so that it never loses. */
export function breakEvenPrice(
  side: Side,
  fillPrice: number,
  ratio: readonly [number, number],
): number | undefined {
  const scaled = fillPrice * ratio[0];
  if (!Number.isSafeInteger(scaled)) return undefined;
  return side === "bid" ? Math.floor(scaled / ratio[1]) : Math.ceil(scaled / ratio[1]);
}

/** The limit of an IOC that stands for a market order; at least one tick through the touch, never below a tick. */
export function marketLimit(side: Side, touch: number, slippageBps: number): number {
  const through = Math.ceil((touch * slippageBps) / 10_000);
  return side === "bid" ? touch + through : Math.max(1, touch - through);
}
