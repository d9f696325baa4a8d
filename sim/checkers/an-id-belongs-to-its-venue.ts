// X6 (simulation-testing.md §10.4): one client id may stand at two venues: what a venue says of an order names an
// instrument of that venue, and of the instrument the order was sent for.

import type { CheckerMaker } from "./checker.ts";

export const anIdBelongsToItsVenue: CheckerMaker = {
  id: "X6",
  sentence: "An order's id means that order at its own venue, whatever it means elsewhere.",
  watch(scene, violate) {
    return {
      says(event, venue) {
        if (!("orderId" in event)) return;
        if (scene.log.venueOf(event.instrument) !== venue) {
          violate(
            `venue ${venue} speaks of instrument ${event.instrument}, which trades elsewhere`,
          );
        }
        const order = scene.log.find(venue, event.orderId);
        if (order === undefined || order.instrument === event.instrument) return;
        violate(`order ${event.orderId} of ${order.instrument} is told of ${event.instrument}`);
      },
    };
  },
};
