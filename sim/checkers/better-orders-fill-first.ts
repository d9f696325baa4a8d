// E5 (simulation-testing.md §10.1): price-time priority among our own orders. A maker fill is at the order's price; a
// taker's fill is within its limit; while a better order of ours rests on the side, or an older one at the price, no
// other gets a lot. Reduce-only orders, which may have nothing to reduce, stand aside.

import type { OrderId } from "../../src/domain/units.ts";
import { signOf } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

export const betterOrdersFillFirst: CheckerMaker = {
  id: "E5",
  sentence: "A fill keeps the order's limit, and goes to the best of our orders, the oldest first.",
  watch(scene, violate) {
    let arriving: OrderId | undefined;
    return {
      arrives(command) {
        const races = command.kind === "CancelOrder" || command.kind === "AmendOrder";
        arriving = races ? command.orderId : undefined;
      },
      arrived() {
        arriving = undefined;
      },
      says(event) {
        if (event.kind !== "OrderFilled") return;
        const order = scene.log.said;
        if (order === undefined || order.price === undefined) return;
        const sign = signOf(order.side);
        if (sign * event.price > sign * order.price) {
          violate(`order ${order.orderId} at ${order.price} was filled at ${event.price}`);
        }
        if (event.liquidity === "taker") return;
        if (event.price !== order.price) {
          violate(`maker order ${order.orderId} at ${order.price} was filled at ${event.price}`);
        }
        // A planned race fills the very order that is about to be cancelled, whatever stands before it.
        if (order.orderId === arriving) return;
        const passed = passedOver(order, scene.log.live[order.instrument] as OrderFact[]);
        if (passed === undefined) return;
        violate(`order ${order.orderId} was filled before order ${passed.orderId}`);
      },
    };
  },
};

function passedOver(order: OrderFact, live: readonly OrderFact[]): OrderFact | undefined {
  const sign = signOf(order.side);
  for (const each of live) {
    if (each === order || each.side !== order.side || each.reduceOnly) continue;
    if (each.price === undefined || order.price === undefined) continue;
    const ahead = sign * (each.price - order.price);
    if (ahead > 0 || (ahead === 0 && each.place < order.place)) return each;
  }
  return undefined;
}
