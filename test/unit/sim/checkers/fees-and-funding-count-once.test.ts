// X7: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { feesAndFundingCountOnce } from "../../../../sim/checkers/fees-and-funding-count-once.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a fee, and a settlement, booked twice", () => {
  const fee = new CheckerRig(feesAndFundingCountOnce);
  fee.live({ id: 1 });
  const fill = fee.fill(1, 5, { fee: 990 });
  fee.hear(fill).hear(fill);
  expect(fee.found).toEqual(["trade 1: 990 units of fee were booked"]);
  const settled = new CheckerRig(feesAndFundingCountOnce);
  const paid = settled.funding(-500);
  settled.hear(paid).hear(paid);
  expect(settled.found).toEqual(["funding of instrument 0: -500 units booked, -500 due"]);
});

test("lets each be told twice and booked once", () => {
  const rig = new CheckerRig(feesAndFundingCountOnce);
  rig.live({ id: 1 });
  const fill = rig.fill(1, 5, { fee: 990 });
  const paid = rig.funding(-500);
  rig.hear(fill).hearNothing(fill).hear(paid).hearNothing(paid).crash().begin();
  expect(rig.found).toEqual([]);
});
