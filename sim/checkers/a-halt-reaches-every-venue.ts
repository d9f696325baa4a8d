// X8 (simulation-testing.md §10.4): a bot that halts asks every venue to cancel everything, at once; and once the wires
// work nothing of it rests anywhere that can be reached. A halt that no disk took, and whose process died, was none.

import { venuesOf } from "./account-scales.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

const ASKED_US = 5_000_000;
const WITHDRAWN_US = 120_000_000;

export const aHaltReachesEveryVenue: CheckerMaker = {
  id: "X8",
  sentence: "A halt reaches every venue in time.",
  watch(scene, violate) {
    const venues = venuesOf(scene);
    const asked = new Float64Array(venues.length).fill(Number.NEGATIVE_INFINITY);
    let haltedAt = Number.NaN;
    let isOnRecord = false;
    let life = 0;
    let lifeOfHalt = 0;
    const look = () => {
      if (scene.haltReason === undefined || !Number.isNaN(haltedAt)) return;
      haltedAt = scene.now;
      lifeOfHalt = life;
    };
    return {
      sent(command) {
        if (command.kind === "CancelAll") asked[command.venue] = scene.now;
      },
      heard: look,
      noticed: look,
      began(session) {
        life = session;
        if (!isOnRecord && scene.haltReason === undefined) haltedAt = Number.NaN;
        look();
      },
      second() {
        look();
        if (Number.isNaN(haltedAt) || scene.belief === undefined) return;
        isOnRecord ||= scene.durable !== false;
        const lasts = scene.now - haltedAt;
        for (const venue of venues) {
          // A process that died while it halted cannot have asked; what rests is judged below.
          const inTime = (asked[venue] as number) >= haltedAt - ASKED_US || lasts <= ASKED_US;
          if (!inTime && life === lifeOfHalt) violate(`venue ${venue} was not asked to cancel`);
        }
        if (Math.min(lasts, scene.log.healedUs()) <= WITHDRAWN_US) return;
        for (const { id, venue } of scene.instruments) {
          const left = (scene.log.live[id] as OrderFact[]).find((each) => each.isOurs);
          if (left === undefined || scene.isGone(venue)) continue;
          violate(`order ${left.orderId} rests at venue ${venue} ${lasts} µs after the halt`);
        }
      },
    };
  },
};
