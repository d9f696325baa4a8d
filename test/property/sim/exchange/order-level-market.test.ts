// The order-level market against its naive twin: the same reports, queues and touch after every step of any mixture
// of recorded rows and requests of ours.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { MarketSink, VenueOrder } from "../../../../sim/exchange/market.ts";
import { OrderLevelMarket } from "../../../../sim/exchange/order-level-market.ts";
import { instrumentOf } from "../../../../src/domain/instrument.ts";
import type { TimeUs } from "../../../../src/domain/units.ts";
import {
  instrumentId,
  orderId,
  priceTicks,
  sizeLots,
  timeUs,
  venueId,
} from "../../../../src/domain/units.ts";
import type { NaiveOwn, NaiveRules } from "../../../support/naive-order-level-market.ts";
import { NaiveOrderLevelMarket } from "../../../support/naive-order-level-market.ts";
import type { OrderTapeLine } from "../../../support/order-tapes.ts";
import { orderTapeInstrument, orderTapeOf } from "../../../support/order-tapes.ts";

/** Few prices and ids, so that everything meets. `pick` chooses among what exists. */
const step = fc.record({
  kind: fc.constantFrom(
    ...(["add", "add", "add", "reduce", "delete", "execute", "execute", "hidden"] as const),
    ...(["place", "place", "cancel", "amend"] as const),
  ),
  side: fc.constantFrom<0 | 1>(0, 1),
  price: fc.integer({ min: 100, max: 105 }),
  lots: fc.integer({ min: 1, max: 9 }),
  pick: fc.nat({ max: 20 }),
  timeInForce: fc.constantFrom("GTC", "GTC", "IOC", "FOK", "POST_ONLY", "MARKET"),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const rules: fc.Arbitrary<NaiveRules> = fc.record({
  selfTrade: fc.constantFrom("expire-maker", "expire-taker", "expire-both"),
  amend: fc.constantFrom("keep-when-smaller", "back"),
});

/** What the recording holds, so that its rows are about orders that exist. One row in a while is about none. */
type Recorded = { ref: number; side: 0 | 1; price: number; left: number };

/** Turns the feed's steps into rows at times 1, 2, …; undefined for steps of ours and impossible ones. */
function rowsFor(steps: readonly Step[]): (OrderTapeLine | undefined)[] {
  let orders: Recorded[] = [];
  return steps.map(({ kind, side, price, lots, pick }, index) => {
    const at = index + 1;
    const word = side === 0 ? "bid" : "ask";
    if (kind === "hidden") return { at, what: kind, side: word, price, lots };
    if (kind === "add") {
      orders.push({ ref: at, side, price, left: lots });
      return { at, what: kind, side: word, ref: at, price, lots };
    }
    if (kind === "place" || kind === "cancel" || kind === "amend") return undefined;
    if (pick === 20) return { at, what: kind, side: word, ref: 9_999, price, lots };
    const order = orders[pick % Math.max(1, orders.length)];
    if (order === undefined) return undefined;
    const taken = kind === "delete" ? order.left : Math.min(lots, order.left);
    order.left -= taken;
    orders = orders.filter(({ left }) => left > 0);
    const own = order.side === 0 ? "bid" : "ask";
    return { at, what: kind, side: own, ref: order.ref, price: order.price, lots: taken };
  });
}

/** Gives the naive twin a row. */
function feed(naive: NaiveOrderLevelMarket, line: OrderTapeLine): void {
  const { what, ref = 0, price = 0, lots = 0 } = line;
  const side = line.side === "bid" ? 0 : 1;
  if (what === "add") naive.feedAdd(side, ref, price, lots);
  else if (what === "execute") naive.feedExecute(side, ref, price, lots);
  else if (what === "hidden") naive.feedHidden(side, price, lots);
  else naive.feedReduce(ref, lots);
}

/** Our order of a step; its id is the step's number. */
function orderOf({ side, price, lots, timeInForce }: Step, id: number): NaiveOwn {
  const market = timeInForce === "MARKET";
  return {
    id,
    side,
    price: market ? undefined : price,
    size: lots,
    filled: 0,
    timeInForce: market ? "IOC" : timeInForce,
  };
}

function sinkOf(told: string[]): MarketSink {
  return {
    accepted: ({ orderId: id }) => told.push(`accepted ${id}`),
    refused: ({ orderId: id }, _, reason) => told.push(`refused ${id} ${reason}`),
    filled: ({ orderId: id }, price, lots, liquidity) =>
      told.push(`filled ${id} ${lots}@${price} ${liquidity}`),
    closed: ({ orderId: id }, reason) => told.push(`closed ${id} ${reason}`),
    fillable: () => Number.POSITIVE_INFINITY,
    funding: () => undefined,
  };
}

function request(market: OrderLevelMarket, naive: NaiveOrderLevelMarket, made: Step, id: number) {
  const at = timeUs(id);
  const known = market.orders();
  const target = known[made.pick % Math.max(1, known.length)]?.orderId ?? orderId(0);
  if (made.kind === "cancel") {
    market.cancel(target, "cancelled", at);
    naive.cancel(target);
  } else if (made.kind === "amend") {
    market.amend(target, priceTicks(made.price), sizeLots(made.lots), at);
    naive.amend(target, made.price, made.lots);
  } else {
    const order = orderOf(made, id);
    const venueOrder: VenueOrder = {
      orderId: orderId(id),
      side: order.side === 0 ? "bid" : "ask",
      price: order.price === undefined ? undefined : priceTicks(order.price),
      size: sizeLots(order.size),
      filled: sizeLots(0),
      timeInForce: order.timeInForce,
      reduceOnly: false,
    };
    market.place(venueOrder, at);
    naive.place(order);
  }
}

function ownOrders(market: OrderLevelMarket): string[] {
  return market
    .orders()
    .map(
      ({ orderId: id, filled, size, price }) =>
        `${id} ${filled}/${size}@${price}, ${market.queueAhead(id)}`,
    );
}

/** `expect` costs far more than the step it judges, so it is asked only when the texts differ. */
function same(fast: unknown, naive: unknown): void {
  if (JSON.stringify(fast) !== JSON.stringify(naive)) expect(fast).toEqual(naive);
}

test("agrees with the naive market after every step", () => {
  let fills = 0;
  const instrument = instrumentOf(orderTapeInstrument, instrumentId(0), venueId(0));
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 15, maxLength: 50, size: "max" }),
      rules,
      (steps, chosen) => {
        const rows = rowsFor(steps);
        const told: string[] = [];
        const tape = orderTapeOf(rows.filter((row) => row !== undefined));
        const market = new OrderLevelMarket(instrument, tape, chosen, sinkOf(told));
        const naive = new NaiveOrderLevelMarket(chosen);
        for (const [index, made] of steps.entries()) {
          const row = rows[index];
          if (row !== undefined) {
            market.advance(row.at as TimeUs);
            feed(naive, row);
          } else if (made.kind === "place" || made.kind === "cancel" || made.kind === "amend") {
            request(market, naive, made, index + 1);
          }
          same(told, naive.told);
          same(ownOrders(market), naive.ownOrders());
          same([market.bestBid(), market.bestAsk()], [naive.best(0), naive.best(1)]);
        }
        fills += told.filter((line) => line.startsWith("filled")).length;
      },
    ),
    { numRuns: 5_000 },
  );
  expect(fills).toBeGreaterThan(5_000);
});
