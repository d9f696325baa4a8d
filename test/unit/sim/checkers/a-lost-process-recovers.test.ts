// L6: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { aLostProcessRecovers } from "../../../../sim/checkers/a-lost-process-recovers.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a bot that stays critical after its crash", () => {
  const rig = new CheckerRig(aLostProcessRecovers);
  rig.crash().begin().believed.degradation = "critical";
  rig.seconds(122);
  expect(rig.found).toEqual(["still critical 121000000 µs after life 1 began"]);
});

test("lets it recover in time, and one that never crashed be critical", () => {
  const first = new CheckerRig(aLostProcessRecovers);
  first.believed.degradation = "critical";
  first.seconds(500);
  expect(first.found).toEqual([]);
  const rig = new CheckerRig(aLostProcessRecovers);
  rig.crash().begin().believed.degradation = "critical";
  rig.seconds(110).believed.degradation = "degraded";
  rig.seconds(500);
  expect(rig.found).toEqual([]);
});
