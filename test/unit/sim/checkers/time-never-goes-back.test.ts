// B11: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { timeNeverGoesBack } from "../../../../sim/checkers/time-never-goes-back.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

test("sees time step back", () => {
  const rig = new CheckerRig(timeNeverGoesBack);
  rig.seconds(2).hear(rig.event("TimerFired")).believed.now = SECOND;
  rig.suite.heard(rig.event("BookChanged"));
  expect(rig.found).toEqual(["the bot's time steps 1000000 µs back"]);
});

test("lets it stand, and begin anew with another process", () => {
  const rig = new CheckerRig(timeNeverGoesBack);
  rig.seconds(2).hear(rig.event("TimerFired")).hear(rig.event("TimerFired"));
  rig.crash().begin().believed.now = SECOND;
  rig.hearNothing(rig.event("LinkChanged"));
  expect(rig.found).toEqual([]);
});
