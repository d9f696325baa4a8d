// L1 (simulation-testing.md §10.3): once nothing strikes any more and the wires work, no order stays of unknown outcome
// for longer than 30 s.

import type { CheckerMaker } from "./checker.ts";

const RESOLVED_US = 30_000_000;

export const unknownOrdersAreResolved: CheckerMaker = {
  id: "L1",
  sentence: "Orders of unknown outcome are resolved within 30 s of working wires.",
  watch(scene, violate) {
    const since = new Map<number, number>();
    return {
      second() {
        const { belief, now } = scene;
        if (belief === undefined) return;
        const healed = scene.log.healedUs();
        if (healed < 0) {
          since.clear();
          return;
        }
        let unknown = 0;
        for (const { id, venue } of scene.instruments) {
          if (scene.isGone(venue)) continue;
          for (const order of belief.openOrders(id)) {
            if (order.state !== "unknown") continue;
            unknown += 1;
            const from = since.get(order.orderId) ?? now;
            since.set(order.orderId, from);
            if (Math.min(healed, now - from) <= RESOLVED_US) continue;
            violate(`order ${order.orderId} is of unknown outcome for ${now - from} µs`);
          }
        }
        if (unknown === 0 && since.size > 0) since.clear();
      },
    };
  },
};
