// B12 (simulation-testing.md §10.2): in what the bot believes, to the unit: the change of cash is realised profit less
// fees plus funding, and a flat account's equity is its cash. Looked at when a fill or funding was handled, and when quiet.

import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker, Watched } from "./checker.ts";

export const theBooksBalance: CheckerMaker = {
  id: "B12",
  sentence: "Equity changes by realised and unrealised profit less fees plus funding, to the unit.",
  watch(scene, violate) {
    const venues = venuesOf(scene);
    const started = venues.map((venue) => scene.exchange(venue).account.cash);
    const look = (venue: number) => {
      const account = scene.belief?.account(venue as never);
      if (account === undefined) return;
      const { cash, realised, fees, funding } = account;
      const expected = (started[venue] as bigint) + realised - fees + funding;
      if (cash !== expected) violate(`venue ${venue} has ${cash} units of cash, not ${expected}`);
      if (!isFlat(scene, venue) || account.equity() === cash) return;
      violate(`venue ${venue} is flat, and its equity ${account.equity()} is not its cash ${cash}`);
    };
    return {
      heard(event) {
        if (event.kind === "OrderFilled" || event.kind === "FundingPaid") {
          look(scene.log.venueOf(event.instrument));
        }
      },
      began() {
        for (const venue of venues) look(venue);
      },
      quiet() {
        for (const venue of venues) look(venue);
      },
    };
  },
};

function isFlat(scene: Watched, venue: number): boolean {
  for (const { id, venue: own } of scene.instruments) {
    if (own === venue && scene.belief?.position(id).lots !== 0) return false;
  }
  return true;
}
