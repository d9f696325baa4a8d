// E8 (simulation-testing.md §10.1): at every fill of a reduce-only order the position comes nearer to flat and does not
// pass it, whatever else filled while the order rested.

import { signOf } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";

export const reduceOnlyOnlyReduces: CheckerMaker = {
  id: "E8",
  sentence: "A reduce-only order never increases a position nor turns it over.",
  watch(scene, violate) {
    return {
      says(event) {
        if (event.kind !== "OrderFilled" || scene.log.said?.reduceOnly !== true) return;
        const after = scene.trueLots(event.instrument);
        const before = after - signOf(event.side) * event.size;
        const reduces = Math.abs(after) < Math.abs(before) && after * before >= 0;
        if (reduces) return;
        violate(`reduce-only order ${event.orderId} carried ${before} lots to ${after}`);
      },
    };
  },
};
