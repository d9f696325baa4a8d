// E3 (simulation-testing.md §10.1): 0 ≤ filled ≤ size, told sums are sums of fills, sizes and prices are whole, an end
// that tells what was filled tells the sum, and an end by filling comes at the size.

import type { Event } from "../../src/domain/event.ts";
import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";

export const anOrderFillsWithinItsSize: CheckerMaker = {
  id: "E3",
  sentence:
    "An order fills no more than its size, in whole lots at whole ticks, and its sums are sums.",
  watch(scene, violate) {
    return {
      says(event) {
        const order = scene.log.said;
        const wrong = order === undefined ? undefined : wrongOf(event, order);
        if (wrong !== undefined) violate(`order ${order?.orderId}: ${wrong}`);
      },
    };
  },
};

function wrongOf(event: Event, order: OrderFact): string | undefined {
  const { filled, size, isOurs } = order;
  switch (event.kind) {
    case "OrderFilled":
      if (!(event.size > 0) || !Number.isSafeInteger(event.size)) return `filled ${event.size}`;
      if (!(event.price > 0) || !Number.isSafeInteger(event.price)) return `at ${event.price}`;
      if (filled > size) return `${filled} of ${size} lots are filled`;
      if (isOurs && event.cumulative !== filled) {
        return `${event.cumulative} lots are told in all, ${filled} were`;
      }
      return undefined;
    case "OrderAccepted":
      return event.size > 0 && event.size >= filled ? undefined : `stands with ${event.size} lots`;
    case "OrderClosed":
      if (event.reason === "filled" && filled !== size) return `ended with ${filled} of ${size}`;
      if (isOurs && event.filled !== 0 && event.filled !== filled) {
        return `its end tells ${event.filled} lots, ${filled} were filled`;
      }
      return undefined;
    default:
      return undefined;
  }
}
