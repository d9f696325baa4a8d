// X8: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { aHaltReachesEveryVenue } from "../../../../sim/checkers/a-halt-reaches-every-venue.ts";
import type { VenueCommand } from "../../../../src/domain/command.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

const cancelAll = (venue: number) =>
  ({ kind: "CancelAll", venue, instrument: undefined }) as unknown as VenueCommand;

test("sees a venue that was not asked, and an order that outlives the halt", () => {
  const asked = new CheckerRig(aHaltReachesEveryVenue);
  asked.haltReason = "stop";
  asked.hearNothing(asked.event("TimerFired")).tell(cancelAll(0)).seconds(6);
  expect(asked.found).toEqual(["venue 1 was not asked to cancel"]);
  const rests = new CheckerRig(aHaltReachesEveryVenue);
  rests.live({ id: 1 }).haltReason = "stop";
  rests.tell(cancelAll(0)).tell(cancelAll(1)).hearNothing(rests.event("TimerFired")).seconds(121);
  expect(rests.found).toEqual(["order 1 rests at venue 0 121000000 µs after the halt"]);
});

test("takes one that no disk took, and whose process died, for none", () => {
  const halted = (durable: boolean) => {
    const rig = new CheckerRig(aHaltReachesEveryVenue);
    Object.assign(rig, { durable }).haltReason = "stop";
    rig.tell(cancelAll(0)).tell(cancelAll(1)).hearNothing(rig.event("TimerFired")).seconds(2);
    rig.crash().haltReason = undefined;
    return rig.begin().live({ id: 1 }).seconds(200).found;
  };
  expect(halted(false)).toEqual([]);
  expect(halted(true)).toHaveLength(1);
});

test("lets it reach all of them, and wait for a venue that is gone", () => {
  const rig = new CheckerRig(aHaltReachesEveryVenue);
  rig.live({ id: 1 }).live({ id: 2, on: 1 }).haltReason = "stop";
  rig.tell(cancelAll(0)).tell(cancelAll(1)).hearNothing(rig.event("TimerFired"));
  rig.close(1);
  rig.gone = [1];
  rig.seconds(200);
  expect(rig.found).toEqual([]);
});
