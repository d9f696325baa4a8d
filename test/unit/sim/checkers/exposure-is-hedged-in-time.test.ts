// B6: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { exposureIsHedgedInTime } from "../../../../sim/checkers/exposure-is-hedged-in-time.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

const facts = {
  hedges: [
    {
      primary: 0,
      hedge: 1,
      primaryUnitsPerLot: 1,
      hedgeUnitsPerLot: 1,
      exposureMaxUnits: 5,
      withinUs: 10 * SECOND,
      troubledWithinUs: 30 * SECOND,
      restUnits: 1,
    },
  ],
};

test("sees exposure that stays", () => {
  const rig = new CheckerRig(exposureIsHedgedInTime, { facts });
  rig.live({ id: 1 }).fill(1, 6);
  rig.seconds(12);
  expect(rig.found).toEqual(["6 units of net exposure for 11000000 µs, 10000000 are allowed"]);
});

test("lets it be hedged in time, be small, wait for a link, and be declared", () => {
  const rig = new CheckerRig(exposureIsHedgedInTime, { facts });
  rig.live({ id: 1 }).fill(1, 6);
  rig.seconds(9).live({ id: 2, side: "ask", on: 1 }).fill(2, 1);
  rig.seconds(30).fill(1, 4);
  rig.seconds(5).troubledUntil = (rig.now + 20 * SECOND) as never;
  rig.seconds(29).gone = [1];
  rig.seconds(30).gone = [];
  rig.seconds(9).haltReason = "a hedge failed";
  rig.seconds(30);
  expect(rig.found).toEqual([]);
});

const steady = { hedges: facts.hedges.map((each) => ({ ...each, steadyWithinUs: 3 * SECOND })) };

test("sees exposure that stays where nothing strikes, sooner", () => {
  const rig = new CheckerRig(exposureIsHedgedInTime, { facts: steady }).seconds(61);
  rig.live({ id: 1 }).fill(1, 6);
  rig.seconds(6);
  expect(rig.found).toEqual(["6 units of net exposure for 4000000 µs, 3000000 are allowed"]);
});

test("gives it the longer time before all has healed, and for a minute after", () => {
  const early = new CheckerRig(exposureIsHedgedInTime, { facts: steady });
  early.live({ id: 1 }).fill(1, 6);
  early.seconds(9);
  const never = new CheckerRig(exposureIsHedgedInTime, { facts: steady }).seconds(61);
  never.healedAt = undefined;
  never.live({ id: 1 }).fill(1, 6);
  never.seconds(9);
  expect([...early.found, ...never.found]).toEqual([]);
});

const bounded = { hedges: facts.hedges.map((each) => ({ ...each, orderUnits: 10 })) };

test("sees a second order filled on an unhedged first one", () => {
  const rig = new CheckerRig(exposureIsHedgedInTime, { facts: bounded });
  rig.now = (500 * SECOND) as never;
  rig.live({ id: 1 }).live({ id: 2 }).fill(1, 10);
  rig.fill(2, 1);
  expect(rig.found).toEqual(["11 units of net exposure, one order is 10"]);
});

test("lets the first be hedged before, and a stranger have moved a leg", () => {
  const rig = new CheckerRig(exposureIsHedgedInTime, { facts: bounded });
  rig.now = (500 * SECOND) as never;
  rig.live({ id: 1 }).live({ id: 2 }).live({ id: 3, side: "ask", on: 1 }).fill(1, 10);
  rig.fill(3, 10);
  rig.fill(2, 10);
  rig.suite.intervened(0 as never);
  rig.live({ id: 4 }).fill(4, 5);
  expect(rig.found).toEqual([]);
});
