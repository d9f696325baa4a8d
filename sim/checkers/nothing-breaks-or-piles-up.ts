// B15 (simulation-testing.md §10.2): the bot breaks no promise of its own, and nothing of it grows without a bound: open
// orders, requests on the wires. Promises that float or reject cannot be: below the edge nothing is asynchronous, which
// the layer and style tests hold.

import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";

/** Far above what any bot here has open, far below what hurts. */
const OPEN_MAX = 2000;
/** On the wires of one venue: many seconds of a bot at its request budget. */
const IN_FLIGHT_MAX = 20_000;

export const nothingBreaksOrPilesUp: CheckerMaker = {
  id: "B15",
  sentence: "The bot breaks no promise of its own, and every queue is bounded.",
  watch(scene, violate) {
    const venues = venuesOf(scene);
    return {
      broke(reason) {
        violate(`a promise is broken: ${reason}`);
      },
      second() {
        for (const venue of venues) {
          const flying = scene.inFlight(venue);
          if (flying > IN_FLIGHT_MAX) violate(`${flying} requests are on their way to ${venue}`);
        }
        const { belief } = scene;
        if (belief === undefined) return;
        for (const { id } of scene.instruments) {
          const open = belief.openOrders(id).length;
          if (open > OPEN_MAX) violate(`${open} orders of instrument ${id} are open`);
        }
      },
    };
  },
};
