// X5 (simulation-testing.md §10.4): while one venue's link is down a bot that must withdraw (halted, or told to stop)
// withdraws at the others: an order it knows as live there has its cancel asked for.

import type { CheckerMaker } from "./checker.ts";
import { HotSince } from "./hot-since.ts";

/** From the halt to the cancel, µs; a request may have to be asked for twice. */
const ASKED_US = 30_000_000;

export const anOutageStopsNoCancelElsewhere: CheckerMaker = {
  id: "X5",
  sentence: "An outage of one venue never stops cancels at another.",
  watch(scene, violate) {
    const hot = new HotSince(scene.instruments.length);
    return {
      second() {
        const { belief } = scene;
        if (belief === undefined || scene.log.venues < 2) return;
        const withdraws = scene.haltReason !== undefined;
        const { health } = belief;
        let someDown = false;
        for (const { venue } of scene.instruments) someDown ||= !health.linkUp(venue);
        for (const { id, venue } of scene.instruments) {
          const reachable = withdraws && someDown && health.linkUp(venue);
          const stays = reachable && belief.openOrders(id).some((each) => each.state === "live");
          const lasts = hot.lasts(id, stays, scene.now);
          if (lasts > ASKED_US) violate(`an order stays live on instrument ${id} for ${lasts} µs`);
        }
      },
    };
  },
};
