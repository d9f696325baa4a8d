// L6 (simulation-testing.md §10.3): a bot that begins again is itself again within two minutes of working wires: not
// critical, or halted with a reason. With a venue gone for ever it waits for that venue's account, rightly.

import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";
import { HotSince } from "./hot-since.ts";

const RECOVERS_US = 120_000_000;

export const aLostProcessRecovers: CheckerMaker = {
  id: "L6",
  sentence: "A bot that begins again has recovered within two minutes of working wires.",
  watch(scene, violate) {
    const venues = venuesOf(scene);
    const hot = new HotSince(1);
    let lives = 0;
    return {
      began(session) {
        lives = session;
      },
      second() {
        const { belief } = scene;
        if (lives === 0 || belief === undefined || scene.haltReason !== undefined) return;
        if (venues.some((venue) => scene.isGone(venue))) return;
        const isCritical = belief.health.degradation === "critical";
        const lasts = hot.lasts(0, isCritical, scene.now);
        if (Math.min(lasts, scene.log.healedUs()) <= RECOVERS_US) return;
        violate(`still critical ${lasts} µs after life ${lives} began`);
      },
    };
  },
};
