// E13: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { whatIsPromisedIsCovered } from "../../../../sim/checkers/what-is-promised-is-covered.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees lots kept back for nobody, and more offered than is held", () => {
  const kept = new CheckerRig(whatIsPromisedIsCovered);
  kept.live({ id: 1 });
  Object.assign(kept.holdings[0] ?? {}, { openBids: 11 });
  kept.seconds(1);
  expect(kept.found).toEqual(["instrument 0 keeps 11 and 0, rest 10 and 0"]);
  const spot = new CheckerRig(whatIsPromisedIsCovered, { spec: { contract: "spot" } });
  spot.live({ id: 1, side: "ask" });
  expect(spot.found).toEqual(["instrument 0: 10 lots offered, 0 held"]);
});

test("lets orders rest, fill in part and go", () => {
  const rig = new CheckerRig(whatIsPromisedIsCovered, { spec: { contract: "spot" } });
  rig.live({ id: 1 }).fill(1, 10);
  rig.close(1, "filled");
  rig.live({ id: 2, side: "ask" }).fill(2, 4);
  rig.seconds(1).close(2);
  rig.seconds(1);
  expect(rig.found).toEqual([]);
});
