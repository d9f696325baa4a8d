// E15 (simulation-testing.md §10.1): when all a venue says to a command is no, its account and orders are as they were.

import type { VenueId } from "../../src/domain/units.ts";
import type { CheckerMaker, Watched } from "./checker.ts";

export const aRefusalChangesNothing: CheckerMaker = {
  id: "E15",
  sentence: "A refused request changes nothing.",
  watch(scene, violate) {
    let cash = 0n;
    let digest = 0;
    let refused = 0;
    let other = 0;
    return {
      arrives(command) {
        const venue = scene.log.venueOfCommand(command);
        cash = scene.exchange(venue).account.cash;
        digest = digestOf(scene, venue);
        refused = 0;
        other = 0;
      },
      says(event) {
        if (event.kind === "OrderRefused") refused += 1;
        else other += 1;
      },
      arrived(command) {
        if (refused === 0 || other > 0) return;
        const venue = scene.log.venueOfCommand(command);
        const same = scene.exchange(venue).account.cash === cash;
        if (same && digestOf(scene, venue) === digest) return;
        violate(`${command.kind} was refused and changed the account of venue ${venue}`);
      },
      intervened() {
        other += 1;
      },
    };
  },
};

/** Positions and what is kept back, as one number; equal states have equal ones. */
function digestOf(scene: Watched, venue: VenueId): number {
  let digest = 17;
  for (const { lots, openBids, openAsks } of scene.exchange(venue).account.holdings) {
    digest = (digest * 31 + lots) % 9_007_199_254_741;
    digest = (digest * 31 + openBids) % 9_007_199_254_741;
    digest = (digest * 31 + openAsks) % 9_007_199_254_741;
  }
  return digest;
}
