// X3 (simulation-testing.md §10.4): net delta across venues above its bound ends within T even while a venue is out of
// reach: it is hedged elsewhere, unwound where it came from, or declared with a halt. Only a process that is down, or
// stands still, stops the clock. B6 is the same for fair weather, with a shorter time.

import type { CheckerMaker } from "./checker.ts";
import { HotSince } from "./hot-since.ts";
import { netUnitsOf } from "./net-units.ts";

export const netDeltaEndsEvenInAnOutage: CheckerMaker = {
  id: "X3",
  sentence:
    "Net delta across venues is within its bound but for T, an outage or not, or a halt is declared.",
  watch(scene, violate) {
    const hedges = scene.facts.hedges ?? [];
    const hot = new HotSince(hedges.length);
    return {
      second() {
        for (const [index, facts] of hedges.entries()) {
          const units = netUnitsOf(scene, facts);
          const isUp =
            scene.belief !== undefined && !scene.isPaused && scene.haltReason === undefined;
          const isOpen = isUp && Math.abs(units) > facts.exposureMaxUnits;
          const lasts = hot.lasts(index, isOpen, scene.now);
          if (lasts <= facts.troubledWithinUs) continue;
          violate(`${units} units of net delta for ${lasts} µs, and no halt`);
        }
      },
    };
  },
};
