// E12 (simulation-testing.md §10.1): a venue's trade numbers strictly increase, what it says of an instrument is stamped
// in order, and nothing is to be learned before it happened.

import type { CheckerMaker } from "./checker.ts";

export const numbersAndStampsAscend: CheckerMaker = {
  id: "E12",
  sentence:
    "Trade numbers ascend, stamps of an instrument never step back, and no answer precedes its cause.",
  watch(scene, violate) {
    const trades = new Float64Array(scene.log.venues).fill(Number.NEGATIVE_INFINITY);
    const stamps = new Float64Array(scene.instruments.length).fill(Number.NEGATIVE_INFINITY);
    return {
      says(event, venue) {
        if (event.at < event.venueAt) violate(`${event.kind} is learned before it happens`);
        if (event.kind === "OrderFilled") {
          const last = trades[venue] as number;
          if (event.tradeId <= last) violate(`trade ${event.tradeId} comes after ${last}`);
          trades[venue] = event.tradeId;
        }
        if (!("instrument" in event)) return;
        const last = stamps[event.instrument] as number;
        if (event.venueAt < last)
          violate(`${event.kind} is stamped ${last - event.venueAt} µs back`);
        stamps[event.instrument] = event.venueAt;
      },
    };
  },
};
