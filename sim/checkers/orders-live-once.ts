// E11 (simulation-testing.md §10.1): what a venue says of an order walks the graph asked → live → over, or asked →
// refused, and nothing follows an end. A refused cancel or amend is about the request; that it knows no such order is
// said of none that lives.

import type { Event } from "../../src/domain/event.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

export const ordersLiveOnce: CheckerMaker = {
  id: "E11",
  sentence: "An order is accepted once, ends once, and nothing is said of it after its end.",
  watch(scene, violate) {
    return {
      says(event) {
        const order = scene.log.said;
        if (order === undefined || !order.isOurs) return;
        const wrong = wrongOf(event, order);
        if (wrong)
          violate(`${event.kind} of order ${order.orderId}, which was ${order.stageBefore}`);
      },
    };
  },
};

function wrongOf(event: Event, { stageBefore, isCopied }: OrderFact): boolean {
  switch (event.kind) {
    case "OrderAccepted":
      if (event.request === "amend") return stageBefore !== "live";
      return stageBefore !== "asked" && !(stageBefore === "refused" && isCopied);
    case "OrderFilled":
    case "OrderClosed":
      return stageBefore !== "live";
    case "OrderRefused":
      if (event.request === "place") {
        // A copy of a request is refused, whatever became of the first.
        return stageBefore !== "asked" && !isCopied;
      }
      return event.reason === "unknown-order" && stageBefore === "live";
    default:
      return false;
  }
}
