// X5 (simulation-testing.md §10.4): while one venue's link is down a bot that must withdraw (halted, or told to stop)
// withdraws at the others: an order it knows as live there has its cancel asked for. One that was asked for, refused, and
// is asked for ever more slowly is X8's to judge.

import type { CheckerMaker } from "./checker.ts";
import { HotSince } from "./hot-since.ts";

/** From when it could be to when it is asked for, µs; and so long before counts: what was refused just then was asked. */
const ASKED_US = 30_000_000;

export const anOutageStopsNoCancelElsewhere: CheckerMaker = {
  id: "X5",
  sentence: "An outage of one venue never stops cancels at another.",
  watch(scene, violate) {
    const hot = new HotSince(scene.instruments.length);
    const asked = new Float64Array(scene.instruments.length).fill(Number.NEGATIVE_INFINITY);
    return {
      sent(command) {
        if (command.kind === "CancelOrder") asked[command.instrument] = scene.now;
        if (command.kind !== "CancelAll") return;
        for (const { id, venue } of scene.instruments) {
          const isMeant = command.instrument === undefined || command.instrument === id;
          if (isMeant && command.venue === venue) asked[id] = scene.now;
        }
      },
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
          const wasAsked = (asked[id] as number) >= scene.now - lasts - ASKED_US;
          if (lasts <= ASKED_US || wasAsked) continue;
          violate(`an order stays live on instrument ${id} for ${lasts} µs`);
        }
      },
    };
  },
};
