// Laws of the candle market: the future changes no past report, and no bar gives more than its share.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { BarRow } from "../support/bars.ts";
import { barsOf, MINUTE_US } from "../support/bars.ts";
import type { Ask } from "../support/candle-log.ts";
import { loggedCandleMarket } from "../support/candle-log.ts";

const bar = fc
  .tuple(
    fc.integer({ min: 80, max: 120 }),
    fc.nat(9),
    fc.nat(9),
    fc.integer({ min: 80, max: 120 }),
    fc.nat(60),
  )
  .map(
    ([open, up, down, close, volume]): BarRow => [
      open,
      Math.max(open, close) + up,
      Math.min(open, close) - down,
      close,
      volume,
    ],
  );
const bars = fc.array(fc.option(bar, { nil: undefined, freq: 8 }), { minLength: 1, maxLength: 12 });
const asks = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 12 * 4 }).map((quarter) => (quarter * MINUTE_US) / 4),
    side: fc.constantFrom("bid" as const, "ask" as const),
    price: fc.option(fc.integer({ min: 75, max: 125 }), { nil: undefined }),
    size: fc.integer({ min: 1, max: 9 }),
    tif: fc.constantFrom("GTC" as const, "IOC" as const, "FOK" as const, "POST_ONLY" as const),
  }),
  { maxLength: 12 },
);
type Plan = typeof asks extends fc.Arbitrary<infer T> ? T : never;

/** Places every order at its time and runs to `until`; the log holds everything told by then. */
function play(rows: readonly (BarRow | undefined)[], plan: Plan, until: number): string[] {
  const { log, market, place, run } = loggedCandleMarket(barsOf(rows));
  const inOrder = plan.map((ask, index) => ({ ...ask, id: index + 1 }));
  inOrder.sort((a, b) => a.at - b.at || a.id - b.id);
  for (const { at, id, side, price, size, tif } of inOrder) {
    if (at > until || market.nextAt() === Number.POSITIVE_INFINITY) break;
    run(at);
    const ask: Ask = { id, side, size };
    place(at, price === undefined ? ask : { ...ask, price, tif });
  }
  run(until);
  return log;
}

test("cutting off the future changes nothing that was told before", () => {
  fc.assert(
    fc.property(bars, asks, fc.nat(11), bar, (rows, plan, cut, other) => {
      const until = cut * MINUTE_US + MINUTE_US - 1;
      // Another future altogether, so that an order always has a bar to wait for.
      const past = Array.from({ length: cut }, (_, index) => rows[index]);
      const told = play([...past, ...rows.slice(cut), other, other], plan, until);
      expect(play([...past, other, other, other], plan, until)).toEqual(told);
    }),
  );
});

test("a bar fills at most a tenth of its volume, and no order more than its size", () => {
  fc.assert(
    fc.property(bars, asks, (rows, plan) => {
      const filledAt = new Map<number, number>();
      const filledOf = new Map<string, number>();
      for (const line of play(rows, plan, 13 * MINUTE_US)) {
        const [at, what, id, lots] = line.split(" ");
        if (what !== "maker" && what !== "taker") continue;
        filledAt.set(Number(at), (filledAt.get(Number(at)) ?? 0) + Number(lots));
        filledOf.set(String(id), (filledOf.get(String(id)) ?? 0) + Number(lots));
      }
      for (const [at, lots] of filledAt) {
        const volume = rows[at / MINUTE_US - 1]?.[4] ?? 0;
        expect(lots * 10).toBeLessThanOrEqual(volume);
      }
      plan.forEach((ask, index) => {
        expect(filledOf.get(`#${index + 1}`) ?? 0).toBeLessThanOrEqual(ask.size);
      });
    }),
  );
});
