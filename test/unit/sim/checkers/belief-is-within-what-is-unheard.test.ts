// B1: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { beliefIsWithinWhatIsUnheard } from "../../../../sim/checkers/belief-is-within-what-is-unheard.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a lot that no fill on its way explains", () => {
  const rig = new CheckerRig(beliefIsWithinWhatIsUnheard);
  rig.live({ id: 1 }).believed.lots[0] = 1;
  rig.seconds(1);
  expect(rig.found).toEqual([
    "instrument 0 is off by -1 lots, between 0 and 0 lots are on their way",
  ]);
});

test("sees a difference when it is quiet, whatever was never heard", () => {
  const rig = new CheckerRig(beliefIsWithinWhatIsUnheard);
  rig.live({ id: 1 }).fill(1, 5);
  rig.seconds(9);
  expect(rig.found).toEqual([]);
  rig.suite.quiet();
  expect(rig.found).toEqual(["instrument 0: believed 0, true 5"]);
});

test("lets a fill be on its way, be lost with its process, and be taken from reports", () => {
  const rig = new CheckerRig(beliefIsWithinWhatIsUnheard);
  rig.live({ id: 1 });
  const told = rig.fill(1, 5);
  rig.seconds(2).hear(told).seconds(1);
  const lost = rig.fill(1, 5);
  rig.seconds(1).believed.lots[0] = 10;
  rig.seconds(1).suite.quiet();
  const report = rig.event("AccountReported", { venue: 0, positions: [], openOrders: [] });
  rig.hear(report).hear(report).seconds(1);
  expect(lost.kind).toBe("OrderFilled");
  expect(rig.found).toEqual([]);
});

/** A fill on its way that two reports have told of. */
function takenOver() {
  const rig = new CheckerRig(beliefIsWithinWhatIsUnheard);
  rig.live({ id: 1 });
  const late = rig.fill(1, 5);
  const report = rig.event("AccountReported", { venue: 0, positions: [], openOrders: [] });
  rig.hear(report).hear(report);
  return { rig, late };
}

test("lets a fill be taken over from reports, and be passed over when it is told", () => {
  const { rig, late } = takenOver();
  rig.believed.lots[0] = 5;
  rig.seconds(2).hearNothing(late).seconds(60);
  expect(rig.found).toEqual([]);
});

test("lets it wait until it is told", () => {
  const { rig, late } = takenOver();
  rig.seconds(2).hear(late).seconds(60);
  expect(rig.found).toEqual([]);
});

test("sees it taken over and booked again", () => {
  const { rig, late } = takenOver();
  rig.believed.lots[0] = 5;
  rig.hear(late);
  expect(rig.found).toHaveLength(1);
});

/** Five bought and four sold, heard by a bot whose disk takes nothing, or does, and which dies of it. */
function lost(degradation: "critical" | "normal") {
  const rig = new CheckerRig(beliefIsWithinWhatIsUnheard);
  rig.live({ id: 1 }).live({ id: 2, side: "ask" });
  rig.believed.degradation = degradation;
  rig.hear(rig.fill(1, 5)).hear(rig.fill(2, 4));
  rig.crash().believed.lots[0] = 0;
  rig.believed.degradation = "normal";
  return rig.begin();
}

test("lets fills that no disk took be found again one by one", () => {
  const rig = lost("critical");
  rig.believed.lots[0] = -4;
  rig.seconds(1).believed.lots[0] = 1;
  rig.seconds(1).suite.quiet();
  expect(rig.found).toEqual([]);
});

test("sees more than was forgotten, and anything forgotten that was on record", () => {
  const more = lost("critical");
  more.believed.lots[0] = -9;
  expect(more.seconds(1).found).toEqual([
    "instrument 0 is off by 10 lots, between -4 and 5 lots are on their way",
  ]);
  expect(lost("normal").found).toEqual([
    "instrument 0 is off by 1 lots, between 0 and 0 lots are on their way",
  ]);
});
