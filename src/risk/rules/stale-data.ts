// Refuses new risk on a book that cannot be believed: broken off, or too long silent.
// Source: DESIGN §9 ruling 5: cached values serve display and exits, never new risk.

import type { RiskRule } from "../risk-rule.ts";

export function staleData(config: Readonly<{ ttlUs: number }>): RiskRule {
  return {
    name: "stale-data",
    sparesHedges: true,
    refuse(order, view) {
      const book = view.book(order.instrument);
      if (!book.fresh)
        return "the book is not whole: no snapshot since the run began or the feed broke";
      const age = view.now - book.updatedAt;
      if (age <= config.ttlUs) return undefined;
      return `the book was last received ${age} µs ago, limit is ${config.ttlUs} µs`;
    },
  };
}
