// X7: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { feesAndFundingCountOnce } from "../../../../sim/checkers/fees-and-funding-count-once.ts";
import type { Event } from "../../../../src/domain/event.ts";
import type { TimeUs } from "../../../../src/domain/units.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

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

test("sees a settlement left out that is told after a younger one", () => {
  const rig = new CheckerRig(feesAndFundingCountOnce);
  rig.now = SECOND as TimeUs;
  const older = rig.funding(-500);
  rig.now = (2 * SECOND) as TimeUs;
  rig.hear(rig.funding(-700)).hear(older);
  expect(rig.found).toEqual([]);
  const lost = new CheckerRig(feesAndFundingCountOnce);
  lost.now = (2 * SECOND) as TimeUs;
  lost.hear(lost.funding(-700)).hearNothing(older);
  expect(lost.found).toEqual(["funding of instrument 0: 0 units booked, -500 due"]);
});

/** A bot whose disk fails hears of a settlement, and dies. */
function forgetful(): Readonly<{ rig: CheckerRig; older: Event; newer: Event }> {
  const rig = new CheckerRig(feesAndFundingCountOnce);
  rig.now = SECOND as TimeUs;
  const older = rig.funding(-500);
  rig.now = (2 * SECOND) as TimeUs;
  const newer = rig.funding(-700);
  rig.hear(newer);
  rig.believed.degradation = "critical";
  rig.crash().begin();
  return { rig, older, newer };
}

test("lets a settlement that a failing disk may have lost be booked again, or be remembered", () => {
  const lost = forgetful();
  lost.rig.hear(lost.older).hear(lost.newer);
  expect(lost.rig.found).toEqual([]);
  const kept = forgetful();
  kept.rig.hearNothing(kept.older).hearNothing(kept.newer);
  expect(kept.rig.found).toEqual([]);
});

test("sees one booked twice after the disk failed, and one that is newer than all left out", () => {
  const twice = forgetful();
  twice.rig.hear(twice.newer).hear(twice.newer);
  expect(twice.rig.found).toEqual(["funding of instrument 0: -700 units booked, -700 due"]);
  const late = forgetful();
  late.rig.now = (3 * SECOND) as TimeUs;
  late.rig.hearNothing(late.rig.funding(-900));
  expect(late.rig.found).toEqual(["funding of instrument 0: 0 units booked, -900 due"]);
});
