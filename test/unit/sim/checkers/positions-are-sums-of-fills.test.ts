// X1: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { positionsAreSumsOfFills } from "../../../../sim/checkers/positions-are-sums-of-fills.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a position its fills do not make, and a whole that is not the sum", () => {
  const part = new CheckerRig(positionsAreSumsOfFills);
  part.live({ id: 1 });
  Object.assign(part.holdings[0] ?? {}, { lots: 1 });
  part.fill(1, 5);
  expect(part.found).toEqual(["instrument 0 holds 6, fills add to 5"]);
  const whole = new CheckerRig(positionsAreSumsOfFills);
  whole.live({ id: 1 }).fill(1, 5);
  whole.suite.quiet();
  expect(whole.found).toEqual(["all venues hold 5 lots, believed are 0"]);
});

test("lets fills, and strangers, make it", () => {
  const rig = new CheckerRig(positionsAreSumsOfFills);
  rig.live({ id: 1 }).live({ id: 2, on: 1 }).hear(rig.fill(1, 5)).hear(rig.fill(2, 3));
  Object.assign(rig.holdings[0] ?? {}, { lots: 9 });
  rig.suite.intervened(0 as never);
  rig.hear(rig.fill(1, 1)).believed.lots[0] = 10;
  rig.suite.quiet();
  expect(rig.found).toEqual([]);
});
