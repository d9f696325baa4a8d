// E13 (simulation-testing.md §10.1): what the account keeps back for resting orders is the sum of their lots, a side at
// a time; and on spot no more is offered for sale than is held. Looked at once the venue has acted, and each second.

import type { VenueId } from "../../src/domain/units.ts";
import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";

export const whatIsPromisedIsCovered: CheckerMaker = {
  id: "E13",
  sentence:
    "The account keeps back just what its resting orders may still fill, and promises no more than it has.",
  watch(scene, violate) {
    const venues = venuesOf(scene);
    /** Something was said since it was last looked at. */
    let mayDiffer = false;
    const { restingBids, restingAsks } = scene.log;
    const look = (venue: VenueId) => {
      for (const holding of scene.exchange(venue).account.holdings) {
        const { id, contract } = holding.instrument;
        if (holding.openBids !== restingBids[id] || holding.openAsks !== restingAsks[id]) {
          const kept = `${holding.openBids} and ${holding.openAsks}`;
          violate(`instrument ${id} keeps ${kept}, rest ${restingBids[id]} and ${restingAsks[id]}`);
        }
        const untouched = scene.log.intervenedAt[venue] === Number.NEGATIVE_INFINITY;
        if (contract === "spot" && untouched && holding.openAsks > holding.lots) {
          violate(`instrument ${id}: ${holding.openAsks} lots offered, ${holding.lots} held`);
        }
      }
    };
    return {
      arrived(command) {
        look(scene.log.venueOfCommand(command));
      },
      says() {
        mayDiffer = true;
      },
      second() {
        if (!mayDiffer) return;
        mayDiffer = false;
        for (const venue of venues) look(venue);
      },
    };
  },
};
