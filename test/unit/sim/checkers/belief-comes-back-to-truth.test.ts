// L2: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { beliefComesBackToTruth } from "../../../../sim/checkers/belief-comes-back-to-truth.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees belief that does not come back", () => {
  const rig = new CheckerRig(beliefComesBackToTruth);
  rig.live({ id: 1 }).fill(1, 5);
  rig.seconds(91);
  expect(rig.found).toEqual([]);
  rig.seconds(1);
  expect(rig.found).toEqual(["instrument 0 is off by 5 lots for 91000000 µs"]);
});

test("lets it be off now and then, and while faults strike", () => {
  const rig = new CheckerRig(beliefComesBackToTruth);
  rig.live({ id: 1 });
  const fill = rig.fill(1, 5);
  rig.seconds(89).hear(fill).seconds(1).fill(1, 5);
  rig.healedAt = undefined;
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});
