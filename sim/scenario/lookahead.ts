// How far markets may run apart before one could have changed what happens at another.

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
