// E7 (simulation-testing.md §10.1): a post-only order is refused, repriced or rests; none of its fills is a taker's.

import type { CheckerMaker } from "./checker.ts";

export const postOnlyNeverTakes: CheckerMaker = {
  id: "E7",
  sentence: "A post-only order never takes.",
  watch(scene, violate) {
    return {
      says(event) {
        if (event.kind !== "OrderFilled" || event.liquidity !== "taker") return;
        if (scene.log.said?.timeInForce !== "POST_ONLY") return;
        violate(`post-only order ${event.orderId} took ${event.size} lots at ${event.price}`);
      },
    };
  },
};
