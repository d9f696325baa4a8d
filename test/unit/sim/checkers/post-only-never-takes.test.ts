// E7: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { postOnlyNeverTakes } from "../../../../sim/checkers/post-only-never-takes.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a post-only order take", () => {
  const rig = new CheckerRig(postOnlyNeverTakes);
  rig.live({ id: 1, timeInForce: "POST_ONLY" }).fill(1, 5, { liquidity: "taker" });
  expect(rig.found).toEqual(["post-only order 1 took 5 lots at 99"]);
});

test("lets it be made, and others take", () => {
  const rig = new CheckerRig(postOnlyNeverTakes);
  rig.live({ id: 1, timeInForce: "POST_ONLY" }).fill(1, 5);
  rig.live({ id: 2 }).fill(2, 5, { liquidity: "taker" });
  expect(rig.found).toEqual([]);
});
