// B15: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { nothingBreaksOrPilesUp } from "../../../../sim/checkers/nothing-breaks-or-piles-up.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a broken promise, and a queue without a bound", () => {
  const broken = new CheckerRig(nothingBreaksOrPilesUp);
  broken.suite.broke("an order ends once");
  expect(broken.found).toEqual(["a promise is broken: an order ends once"]);
  const piled = new CheckerRig(nothingBreaksOrPilesUp);
  piled.flying = 20_001;
  piled.seconds(1);
  expect(piled.found).toEqual(["20001 requests are on their way to 0"]);
});

test("lets work be under way", () => {
  const rig = new CheckerRig(nothingBreaksOrPilesUp);
  rig.flying = 100;
  rig.live({ id: 1 }).seconds(9);
  expect(rig.found).toEqual([]);
});
