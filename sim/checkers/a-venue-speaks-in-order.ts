// X4 (simulation-testing.md §10.4): a fair wire keeps the order of what one venue says; between venues there is none.
// Asked of the wire before any fault has it: to pass one another is a fault's doing, and planned.

import type { CheckerMaker } from "./checker.ts";

export const aVenueSpeaksInOrder: CheckerMaker = {
  id: "X4",
  sentence: "What one venue says arrives in the order it was said.",
  watch(scene, violate) {
    const last = new Float64Array(scene.log.venues).fill(Number.NEGATIVE_INFINITY);
    return {
      says(event, venue) {
        const before = last[venue] as number;
        if (event.at < before) violate(`${event.kind} overtakes by ${before - event.at} µs`);
        else last[venue] = event.at;
      },
    };
  },
};
