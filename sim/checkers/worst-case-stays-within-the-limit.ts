// B5 (simulation-testing.md §10.2): the true position with every order that rests on a side stays within the position
// limit of the bot's own risk rules, asked whenever an order of the bot becomes live. Fills on their way count as they do
// for the bot, as orders that may still fill; so do those it heard of once the order had left. For a while after somebody
// else changed the account the limit may be passed.

import { signOf } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";
import { isExcused, leavesOf } from "./order-fact.ts";
import type { RunLog } from "./run-log.ts";

/** To learn of a foreign change by polling and take the orders back, µs. */
const ADAPT_US = 60_000_000;

export const worstCaseStaysWithinTheLimit: CheckerMaker = {
  id: "B5",
  sentence: "Position and resting orders together stay within the position limit.",
  watch(scene, violate) {
    const { log } = scene;
    const limits = scene.instruments.map(({ id }) => {
      const limit = scene.risk.instruments?.find((each) => each.instrument === id);
      return limit?.positionLotsMax ?? Number.POSITIVE_INFINITY;
    });
    return {
      says(event, venue) {
        const order = log.said;
        if (event.kind !== "OrderAccepted" || order?.stage !== "live" || !order.isOurs) return;
        const limit = limits[order.instrument] as number;
        if (order.reduceOnly || limit === Number.POSITIVE_INFINITY || isExcused(order)) return;
        if (scene.now - (log.intervenedAt[venue] as number) < ADAPT_US) return;
        const resting = order.side === "bid" ? log.restingBids : log.restingAsks;
        const sign = signOf(order.side);
        const { trades } = log;
        const unheard = sign > 0 ? trades.unheardBids : trades.unheardAsks;
        const lots = (resting[order.instrument] as number) - excusedLots(order, log);
        const worst = sign * scene.trueLots(order.instrument) + lots;
        const room = Math.max(unheard[order.instrument] as number, order.unheard);
        if (worst <= limit + room) return;
        violate(`instrument ${order.instrument} may come to ${worst} lots, the limit is ${limit}`);
      },
    };
  },
};

/** Lots on the side of an order that its bot rightly took for gone. */
function excusedLots({ instrument, side }: OrderFact, log: RunLog): number {
  let lots = 0;
  for (const each of log.live[instrument] as OrderFact[]) {
    if (each.side === side && isExcused(each)) lots += leavesOf(each);
  }
  return lots;
}
