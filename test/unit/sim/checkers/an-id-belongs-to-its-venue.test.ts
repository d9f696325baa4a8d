// X6: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { anIdBelongsToItsVenue } from "../../../../sim/checkers/an-id-belongs-to-its-venue.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a venue speak of an instrument that trades elsewhere", () => {
  const rig = new CheckerRig(anIdBelongsToItsVenue);
  rig.live({ id: 1 }).say(1, { kind: "OrderClosed", reason: "cancelled", filled: 0 });
  expect(rig.found).toEqual([]);
  rig.suite.says(rig.event("OrderClosed", { instrument: 1, orderId: 1 }), 0 as never);
  expect(rig.found).toHaveLength(1);
});

test("lets one id stand at both venues", () => {
  const rig = new CheckerRig(anIdBelongsToItsVenue);
  rig.live({ id: 1 }).live({ id: 1, on: 1 }).fill(1, 5);
  expect(rig.found).toEqual([]);
});
