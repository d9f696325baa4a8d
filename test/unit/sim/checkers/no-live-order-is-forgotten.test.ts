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
