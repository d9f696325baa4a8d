// B5 (simulation-testing.md §10.2): the true position with every order that rests on a side stays within the position
// limit of the bot's own risk rules, asked whenever an order of the bot becomes live; and the believed one with every
// order in its table, whatever state it is in, asked whenever an order leaves that may add to it. Fills on their way count
// as they do for the bot, as orders that may still fill; so do those it heard of once the order had left. When somebody
// else has changed the account the limit may be passed until the bot has learned of it, and for a while after.

import type { PlaceOrder } from "../../src/domain/command.ts";
import { signOf } from "../../src/domain/units.ts";
import type { OrderView } from "../../src/ports/view.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";
import { isExcused, leavesOf } from "./order-fact.ts";
import type { RunLog } from "./run-log.ts";

/** To take the orders back once a foreign change is known, µs. */
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
    /** When belief was first true again after the last foreign change. */
    const learnedAt = new Float64Array(scene.instruments.length).fill(Number.NEGATIVE_INFINITY);
    return {
      second() {
        const { belief } = scene;
        if (belief === undefined) return;
        for (const { id, venue } of scene.instruments) {
          if ((learnedAt[id] as number) >= (log.intervenedAt[venue] as number)) continue;
          if (belief.position(id).lots === scene.trueLots(id)) learnedAt[id] = scene.now;
        }
      },
      sent(command) {
        const limit = limits[command.kind === "PlaceOrder" ? command.instrument : -1];
        if (command.kind !== "PlaceOrder" || limit === undefined || command.reduceOnly) return;
        const { belief } = scene;
        if (belief === undefined || limit === Number.POSITIVE_INFINITY) return;
        const { instrument, orderId, side, size } = command;
        const held = signOf(side) * belief.position(instrument).lots;
        // What can only bring it nearer to flat is held to no limit.
        if (size <= -held) return;
        const worst = held + openLots(belief.openOrders(instrument), command);
        if (worst <= limit) return;
        violate(`order ${orderId} leaves, and all it knows of may come to ${worst}, not ${limit}`);
      },
      says(event, venue) {
        const order = log.said;
        if (event.kind !== "OrderAccepted" || order?.stage !== "live" || !order.isOurs) return;
        const limit = limits[order.instrument] as number;
        if (order.reduceOnly || limit === Number.POSITIVE_INFINITY || isExcused(order)) return;
        const learned = learnedAt[order.instrument] as number;
        const isLearned = learned >= (log.intervenedAt[venue] as number);
        if (!isLearned || scene.now - learned < ADAPT_US) return;
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

/** Lots of a side that may fill as the bot's table has it, up to the order that leaves. */
function openLots(open: readonly OrderView[], { side, orderId }: PlaceOrder): number {
  let lots = 0;
  for (const each of open) {
    if (each.side !== side || each.reduceOnly || each.orderId > orderId) continue;
    lots += Math.max(0, each.size - each.filled);
  }
  return lots;
}

/** Lots on the side of an order that its bot rightly took for gone. */
function excusedLots({ instrument, side }: OrderFact, log: RunLog): number {
  let lots = 0;
  for (const each of log.live[instrument] as OrderFact[]) {
    if (each.side === side && isExcused(each)) lots += leavesOf(each);
  }
  return lots;
}
