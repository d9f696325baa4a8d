// E11: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { ordersLiveOnce } from "../../../../sim/checkers/orders-live-once.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a second acceptance, and a fill after the end", () => {
  const twice = new CheckerRig(ordersLiveOnce);
  twice.live({ id: 1 }).accept(1);
  expect(twice.found).toEqual(["OrderAccepted of order 1, which was live"]);
  const late = new CheckerRig(ordersLiveOnce);
  late.live({ id: 1 }).close(1);
  late.fill(1, 2);
  expect(late.found).toEqual(["OrderFilled of order 1, which was over"]);
});

test("sees a live order denied", () => {
  const rig = new CheckerRig(ordersLiveOnce);
  rig.live({ id: 1 }).refuse(1, "unknown-order", "cancel");
  expect(rig.found).toEqual(["OrderRefused of order 1, which was live"]);
});

test("lets a cancel come too late, a copy be refused, and an amend be taken", () => {
  const rig = new CheckerRig(ordersLiveOnce);
  rig.live({ id: 1 }).arrive(1, () => rig.refuse(1, "duplicate-order-id"));
  rig.say(1, { kind: "OrderAccepted", request: "amend", price: 98, size: 5 });
  rig.close(1);
  rig.refuse(1, "unknown-order", "cancel");
  rig.send({ id: 2 }).refuse(2, "halted");
  expect(rig.found).toEqual([]);
});
