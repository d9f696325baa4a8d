// Unhedged notional × seconds, against sums made by hand.

import { expect, test } from "vitest";
import type { Event } from "../../../../src/domain/event.ts";
import { unhedgedExposure } from "../../../../strategies/hedge/unhedged-exposure.ts";
import { benchInstruments } from "../../../support/bot-bench.ts";

const [maker, taker] = benchInstruments(2);
if (maker === undefined || taker === undefined) throw new Error("there are two instruments");
const legs = [
  { instrument: maker, baseMultiplier: 1 },
  { instrument: taker, baseMultiplier: 1 },
] as const;

function fill(
  atUs: number,
  instrument: number,
  side: string,
  size: number,
  tradeId: number,
): Event {
  const told = { kind: "OrderFilled", at: atUs, venueAt: atUs, instrument, side, size, tradeId };
  return {
    ...told,
    orderId: 1,
    price: 1000,
    cumulative: size,
    liquidity: "maker",
    fee: 0,
  } as never;
}

const book = {
  kind: "BookChanged",
  at: 0,
  venueAt: 0,
  instrument: 0,
  bid: 999,
  ask: 1001,
} as never;

test("ten lots at 100.0 open for two seconds, then four for one, come to 2.4 dollar seconds", () => {
  const found = unhedgedExposure(
    [
      book,
      fill(1_000_000, 0, "bid", 10, 1),
      fill(1_500_000, 0, "bid", 10, 1),
      fill(3_000_000, 1, "ask", 6, 1),
      fill(4_000_000, 1, "ask", 4, 2),
      { ...(book as object), at: 9_000_000 } as never,
    ],
    legs,
  );
  // A lot is 0.001 and a tick 0.1: ten lots at 1000 ticks are worth one dollar.
  expect(found.notionalSeconds).toBeCloseTo(1 * 2 + 0.4 * 1, 12);
  expect(found.unitMicroseconds).toBe(24_000_000n);
  expect(found).toMatchObject({ unitsMax: 10, longestUs: 3_000_000, unitsLeft: 0 });
});

test("what is never hedged counts to the end, and is told", () => {
  const end = { ...(book as object), at: 3_000_000 } as never;
  const found = unhedgedExposure([book, fill(1_000_000, 0, "ask", 5, 1), end], legs);
  expect(found).toMatchObject({ unitsLeft: -5, longestUs: 2_000_000 });
});
