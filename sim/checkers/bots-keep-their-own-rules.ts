// B13 (simulation-testing.md §10.2): what each kind of bot promises, as far as its facts are given: the grid, the bars,
// the hedge; three watches, one number.

import type { CheckerMaker } from "./checker.ts";
import { watchBars } from "./watch-bars.ts";
import { watchGrid } from "./watch-grid.ts";
import { watchHedge } from "./watch-hedge.ts";

export const botsKeepTheirOwnRules: CheckerMaker = {
  id: "B13",
  sentence:
    "A grid re-arms no rung before its way out, bars are used once and closed, a hedge is the ratio of what it hedges.",
  watch(scene, violate) {
    const { grids = [], bars = [], hedges = [] } = scene.facts;
    const watches = [
      ...grids.map((facts) => watchGrid(scene, facts, violate)),
      ...bars.map((facts) => watchBars(scene, facts, violate)),
      ...hedges.map((facts) => watchHedge(scene, facts, violate)),
    ];
    if (watches.length === 0) return {};
    return {
      sent(command, session) {
        for (const each of watches) each.sent?.(command, session);
      },
      heard(event) {
        for (const each of watches) each.heard?.(event);
      },
      noticed(event) {
        for (const each of watches) each.noticed?.(event);
      },
      crashed(during) {
        for (const each of watches) each.crashed?.(during);
      },
      second() {
        for (const each of watches) each.second?.();
      },
    };
  },
};
