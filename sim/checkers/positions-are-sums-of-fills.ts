// X1 (simulation-testing.md §10.4): a venue's position is the sum of the fills it has said; so is the bot's over all
// venues, once it is quiet. What somebody else moves without a fill is taken over when it happens.

import type { VenueId } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";

export const positionsAreSumsOfFills: CheckerMaker = {
  id: "X1",
  sentence:
    "The position at each venue is the sum of its fills, and the whole is the sum of the venues.",
  watch(scene, violate) {
    const { trades } = scene.log;
    const foreign = new Float64Array(scene.instruments.length);
    const sum = (id: number) => (trades.saidLots[id] as number) + (foreign[id] as number);
    return {
      says(event) {
        if (event.kind !== "OrderFilled") return;
        const lots = scene.trueLots(event.instrument);
        if (lots === sum(event.instrument)) return;
        violate(
          `instrument ${event.instrument} holds ${lots}, fills add to ${sum(event.instrument)}`,
        );
      },
      intervened(venue: VenueId) {
        for (const { id, venue: own } of scene.instruments) {
          if (own === venue) foreign[id] = scene.trueLots(id) - (trades.saidLots[id] as number);
        }
      },
      quiet() {
        let truth = 0;
        let believed = 0;
        for (const { id, venue } of scene.instruments) {
          if (scene.belief === undefined || scene.isGone(venue)) return;
          truth += sum(id);
          believed += scene.belief.position(id).lots;
        }
        if (truth !== believed) violate(`all venues hold ${truth} lots, believed are ${believed}`);
      },
    };
  },
};
