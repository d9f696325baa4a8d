// B6 (simulation-testing.md §10.2): the true net exposure of two legs above X ends within T. The time runs from its
// beginning while no outage is on, one without an end included, and the bot is up; a bot that has declared a halt has said
// what is left.

import type { CheckerMaker } from "./checker.ts";
import { HotSince } from "./hot-since.ts";
import { isLegGone, netUnitsOf } from "./net-units.ts";

export const exposureIsHedgedInTime: CheckerMaker = {
  id: "B6",
  sentence: "Net exposure of a hedge is within its bound, but for a while after a fill.",
  watch(scene, violate) {
    const hedges = scene.facts.hedges ?? [];
    const hot = new HotSince(hedges.length);
    return {
      second() {
        for (const [index, facts] of hedges.entries()) {
          const units = netUnitsOf(scene, facts);
          const isExposed = Math.abs(units) > facts.exposureMaxUnits;
          const open = isExposed && scene.haltReason === undefined && !isLegGone(scene, facts);
          const lasts = Math.min(hot.lasts(index, open, scene.now), scene.log.calmUs());
          if (lasts <= facts.withinUs) continue;
          violate(`${units} units of net exposure for ${lasts} µs, ${facts.withinUs} are allowed`);
        }
      },
    };
  },
};
