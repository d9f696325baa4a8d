// L6: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { aLostProcessRecovers } from "../../../../sim/checkers/a-lost-process-recovers.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a bot that stays critical after its crash", () => {
  const rig = new CheckerRig(aLostProcessRecovers);
  rig.crash().begin().believed.degradation = "critical";
  rig.seconds(122);
  expect(rig.found).toEqual(["still critical 121000000 µs after life 1 began"]);
});

test("lets it recover in time, and one that never crashed be critical", () => {
  const first = new CheckerRig(aLostProcessRecovers);
  first.believed.degradation = "critical";
  first.seconds(500);
  expect(first.found).toEqual([]);
  const rig = new CheckerRig(aLostProcessRecovers);
  rig.crash().begin().believed.degradation = "critical";
  rig.seconds(110).believed.degradation = "degraded";
  rig.seconds(500);
  expect(rig.found).toEqual([]);
});

test("sees an order wait in the next life for an answer to the last one", () => {
  const rig = new CheckerRig(aLostProcessRecovers).send({ id: 1 }).crash();
  rig.believed.now = 5;
  rig.begin();
  expect(rig.found).toEqual(["order 1 still waits for its answer in life 1"]);
});

test("lets such an order be of unknown outcome", () => {
  const rig = new CheckerRig(aLostProcessRecovers).send({ id: 1 }).crash();
  for (const order of rig.believed.orders) order.state = "unknown";
  rig.believed.now = 5;
  rig.begin();
  expect(rig.found).toEqual([]);
});

test("sees a halt that was on record and is not in force any more", () => {
  const rig = new CheckerRig(aLostProcessRecovers);
  rig.haltReason = "enough";
  rig.hear(rig.event("TimerFired")).crash().haltReason = undefined;
  rig.begin();
  expect(rig.found).toEqual(["a halt on record is forgotten"]);
});

test("lets a halt be gone that was not on record, or stand", () => {
  const unsafe = new CheckerRig(aLostProcessRecovers);
  unsafe.haltReason = "enough";
  unsafe.durable = false;
  unsafe.hear(unsafe.event("TimerFired")).crash().haltReason = undefined;
  unsafe.begin();
  const stands = new CheckerRig(aLostProcessRecovers);
  stands.haltReason = "enough";
  stands.hear(stands.event("TimerFired")).crash().begin();
  expect([...unsafe.found, ...stands.found]).toEqual([]);
});
