// B3: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { noLiveOrderIsForgotten } from "../../../../sim/checkers/no-live-order-is-forgotten.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a live order the bot has dropped", () => {
  const rig = new CheckerRig(noLiveOrderIsForgotten);
  rig.live({ id: 1 }).believed.orders.length = 0;
  rig.seconds(3);
  expect(rig.found).toEqual(["order 1 lives at venue 0 and is not known for 2000000 µs"]);
});

test("sees one that a recovery forgot", () => {
  const rig = new CheckerRig(noLiveOrderIsForgotten);
  rig.live({ id: 1 }).crash().believed.orders.length = 0;
  rig.begin().seconds(2);
  expect(rig.found).toHaveLength(1);
});

test("gives a minute to find one that arrived after it was given up", () => {
  const rig = new CheckerRig(noLiveOrderIsForgotten);
  rig.send({ id: 1 }).seconds(10).believed.orders.length = 0;
  rig.arrive(1, () => rig.accept(1)).seconds(59);
  expect(rig.found).toEqual([]);
  rig.seconds(3);
  expect(rig.found).toHaveLength(1);
});

test("lets an order be of unknown outcome, and strangers' orders be", () => {
  const rig = new CheckerRig(noLiveOrderIsForgotten);
  rig.live({ id: 1 });
  Object.assign(rig.believed.orders[0] ?? {}, { state: "unknown" });
  rig.resting.push({ ...rig.resting[0], orderId: 900 } as never);
  rig.suite.intervened(0 as never);
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});

test("sees an order that lives on in the table after its end was heard", () => {
  const rig = new CheckerRig(noLiveOrderIsForgotten);
  const accepted = rig.live({ id: 1 }).event("OrderAccepted", { instrument: 0, orderId: 1 });
  const order = rig.believed.orders[0];
  rig.hear(rig.close(1)).seconds(2);
  expect(rig.found).toEqual([]);
  // A late acceptance makes it live again.
  if (order !== undefined) rig.believed.orders.push(order);
  rig.hearNothing({ ...accepted, price: 99 } as never).seconds(1);
  expect(rig.found).toEqual(["order 1 is live in the table, and its end was heard"]);
});

test("lets it live on where a report shows it, or its end may be on no record", () => {
  const shown = new CheckerRig(noLiveOrderIsForgotten);
  const order = shown.live({ id: 1 }).believed.orders[0] as never;
  shown.hear(shown.close(1)).believed.orders.push(order);
  const openOrders = [{ orderId: 1 }];
  shown.hearNothing(shown.event("AccountReported", { venue: 0, openOrders })).seconds(9);
  expect(shown.found).toEqual([]);
  const died = new CheckerRig(noLiveOrderIsForgotten);
  died
    .live({ id: 1 })
    .crash(died.hear(died.close(1)).event("OrderClosed", { orderId: 1, instrument: 0 }));
  died.believed.orders.push(order);
  died.begin().seconds(9);
  expect(died.found).toEqual([]);
});

test("lets it live on where the report that shows it is what its process died at, and no other report", () => {
  const diedAt = (openOrders: readonly object[]) => {
    const rig = new CheckerRig(noLiveOrderIsForgotten);
    const order = rig.live({ id: 1 }).believed.orders[0] as never;
    const report = rig.event("AccountReported", { venue: 0, openOrders });
    rig.hear(rig.close(1)).crash(report).believed.orders.push(order);
    return rig.begin().seconds(9).found;
  };
  expect(diedAt([{ orderId: 1 }])).toEqual([]);
  expect(diedAt([])).toEqual(["order 1 is live in the table, and its end was heard"]);
});

test("sees an order believed to stand where the venue did not book it", () => {
  const rig = new CheckerRig(noLiveOrderIsForgotten);
  rig.send({ id: 1 });
  const booked = { kind: "OrderAccepted", request: "place", price: 97, size: 10 };
  rig.arrive(1, () => rig.hear(rig.say(1, booked)));
  expect(rig.found).toEqual(["order 1 is accepted at 97, and believed to stand at 99"]);
});

test("lets an acceptance be old news after that of an amend", () => {
  const rig = new CheckerRig(noLiveOrderIsForgotten);
  rig.send({ id: 1 });
  const placed = { kind: "OrderAccepted", request: "place", price: 97, size: 10 };
  rig.arrive(1, () => {
    const late = rig.say(1, placed);
    rig.hear(rig.say(1, { ...placed, request: "amend", price: 99 })).hear(late);
  });
  expect(rig.found).toEqual([]);
});
