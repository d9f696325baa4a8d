// L5: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { noLivelock } from "../../../../sim/checkers/no-livelock.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a bot that asks and gets nowhere", () => {
  const rig = new CheckerRig(noLivelock);
  rig.live({ id: 1 });
  for (let second = 0; second < 62; second += 1) {
    for (let count = 0; count < 4; count += 1) rig.cancel(1).refuse(1, "rate-limited", "cancel");
    rig.seconds(1);
  }
  expect(rig.found).toHaveLength(1);
});

test("lets it try, get somewhere, and halt", () => {
  const rig = new CheckerRig(noLivelock);
  rig.live({ id: 1 });
  for (let second = 0; second < 99; second += 1) {
    for (let count = 0; count < 4; count += 1) rig.cancel(1);
    if (second % 50 === 49) rig.fill(1, 1);
    rig.seconds(1);
  }
  rig.haltReason = "nothing moves";
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});
