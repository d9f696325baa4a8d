// The fast engine against its naive twin: the same reports and the same queues after every step.

import fc from "fast-check";
import { expect, test } from "vitest";
import { MatchingEngine } from "../../../../../sim/exchange/order-book/matching-engine.ts";
import { NaiveOrderBook } from "../../../../support/naive-order-book.ts";

/** Few prices and few ids, so that orders meet: many a level, many crossings, many stale requests. */
const ID_MAX = 12;
const PRICE_MIN = 100;
const PRICE_MAX = 106;

const command = fc.record({
  kind: fc.constantFrom("place", "place", "place", "immediate", "cancel", "modify"),
  side: fc.constantFrom<0 | 1>(0, 1),
  id: fc.integer({ min: 1, max: ID_MAX }),
  price: fc.integer({ min: PRICE_MIN, max: PRICE_MAX }),
  quantity: fc.integer({ min: 1, max: 9 }),
});

type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

function give(book: MatchingEngine | NaiveOrderBook, { kind, side, id, price, quantity }: Command) {
  if (kind === "cancel") book.cancel(id);
  else if (kind === "modify") book.modify(id, price, quantity);
  else book.place(side, id, price, quantity, kind === "immediate");
}

function isResting(naive: NaiveOrderBook, id: number): boolean {
  return [...naive.resting(0), ...naive.resting(1)].some((order) => order.id === id);
}

/** `expect` costs a hundred times the step it judges, so it is asked only when the texts differ. */
function same(fast: unknown, naive: unknown): void {
  if (JSON.stringify(fast) !== JSON.stringify(naive)) expect(fast).toEqual(naive);
}

test("agrees with the naive book after every step", () => {
  let steps = 0;
  fc.assert(
    fc.property(fc.array(command, { minLength: 10, maxLength: 40, size: "max" }), (commands) => {
      const range = { priceMin: PRICE_MIN, priceMax: PRICE_MAX, idMax: ID_MAX };
      const engine = new MatchingEngine(range);
      const naive = new NaiveOrderBook();
      for (const next of commands) {
        const isNew = next.kind === "place" || next.kind === "immediate";
        if (isNew && isResting(naive, next.id)) continue;
        const told = engine.reports.count;
        const toldNaive = naive.lines.length;
        give(engine, next);
        give(naive, next);
        const lines: string[] = [];
        for (let i = told; i < engine.reports.count; i += 1) lines.push(engine.reports.line(i));
        same(lines, naive.lines.slice(toldNaive));
        for (const side of [0, 1] as const) {
          const queue = naive.resting(side);
          same(engine.resting(side), queue);
          same(engine.best(side), queue[0]?.price);
        }
        steps += 1;
      }
    }),
    { numRuns: 10_000 },
  );
  expect(steps).toBeGreaterThan(40_000);
});
