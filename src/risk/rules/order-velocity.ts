// Refuses orders that come too fast: a bot in a loop is stopped by its own rate before the venue bans it.
// The window slides over the run's clock; refused orders do not count.

import { assert } from "../../domain/assert.ts";
import type { RiskRule } from "../risk-rule.ts";

export function orderVelocity(config: Readonly<{ ordersMax: number; windowUs: number }>): RiskRule {
  const { ordersMax, windowUs } = config;
  assert(ordersMax >= 1, `at least one order may pass in a window, was ${ordersMax}`);
  // When the last `ordersMax` orders passed, as a ring: the next place holds the oldest.
  const passedAt = new Float64Array(ordersMax).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  return {
    name: "order-velocity",
    refuse(_order, view) {
      const oldest = passedAt[next] as number;
      if (view.now - oldest >= windowUs) return undefined;
      return `${ordersMax} orders passed in the last ${view.now - oldest} µs, limit is ${ordersMax} in ${windowUs} µs`;
    },
    passed(_order, view) {
      passedAt[next] = view.now;
      next = (next + 1) % ordersMax;
    },
    save: () => ({ next, passedAt: [...passedAt].map((at) => (Number.isFinite(at) ? at : null)) }),
    restore(saved) {
      const from = saved as { next: number; passedAt: readonly (number | null)[] };
      assert(from.passedAt.length === ordersMax, "a saved velocity has this limit's ring");
      next = from.next;
      passedAt.set(from.passedAt.map((at) => at ?? Number.NEGATIVE_INFINITY));
    },
  };
}
