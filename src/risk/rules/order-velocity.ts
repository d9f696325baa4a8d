// Refuses orders that come too fast: a bot in a loop is stopped by its own rate before the venue bans it.
// The window slides over the run's clock; refused orders do not count.

import { assert } from "../../domain/assert.ts";
import type { JsonValue } from "../../ports/strategy.ts";
import type { RiskRule } from "../risk-rule.ts";

export function orderVelocity(config: Readonly<{ ordersMax: number; windowUs: number }>): RiskRule {
  const { ordersMax, windowUs } = config;
  assert(ordersMax >= 1, `at least one order may pass in a window, was ${ordersMax}`);
  // When the last `ordersMax` orders passed, as a ring: the next place holds the oldest.
  const passedAt = new Float64Array(ordersMax).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  let saved: JsonValue | undefined;

  function pass(at: number): void {
    passedAt[next] = at;
    next = (next + 1) % ordersMax;
    saved = undefined;
  }

  /** Oldest first. What has left the window of the last that passed has left that of any to come. */
  function recent(): readonly number[] {
    const lastAt = passedAt[(next + ordersMax - 1) % ordersMax] as number;
    const times: number[] = [];
    for (let back = 1; back <= ordersMax; back += 1) {
      const at = passedAt[(next + ordersMax - back) % ordersMax] as number;
      if (!(lastAt - at < windowUs)) break;
      times.push(at);
    }
    return times.reverse();
  }

  return {
    name: "order-velocity",
    refuse(_order, view) {
      const oldest = passedAt[next] as number;
      if (view.now - oldest >= windowUs) return undefined;
      return `${ordersMax} orders passed in the last ${view.now - oldest} µs, limit is ${ordersMax} in ${windowUs} µs`;
    },
    passed: (_order, view) => pass(view.now),
    save() {
      saved ??= recent();
      return saved;
    },
    restore(from) {
      const times = from as readonly number[];
      passedAt.fill(Number.NEGATIVE_INFINITY);
      // A lower limit than the one it was saved by counts the last of them.
      for (const at of times.slice(-ordersMax)) pass(at);
    },
  };
}
