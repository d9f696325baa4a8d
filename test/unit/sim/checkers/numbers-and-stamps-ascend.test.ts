// E12: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { numbersAndStampsAscend } from "../../../../sim/checkers/numbers-and-stamps-ascend.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

test("sees a trade number used twice, a stamp that steps back, an answer before its cause", () => {
  const number = new CheckerRig(numbersAndStampsAscend);
  number.live({ id: 1 }).fill(1, 1);
  number.fill(1, 1, { tradeId: 1 });
  expect(number.found).toEqual(["trade 1 comes after 1"]);
  const stamp = new CheckerRig(numbersAndStampsAscend);
  stamp.seconds(5).live({ id: 1 }).fill(1, 1, { venueAt: 1 });
  expect(stamp.found).toHaveLength(1);
  const cause = new CheckerRig(numbersAndStampsAscend);
  cause.seconds(1).live({ id: 1 }).fill(1, 1, { at: 1 });
  expect(cause.found).toEqual(["OrderFilled is learned before it happens"]);
});

test("lets two things happen at once, and venues keep their own clocks", () => {
  const rig = new CheckerRig(numbersAndStampsAscend);
  rig.seconds(5).live({ id: 1 }).fill(1, 1);
  rig.fill(1, 1);
  rig.live({ id: 2, on: 1 }).fill(2, 1, { tradeId: 7, venueAt: 3 * SECOND + 2_000_000 });
  expect(rig.found).toEqual([]);
});
