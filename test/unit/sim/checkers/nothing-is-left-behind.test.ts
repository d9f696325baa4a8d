// L4: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { nothingIsLeftBehind } from "../../../../sim/checkers/nothing-is-left-behind.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an order left behind, and a position where none is meant", () => {
  const order = new CheckerRig(nothingIsLeftBehind);
  order.live({ id: 1 }).stoppedAt = order.now;
  order.seconds(30).suite.ended();
  expect(order.found).toEqual(["order 1 is left at venue 0"]);
  const lots = new CheckerRig(nothingIsLeftBehind, { facts: { flatAtEnd: true } });
  lots.live({ id: 1 }).hear(lots.fill(1, 10)).hear(lots.close(1, "filled")).stoppedAt = lots.now;
  lots.seconds(30).suite.ended();
  expect(lots.found).toEqual(["10 lots of instrument 0 are left"]);
});

test("lets a position be kept, a venue be gone, and a bot go on", () => {
  const rig = new CheckerRig(nothingIsLeftBehind);
  rig.live({ id: 1 }).fill(1, 5);
  rig.suite.ended();
  rig.stoppedAt = rig.now;
  rig.gone = [0];
  rig.seconds(30).suite.ended();
  expect(rig.found).toEqual([]);
});
