// E1: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { cashIsWhatWasSaid } from "../../../../sim/checkers/cash-is-what-was-said.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees cash that is not what was said", () => {
  const rig = new CheckerRig(cashIsWhatWasSaid);
  rig.live({ id: 1 }).cash[0] = 5n;
  rig.fill(1, 10);
  expect(rig.found).toHaveLength(1);
});

test("lets trades, fees, funding and a stranger's hand move cash", () => {
  const rig = new CheckerRig(cashIsWhatWasSaid);
  rig.live({ id: 1 });
  rig.fill(1, 10, { fee: 1980 });
  rig.funding(-7);
  rig.cash[0] = 5n;
  rig.suite.intervened(0 as never);
  rig.funding(3);
  expect(rig.found).toEqual([]);
});
