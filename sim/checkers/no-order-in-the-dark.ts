// B8 (simulation-testing.md §10.2): nothing that may add risk leaves while the bot is halted, its level is critical, its
// book is older than its own rule allows, or a link has been down beyond its grace. Orders that only reduce may.
// Durability is B7's.

import type { AmendOrder, PlaceOrder } from "../../src/domain/command.ts";
import type { View } from "../../src/ports/view.ts";
import type { CheckerMaker, Watched } from "./checker.ts";

export const noOrderInTheDark: CheckerMaker = {
  id: "B8",
  sentence: "No new risk is sent while halted, critical, or on a book too old.",
  watch(scene, violate) {
    const ttlUs = scene.risk.staleData?.ttlUs ?? Number.POSITIVE_INFINITY;
    return {
      sent(command) {
        if (command.kind !== "PlaceOrder" && command.kind !== "AmendOrder") return;
        if (scene.log.wasHalted) violate(`order ${command.orderId} leaves a bot that is halted`);
        const { belief } = scene;
        if (belief === undefined || mayOnlyReduce(command, belief, scene)) return;
        const { degradation } = belief.health;
        if (degradation === "critical" || degradation === "emergency") {
          violate(`order ${command.orderId} is sent at ${degradation}`);
        }
        const age = belief.health.staleness(command.instrument);
        if (age > ttlUs) violate(`order ${command.orderId} is sent on a book ${age} µs old`);
      },
    };
  },
};

/** Can it bring the position no further than flat? Amends of reduce-only orders and orders against the position. */
function mayOnlyReduce(command: PlaceOrder | AmendOrder, belief: View, scene: Watched): boolean {
  const order = scene.log.find(scene.log.venueOf(command.instrument), command.orderId);
  if (order === undefined) return false;
  if (order.reduceOnly) return true;
  const { lots } = belief.position(command.instrument);
  const towardsFlat = order.side === "bid" ? -lots : lots;
  return command.size <= towardsFlat;
}
