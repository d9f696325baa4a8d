// X2 (simulation-testing.md §10.4): the bots transfer nothing, so over all venues cash changes when a venue says so or
// somebody else acts, and at no other moment: looked at each second something was said in, and at the end.

import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";

export const cashMovesForAReason: CheckerMaker = {
  id: "X2",
  sentence: "Cash over all venues is conserved: none moves unsaid.",
  watch(scene, violate) {
    const venues = venuesOf(scene);
    const cash = venues.map((venue) => scene.exchange(venue).account.cash);
    const mayMove = new Uint8Array(venues.length);
    const look = () => {
      for (const venue of venues) {
        const now = scene.exchange(venue).account.cash;
        if (now !== cash[venue] && mayMove[venue] === 0) {
          violate(`cash of venue ${venue} moved by ${now - (cash[venue] as bigint)} units, unsaid`);
        }
        cash[venue] = now;
        mayMove[venue] = 0;
      }
    };
    return {
      says(event, venue) {
        if (event.kind === "OrderFilled" || event.kind === "FundingPaid") mayMove[venue] = 1;
      },
      intervened(venue) {
        mayMove[venue] = 1;
      },
      second: look,
      ended: look,
    };
  },
};
