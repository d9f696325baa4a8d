// X3: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { netDeltaEndsEvenInAnOutage } from "../../../../sim/checkers/net-delta-ends-even-in-an-outage.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

const facts = {
  hedges: [
    {
      primary: 0,
      hedge: 1,
      primaryUnitsPerLot: 1,
      hedgeUnitsPerLot: 1,
      exposureMaxUnits: 5,
      withinUs: 10 * SECOND,
      troubledWithinUs: 30 * SECOND,
      restUnits: 1,
    },
  ],
};

test("sees net delta outlast an outage", () => {
  const rig = new CheckerRig(netDeltaEndsEvenInAnOutage, { facts });
  rig.troubledUntil = (500 * SECOND) as never;
  rig.live({ id: 1 }).fill(1, 6);
  rig.seconds(32);
  expect(rig.found).toEqual(["6 units of net delta for 31000000 µs, and no halt"]);
});

test("lets it be unwound, be declared, and wait for the process", () => {
  const rig = new CheckerRig(netDeltaEndsEvenInAnOutage, { facts });
  rig.live({ id: 1 }).fill(1, 6);
  rig.seconds(20).live({ id: 2, side: "ask" }).fill(2, 6);
  rig.seconds(40).fill(1, 4);
  rig.live({ id: 3 }).fill(3, 4);
  rig.seconds(20).crash().seconds(99).begin().seconds(20).isPaused = true;
  rig.seconds(99).isPaused = false;
  rig.seconds(20).haltReason = "unhedged";
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});
