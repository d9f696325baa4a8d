import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OrderFilled } from "../../../src/domain/event.ts";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../../src/domain/units.ts";
import { RoundTrips } from "../../../src/report/round-trips.ts";

// One tick × one lot is one unit of money: 10^8 ledger units.
const instrument = instrumentOf(
  {
    venueName: "v",
    symbol: "X",
    contract: "linear",
    base: "X",
    quote: "USD",
    tickSize: "1",
    lotSize: "1",
    contractSize: "1",
  },
  instrumentId(0),
  venueId(0),
);
const UNIT = 100_000_000;

function fill(at: number, side: "bid" | "ask", size: number, price: number, fee = 0): OrderFilled {
  return {
    kind: "OrderFilled",
    at,
    venueAt: at,
    instrument: 0,
    orderId: 1,
    tradeId: at,
    side,
    price,
    size,
    cumulative: size,
    liquidity: "maker",
    fee,
  } as unknown as OrderFilled;
}

function tripsOf(fills: readonly OrderFilled[]): RoundTrips {
  const trips = new RoundTrips([instrument]);
  for (const each of fills) trips.filled(each);
  return trips;
}

describe("round trips", () => {
  test("a trip is from flat to flat, with its fees", () => {
    const { trips } = tripsOf([
      fill(1, "bid", 2, 100, 3),
      fill(5, "bid", 1, 103, 2),
      fill(9, "ask", 3, 105, 4),
    ]);
    expect(trips).toEqual([
      {
        instrument: 0,
        side: "long",
        openedAt: 1,
        closedAt: 9,
        lotsMax: 3,
        fills: 3,
        entryNotional: 303 * UNIT,
        fees: 9,
        funding: 0,
        profit: 12 * UNIT - 9,
      },
    ]);
  });

  test("a fill across flat ends one trip and begins the next, its fee shared by lots", () => {
    const trips = tripsOf([fill(1, "ask", 1, 100), fill(2, "bid", 4, 90, 8)]);
    expect(trips.trips).toMatchObject([{ side: "short", profit: 10 * UNIT - 2, closedAt: 2 }]);
    expect(trips.lots(instrument.id)).toBe(3);
    expect(trips.stillOpen).toBe(1);
  });

  test("funding belongs to the trip that is open", () => {
    const trips = tripsOf([fill(1, "bid", 1, 100)]);
    trips.funded({ instrument: 0, amount: -7 } as never);
    trips.filled(fill(2, "ask", 1, 100));
    trips.funded({ instrument: 0, amount: -7 } as never);
    expect(trips.trips).toMatchObject([{ funding: -7, profit: -7 }]);
  });

  test("whatever was filled, all trips together gained what cash and fees say once flat", () => {
    const fills = fc.array(
      fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 90, max: 110 })),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(fills, (drawn) => {
        let held = 0;
        let cash = 0;
        const all = drawn.map(([buys, size, price], index) => {
          held += buys ? size : -size;
          cash -= (buys ? size : -size) * price;
          return fill(index, buys ? "bid" : "ask", size, price);
        });
        if (held !== 0) {
          all.push(fill(99, held > 0 ? "ask" : "bid", Math.abs(held), 100));
          cash += held * 100;
        }
        const { trips } = tripsOf(all);
        const profit = trips.reduce((sum, trip) => sum + trip.profit, 0);
        expect(profit).toBe(cash * UNIT);
      }),
    );
  });
});
