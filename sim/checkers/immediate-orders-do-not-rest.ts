// E9 (simulation-testing.md §10.1): once an IOC or FOK order was carried out nothing of it rests, and a FOK order was
// filled whole or not at all. No venue here takes orders good till a date.

import type { CheckerMaker } from "./checker.ts";

export const immediateOrdersDoNotRest: CheckerMaker = {
  id: "E9",
  sentence: "IOC and FOK orders leave nothing resting, and FOK fills all or nothing.",
  watch(scene, violate) {
    return {
      arrived(command) {
        if (command.kind !== "PlaceOrder") return;
        const { timeInForce, orderId } = command;
        if (timeInForce !== "IOC" && timeInForce !== "FOK") return;
        const order = scene.log.find(scene.log.venueOf(command.instrument), orderId);
        if (order === undefined) return;
        if (order.stage === "live") violate(`${timeInForce} order ${orderId} rests`);
        if (timeInForce === "FOK" && order.filled !== 0 && order.filled !== order.size) {
          violate(`FOK order ${orderId} was filled ${order.filled} of ${order.size} lots`);
        }
      },
    };
  },
};
