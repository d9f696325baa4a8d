// B2: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { noFillAppliedTwice } from "../../../../sim/checkers/no-fill-applied-twice.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a repeated fill booked, and a first one not", () => {
  const twice = new CheckerRig(noFillAppliedTwice);
  twice.live({ id: 1 });
  const fill = twice.fill(1, 5);
  twice.hear(fill).hear(fill);
  expect(twice.found).toEqual(["trade 1, heard again, moved 5 lots, not 0 on 0"]);
  const never = new CheckerRig(noFillAppliedTwice);
  never.live({ id: 1 }).hearNothing(never.fill(1, 5));
  expect(never.found).toEqual(["trade 1, heard first, moved 0 lots, not 5 on 0"]);
});

test("sees a fill lost at the end", () => {
  const rig = new CheckerRig(noFillAppliedTwice);
  rig.live({ id: 1 }).fill(1, 5);
  rig.seconds(61).suite.ended();
  expect(rig.found).toEqual(["instrument 0: 5 lots of fills are lost at the end"]);
});

test("lets a repetition be passed over, after a crash too", () => {
  const rig = new CheckerRig(noFillAppliedTwice);
  rig.live({ id: 1 });
  const fill = rig.fill(1, 5);
  rig.hear(fill).hearNothing(fill).crash().begin().hearNothing(fill);
  rig.seconds(61).suite.ended();
  expect(rig.found).toEqual([]);
});
