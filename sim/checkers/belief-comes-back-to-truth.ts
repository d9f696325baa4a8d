// L2 (simulation-testing.md §10.3): once nothing strikes any more and the wires work, the believed position equals the
// venue's at some moment of every minute and a half: what differs for longer is no fill on its way. So long takes what a
// campaign may ask for: a request whose answer was lost runs out (30 s), a report finds its order, and two more, each 15 s
// after the last, agree on what is missing.

import type { CheckerMaker } from "./checker.ts";
import { HotSince } from "./hot-since.ts";

const BACK_US = 90_000_000;

export const beliefComesBackToTruth: CheckerMaker = {
  id: "L2",
  sentence: "Believed positions are the venues' again within a minute and a half of working wires.",
  watch(scene, violate) {
    const hot = new HotSince(scene.instruments.length);
    return {
      second() {
        const { belief } = scene;
        if (belief === undefined) return;
        const healed = scene.log.healedUs();
        for (const { id, venue } of scene.instruments) {
          const missing = scene.trueLots(id) - belief.position(id).lots;
          const lasts = hot.lasts(id, missing !== 0, scene.now);
          if (Math.min(lasts, healed) <= BACK_US || scene.isGone(venue)) continue;
          violate(`instrument ${id} is off by ${missing} lots for ${lasts} µs`);
        }
      },
    };
  },
};
