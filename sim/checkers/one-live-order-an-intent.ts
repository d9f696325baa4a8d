// B4 (simulation-testing.md §10.2): at most one live order an intent, and no more rests on a side than is meant to. An
// intent is read off the order: instrument, side, price and whether it only reduces. An order that was rightly taken for
// gone (late, or left out of a report) may rightly have been asked for again.

import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";
import { isExcused, leavesOf } from "./order-fact.ts";

export const oneLiveOrderAnIntent: CheckerMaker = {
  id: "B4",
  sentence: "At most one order of an intent is live, and no side holds more than is meant.",
  watch(scene, violate) {
    const facts = scene.instruments.map(({ id }) =>
      scene.facts.quotes?.find((each) => each.instrument === id),
    );
    return {
      says(event) {
        const order = scene.log.said;
        if (event.kind !== "OrderAccepted" || order?.stage !== "live" || !order.isOurs) return;
        const fact = facts[order.instrument];
        if (fact === undefined || isExcused(order)) return;
        let lots = 0;
        for (const each of scene.log.live[order.instrument] as OrderFact[]) {
          if (each.side !== order.side || !each.isOurs || isExcused(each)) continue;
          lots += leavesOf(each);
          if (fact.onePerPrice !== true || each === order || !sameIntent(each, order)) continue;
          violate(`orders ${each.orderId} and ${order.orderId} are one intent, both live`);
        }
        const most = fact.sideLotsMax ?? Number.POSITIVE_INFINITY;
        if (lots > most) violate(`${lots} lots rest on the ${order.side}, ${most} are meant`);
      },
    };
  },
};

/** What a venue repriced was not meant to stand where it does. */
function sameIntent(one: OrderFact, other: OrderFact): boolean {
  if (one.isRepriced || other.isRepriced) return false;
  return one.price === other.price && one.reduceOnly === other.reduceOnly;
}
