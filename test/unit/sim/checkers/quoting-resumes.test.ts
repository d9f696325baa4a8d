// L3: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { quotingResumes } from "../../../../sim/checkers/quoting-resumes.ts";
import type { Event } from "../../../../src/domain/event.ts";
import { instrumentId, timeUs } from "../../../../src/domain/units.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

const facts = { quotes: [{ instrument: 0, quotesWithinUs: 60 * SECOND }] };

const booked = (rig: CheckerRig): Event => {
  const at = timeUs(rig.now);
  return {
    kind: "BookChanged",
    at,
    venueAt: at,
    instrument: instrumentId(0),
    bid: undefined,
    ask: undefined,
  };
};

test("sees a quoter that stays away", () => {
  const rig = new CheckerRig(quotingResumes, { facts });
  rig.live({ id: 1 }).seconds(1).hear(rig.close(1)).seconds(62).hear(booked(rig)).seconds(1);
  expect(rig.found).toHaveLength(1);
});

test("lets it be while it hears of no book", () => {
  const rig = new CheckerRig(quotingResumes, { facts });
  rig.hear(booked(rig)).live({ id: 1 }).seconds(1).hear(rig.close(1)).seconds(300);
  expect(rig.found).toEqual([]);
});

test("lets it rest on its orders, ask again, miss its book, stop and halt", () => {
  const rig = new CheckerRig(quotingResumes, { facts });
  rig.live({ id: 1 }).seconds(99).hear(rig.close(1)).seconds(50).send({ id: 2 }).seconds(50);
  rig.isEmpty = true;
  rig.seconds(99).isEmpty = false;
  rig.seconds(50).stoppedAt = rig.now;
  rig.seconds(99);
  expect(rig.found).toEqual([]);
});
