// B12: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { theBooksBalance } from "../../../../sim/checkers/the-books-balance.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees cash that profit, fees and funding do not make", () => {
  const rig = new CheckerRig(theBooksBalance);
  rig.live({ id: 1 }).believed.cash[0] = 7n;
  rig.hear(rig.fill(1, 5));
  expect(rig.found[0]).toBe("venue 0 has 7 units of cash, not 1000000000");
});

test("lets fees and funding move it", () => {
  const rig = new CheckerRig(theBooksBalance);
  rig
    .live({ id: 1 })
    .hear(rig.fill(1, 5, { fee: 990 }))
    .hear(rig.funding(-500));
  rig.suite.quiet();
  expect(rig.found).toEqual([]);
});
