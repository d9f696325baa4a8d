// B3 (simulation-testing.md §10.2): each order of ours that lives at the venue is in the bot's table, in whatever state.
// Looked at each second, and when the bot begins again. An order that arrived long after it was sent, or that a report left
// out, was rightly given up: it must be found in time.

import type { View } from "../../src/ports/view.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";
import { isExcused } from "./order-fact.ts";

/** Seen without an entry this long in a row, µs: an answer being handled is not yet a loss. */
const GRACE_US = 2_000_000;
/** To find what could not be known, with the wires working, µs: several polls. */
const FIND_US = 60_000_000;

export const noLiveOrderIsForgotten: CheckerMaker = {
  id: "B3",
  sentence: "Every order of ours that lives at a venue is in the bot's table.",
  watch(scene, violate) {
    /** Since when each order was missing; emptied as it is found. */
    const missing = new Map<OrderFact, number>();
    const look = () => {
      const { belief, now } = scene;
      if (belief === undefined) return;
      for (const { id, venue } of scene.instruments) {
        const live = scene.log.live[id] as OrderFact[];
        for (const order of live) {
          if (!order.isOurs || scene.isGone(venue)) continue;
          if (isKnown(order, belief)) {
            if (missing.size > 0) missing.delete(order);
            continue;
          }
          const since = missing.get(order) ?? now;
          missing.set(order, since);
          const excused = isExcused(order);
          const lasts = now - since;
          const calm = Math.min(lasts, scene.log.calmUs(), scene.log.healedUs());
          if (excused ? calm < FIND_US : lasts < GRACE_US) continue;
          violate(
            `order ${order.orderId} lives at venue ${venue} and is not known for ${lasts} µs`,
          );
        }
      }
      if (missing.size > 0) forgetDead(missing);
    };
    return { second: look, began: look };
  },
};

function isKnown(order: OrderFact, belief: View): boolean {
  const open = belief.openOrders(order.instrument);
  for (let index = 0; index < open.length; index += 1) {
    if (open[index]?.orderId === order.orderId) return true;
  }
  return false;
}

function forgetDead(missing: Map<OrderFact, number>): void {
  for (const order of missing.keys()) if (order.stage !== "live") missing.delete(order);
}
