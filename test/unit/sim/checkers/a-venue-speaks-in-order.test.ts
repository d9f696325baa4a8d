// X4: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { aVenueSpeaksInOrder } from "../../../../sim/checkers/a-venue-speaks-in-order.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

test("sees one answer overtake another", () => {
  const rig = new CheckerRig(aVenueSpeaksInOrder);
  rig
    .seconds(1)
    .live({ id: 1 })
    .fill(1, 1, { at: 5 * SECOND });
  rig.fill(1, 1, { at: 4 * SECOND });
  expect(rig.found).toEqual(["OrderFilled overtakes by 1000000 µs"]);
});

test("lets venues race each other", () => {
  const rig = new CheckerRig(aVenueSpeaksInOrder);
  rig
    .seconds(1)
    .live({ id: 1 })
    .live({ id: 2, on: 1 })
    .fill(1, 1, { at: 5 * SECOND });
  rig.fill(2, 1, { at: 4 * SECOND });
  rig.fill(1, 1, { at: 5 * SECOND });
  expect(rig.found).toEqual([]);
});
