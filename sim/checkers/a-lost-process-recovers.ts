// L6 (simulation-testing.md §10.3): a bot that begins again is itself again within two minutes of working wires: not
// critical, or halted with a reason. With a venue gone for ever it waits for that venue's account, rightly. What was
// asked before it began is of unknown outcome at once, and a halt that was on record is in force.

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
    let wasHalted = false;
    const noteHalt = () => {
      if (scene.haltReason !== undefined && scene.durable === true) wasHalted = true;
    };
    return {
      heard: noteHalt,
      noticed: noteHalt,
      began(session) {
        lives = session;
        if (scene.belief === undefined || session === 0) return;
        if (wasHalted && scene.haltReason === undefined) violate("a halt on record is forgotten");
        for (const { id } of scene.instruments) {
          for (const { orderId, state, sentAt } of scene.belief.openOrders(id)) {
            if (state !== "sent" || sentAt >= scene.belief.now) continue;
            violate(`order ${orderId} still waits for its answer in life ${session}`);
          }
        }
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
