// L7: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { dustIsNotRetried } from "../../../../sim/checkers/dust-is-not-retried.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees dust tried again and again", () => {
  const rig = new CheckerRig(dustIsNotRetried);
  for (let id = 1; id <= 21; id += 1) rig.send({ id }).refuse(id, "min-notional");
  expect(rig.found).toEqual(["21 orders in a row are too small: min-notional"]);
});

test("lets it be tried, and others be refused for other reasons", () => {
  const rig = new CheckerRig(dustIsNotRetried);
  for (let id = 1; id <= 20; id += 1) rig.send({ id }).refuse(id, "min-notional");
  rig.live({ id: 21 });
  for (let id = 22; id <= 40; id += 1) rig.send({ id }).refuse(id, "post-only-would-cross");
  expect(rig.found).toEqual([]);
});
