// L1: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { unknownOrdersAreResolved } from "../../../../sim/checkers/unknown-orders-are-resolved.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

test("sees an outcome that stays unknown", () => {
  const rig = new CheckerRig(unknownOrdersAreResolved);
  rig.live({ id: 1 });
  Object.assign(rig.believed.orders[0] ?? {}, { state: "unknown" });
  rig.seconds(32);
  expect(rig.found).toEqual(["order 1 is of unknown outcome for 31000000 µs"]);
});

test("waits for the wires, the heal, and for nobody who is gone", () => {
  const rig = new CheckerRig(unknownOrdersAreResolved);
  rig.live({ id: 1 });
  Object.assign(rig.believed.orders[0] ?? {}, { state: "unknown" });
  rig.healedAt = undefined;
  rig.seconds(99);
  rig.healedAt = rig.now;
  rig.troubledUntil = (rig.now + 60 * SECOND) as never;
  rig.seconds(89).gone = [0];
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});
