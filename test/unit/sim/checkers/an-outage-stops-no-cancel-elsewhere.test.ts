// X5: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { anOutageStopsNoCancelElsewhere } from "../../../../sim/checkers/an-outage-stops-no-cancel-elsewhere.ts";
import type { VenueId } from "../../../../src/domain/units.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an order stay where it could be withdrawn", () => {
  const rig = new CheckerRig(anOutageStopsNoCancelElsewhere);
  rig.live({ id: 1 }).believed.linksUp[1] = false;
  rig.haltReason = "stop";
  rig.seconds(32);
  expect(rig.found).toEqual(["an order stays live on instrument 0 for 31000000 µs"]);
});

test("lets a cancel be under way, and what is out of reach wait", () => {
  const rig = new CheckerRig(anOutageStopsNoCancelElsewhere);
  rig.live({ id: 1 }).live({ id: 2, on: 1 }).believed.linksUp[1] = false;
  rig.haltReason = "stop";
  Object.assign(rig.believed.orders[0] ?? {}, { state: "cancelling" });
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});

test("leaves to others what was asked for and refused", () => {
  const rig = new CheckerRig(anOutageStopsNoCancelElsewhere);
  rig.live({ id: 1 }).believed.linksUp[1] = false;
  rig.haltReason = "stop";
  rig.tell({ kind: "CancelAll", venue: 0 as VenueId, instrument: undefined });
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});
