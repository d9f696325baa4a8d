// L4 (simulation-testing.md §10.3): when the bot was stopped and had its time, no order of ours rests anywhere it can be
// reached, and the position is flat where it is meant to be.

import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

/** A bot told to stop needs its wires, and this long, µs. */
const STOPS_US = 30_000_000;

export const nothingIsLeftBehind: CheckerMaker = {
  id: "L4",
  sentence: "After a stop no order of ours is left at a venue, and positions are as configured.",
  watch(scene, violate) {
    return {
      ended() {
        const { stoppedAt, now, log } = scene;
        if (stoppedAt === undefined || scene.belief === undefined) return;
        if (Math.min(now - stoppedAt, log.calmUs()) < STOPS_US) return;
        for (const { id, venue } of scene.instruments) {
          if (scene.isGone(venue)) continue;
          const left = (log.live[id] as OrderFact[]).find((each) => each.isOurs);
          if (left !== undefined) violate(`order ${left.orderId} is left at venue ${venue}`);
          const lots = scene.trueLots(id);
          if (scene.facts.flatAtEnd === true && lots !== 0) {
            violate(`${lots} lots of instrument ${id} are left`);
          }
        }
      },
    };
  },
};
