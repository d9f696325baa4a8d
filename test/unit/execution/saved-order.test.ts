// A saved order comes back as it was, whatever it was, through the text of a snapshot.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { TimeInForce } from "../../../src/domain/command.ts";
import type { OrderId, PriceTicks, SizeLots, TimeUs, TradeId } from "../../../src/domain/units.ts";
import { instrumentId } from "../../../src/domain/units.ts";
import { restoreOrders, saveOrders } from "../../../src/execution/saved-order.ts";
import { TrackedOrder } from "../../../src/execution/tracked-order.ts";
import type { OrderState } from "../../../src/ports/view.ts";

const lots = fc.integer({ min: 0, max: 2 ** 31 }).map((value) => value as SizeLots);
const time = fc.integer({ min: 0, max: 2 ** 52 }).map((value) => value as TimeUs);
const timeOrNever = fc.oneof(time, fc.constant(Number.NEGATIVE_INFINITY as TimeUs));
/** Most orders never filled: what they have alike is left out of their rows. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const asked = fc.record({
  kind: fc.constant("PlaceOrder" as const),
  instrument: fc.integer({ min: 0, max: 9 }).map(instrumentId),
  orderId: fc.integer({ min: -9, max: 2 ** 50 }).map((value) => value as OrderId),
  side: fc.constantFrom("bid" as const, "ask" as const),
  price: fc.option(
    fc.integer().map((value) => value as PriceTicks),
    { nil: undefined },
  ),
  size: fc.constant(5 as SizeLots),
  timeInForce: fc.constantFrom<TimeInForce>("GTC", "IOC", "FOK", "POST_ONLY"),
  reduceOnly: fc.boolean(),
});

const became = fc.record({
  state: fc.constantFrom<OrderState>(
    "sent",
    "live",
    "cancelling",
    "amending",
    "unknown",
    "filled",
    "cancelled",
    "refused",
  ),
  size: mostly<SizeLots>(5 as SizeLots, lots),
  askedSize: mostly<SizeLots>(5 as SizeLots, lots),
  filled: mostly<SizeLots>(0 as SizeLots, lots),
  closedFilled: fc.oneof(fc.constantFrom(-1, 0), lots),
  toldFilled: mostly<number>(0, lots),
  requestedAt: time,
  heardAt: timeOrNever,
  closedAt: timeOrNever,
  countedUpTo: mostly<TimeUs>(Number.NEGATIVE_INFINITY as TimeUs, time),
  beganUnseenAt: mostly<TimeUs>(Number.NEGATIVE_INFINITY as TimeUs, time),
  isMissing: fc.boolean(),
  isDenied: fc.boolean(),
  isFound: fc.boolean(),
  isBooked: fc.boolean(),
});

const trades = mostly<readonly TradeId[]>(
  [],
  fc.uniqueArray(
    fc.integer({ min: 1, max: 2 ** 51 }).map((value) => value as TradeId),
    { maxLength: 40 },
  ),
);

const order = fc.tuple(asked, time, became, trades).map(([command, at, fields, claimed]) => {
  const made = Object.assign(new TrackedOrder(command, at), fields);
  for (const trade of claimed) made.claimTrade(trade);
  return made;
});

const told = (each: TrackedOrder) => ({ ...each, trades: each.trades() });

test("every order comes back as it was, and a row of them in its order", () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 6 }), (orders) => {
      const rows = JSON.parse(JSON.stringify(saveOrders(orders))) as ReturnType<typeof saveOrders>;
      expect(restoreOrders(rows).map(told)).toEqual(orders.map(told));
    }),
  );
});

test("an order that ended without a fill takes a third of what its fields with their names would", () => {
  const command = {
    kind: "PlaceOrder" as const,
    instrument: instrumentId(0),
    orderId: 247 as OrderId,
    side: "bid" as const,
    price: 599_765 as PriceTicks,
    size: 5 as SizeLots,
    timeInForce: "POST_ONLY" as const,
    reduceOnly: false,
  };
  const over = Object.assign(new TrackedOrder(command, 1_704_069_154_589_205 as TimeUs), {
    state: "cancelled" as const,
    closedFilled: 0,
    requestedAt: 1_704_069_170_102_941 as TimeUs,
    heardAt: 1_704_069_170_170_575 as TimeUs,
    closedAt: 1_704_069_168_321_575 as TimeUs,
  });
  const [, second] = saveOrders([over, over]);
  expect(JSON.stringify(second).length).toBeLessThan(JSON.stringify(over).length / 3);
});
