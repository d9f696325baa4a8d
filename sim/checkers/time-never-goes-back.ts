// B11 (simulation-testing.md §10.2): within one life of the bot the time it decides by never steps back, whatever the
// stamps of events do, and is a whole number of microseconds.

import type { CheckerMaker } from "./checker.ts";

export const timeNeverGoesBack: CheckerMaker = {
  id: "B11",
  sentence: "The time a bot decides by never goes back.",
  watch(scene, violate) {
    let last = Number.NEGATIVE_INFINITY;
    const look = () => {
      const now = scene.belief?.now;
      if (now === undefined) return;
      if (now < last) violate(`the bot's time steps ${last - now} µs back`);
      else if (!Number.isSafeInteger(now)) violate(`the bot's time is ${now}`);
      last = now;
    };
    return {
      heard: look,
      noticed: look,
      began() {
        last = Number.NEGATIVE_INFINITY;
      },
    };
  },
};
