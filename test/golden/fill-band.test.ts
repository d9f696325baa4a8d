// The band of fill models against exact queues, on two stocks over a whole recorded NASDAQ day.
// Orders of 100 shares at each touch, every 10 s for 9 s, go into the order-level market, which knows every queue,
// and into the level market over the same recording with the orders masked, which has to guess (fill-models.md §9.2).
// The same orders of ours on both sides, so their effect on the market, which neither knows, cancels out.

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import { LevelsMarket } from "../../sim/exchange/levels-market.ts";
import type { Market, MarketSink, VenueOrder } from "../../sim/exchange/market.ts";
import { OrderLevelMarket } from "../../sim/exchange/order-level-market.ts";
import { maskOrders } from "../../sim/market/mask-orders.ts";
import { readLobster } from "../../src/data/lobster/lobster.ts";
import { assert } from "../../src/domain/assert.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type { Side, TimeUs } from "../../src/domain/units.ts";
import { instrumentId, orderId, sizeLots, timeUs, venueId } from "../../src/domain/units.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";

const FOLDER = join(recordings ?? "", "nasdaq-lobster-amzn-aapl-20120621");
const EVERY_US = 10_000_000;
const LIFE_US = 9_000_000;
const LOTS = sizeLots(100);
const RULES = { selfTrade: "expire-maker", amend: "back" } as const;

/** Lots filled of each order, in order of placing. */
function filledLots(source: OrderTapeSource, make: (sink: MarketSink) => Market): number[] {
  const orders: VenueOrder[] = [];
  const market = make({
    accepted: () => undefined,
    refused: () => undefined,
    filled: () => undefined,
    closed: () => undefined,
    fillable: () => 0,
    funding: () => undefined,
  });
  const runTo = (at: TimeUs): void => {
    while (market.nextAt() <= at) market.advance(at);
  };
  const place = (side: Side, at: TimeUs): void => {
    const price = side === "bid" ? market.bestBid() : market.bestAsk();
    assert(price !== undefined, "both sides are shown");
    const order: VenueOrder = {
      orderId: orderId(orders.length + 1),
      side,
      price,
      size: LOTS,
      filled: sizeLots(0),
      timeInForce: "POST_ONLY",
      reduceOnly: false,
    };
    orders.push(order);
    market.place(order, at);
  };
  const { firstVenueAt, lastVenueAt } = source.header;
  for (let at = firstVenueAt + EVERY_US; at + LIFE_US < lastVenueAt; at += EVERY_US) {
    runTo(timeUs(at));
    place("bid", timeUs(at));
    place("ask", timeUs(at));
    const end = timeUs(at + LIFE_US);
    runTo(end);
    for (const order of market.orders()) market.cancel(order.orderId, "cancelled", end);
  }
  return orders.map((order) => order.filled);
}

function sum(lots: readonly number[]): number {
  return lots.reduce((total, each) => total + each, 0);
}

/** Orders filled at all by `first` and not by `second`. */
function onlyFirst(first: readonly number[], second: readonly number[]): number {
  return first.filter((lots, index) => lots > 0 && second[index] === 0).length;
}

describe.skipIf(recordings === undefined)(`fills of a recorded day${needsRecordings}`, () => {
  test.each([
    { name: "AMZN", levels: 5 },
    { name: "AAPL", levels: 1 },
  ])("$name: the band holds the exact fills, and the queue models lie near them", async (file) => {
    const path = (kind: string): string =>
      join(FOLDER, `${file.name}_2012-06-21_34200000_57600000_${kind}_${file.levels}.csv.gz`);
    const { source } = await readLobster(path("message"), {
      bookFile: path("orderbook"),
      utcOffsetMinutes: -240,
    });
    const instrument = instrumentOf(source.header.instrument, instrumentId(0), venueId(0));
    const masked = maskOrders(source);
    const exact = filledLots(
      source,
      (sink) => new OrderLevelMarket(instrument, source, RULES, sink),
    );
    const by = (fillModel: FillModel): number[] => {
      const rules = { ...RULES, fillModel };
      return filledLots(source, (sink) => new LevelsMarket(instrument, masked, rules, sink));
    };
    const optimistic = by({ kind: "optimistic" });
    const pessimistic = by({ kind: "pessimistic" });
    const riskAverse = by({ kind: "risk-averse" });
    const power = by({ kind: "power", family: 3, n: 3 });

    const touched = exact.filter((lots) => lots > 0).length;
    expect(touched).toBeGreaterThan(500);
    expect(onlyFirst(exact, optimistic)).toBe(0);
    expect(onlyFirst(pessimistic, exact)).toBe(0);
    expect(sum(optimistic)).toBeGreaterThan(1.2 * sum(exact));
    expect(sum(pessimistic)).toBeLessThan(0.9 * sum(exact));
    expect(sum(riskAverse)).toBeLessThanOrEqual(sum(exact));
    // Measured: within 1 % of the lots and 3 % of the orders on both days.
    expect(Math.abs(sum(power) / sum(exact) - 1)).toBeLessThan(0.02);
    expect(onlyFirst(power, exact) + onlyFirst(exact, power)).toBeLessThan(0.05 * touched);
  });
});
