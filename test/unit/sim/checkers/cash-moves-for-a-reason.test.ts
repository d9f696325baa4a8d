// X2: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { cashMovesForAReason } from "../../../../sim/checkers/cash-moves-for-a-reason.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees cash that moves unsaid", () => {
  const rig = new CheckerRig(cashMovesForAReason);
  rig.cash[1] = 999_999_999n;
  rig.seconds(1);
  expect(rig.found).toEqual(["cash of venue 1 moved by -1 units, unsaid"]);
});

test("lets fills, funding and withdrawals move it", () => {
  const rig = new CheckerRig(cashMovesForAReason);
  rig.live({ id: 1 }).fill(1, 5);
  rig.seconds(1).funding(-3);
  rig.seconds(1).cash[1] = 5n;
  rig.suite.intervened(1 as never);
  rig.seconds(1).suite.ended();
  expect(rig.found).toEqual([]);
});
