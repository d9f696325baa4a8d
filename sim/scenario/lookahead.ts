// How far markets may run apart before one could have changed what happens at another.

import type { Market } from "../exchange/market.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import { minLatencyUs, minResponseUs } from "../network/latency.ts";
import type { ScenarioVenue } from "./scenario.ts";

/**
 * Nothing that happens at one venue can lead to an order at another any sooner than this: an answer must reach us
 * and a request must leave. Markets may run this far apart (conservative parallel simulation).
 */
export function lookaheadUs(venues: readonly ScenarioVenue[]): number {
  const answer = Math.min(...venues.map(({ latency }) => minResponseUs(latency)));
  const request = Math.min(
    ...venues.map(({ latency }) =>
      Math.min(
        minLatencyUs(latency.place),
        minLatencyUs(latency.cancel),
        minLatencyUs(latency.amend),
      ),
    ),
  );
  return answer + request;
}

/** A market of the run, the venue it belongs to, and the moment it has come to. */
export type Seat = {
  readonly exchange: MockExchange;
  /** Which of the venue's markets it is. */
  readonly index: number;
  readonly market: Market;
  reached: number;
};

/** How far the markets that concern us may go next, undefined when they have all reached `bound`. */
export function stepTo(
  seats: readonly Seat[],
  bound: number,
  lookahead: number,
): number | undefined {
  let behind = 0;
  let slowest = Number.POSITIVE_INFINITY;
  let nextRow = Number.POSITIVE_INFINITY;
  let concerned = 0;
  for (const seat of seats) {
    if (!seat.exchange.concernsUs(seat.index)) continue;
    concerned += 1;
    nextRow = Math.min(nextRow, seat.market.nextAt());
    if (seat.reached >= bound) continue;
    behind += 1;
    slowest = Math.min(slowest, seat.reached);
  }
  if (behind === 0 || nextRow > bound) return undefined;
  if (concerned === 1) return bound;
  return Math.min(bound, Math.max(slowest + lookahead, nextRow));
}
