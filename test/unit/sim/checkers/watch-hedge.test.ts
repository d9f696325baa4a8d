// The one order at a time of B13's hedge: shown failing on a planted violation, and silent on the nearest lawful history.

import { expect, test } from "vitest";
import { botsKeepTheirOwnRules } from "../../../../sim/checkers/bots-keep-their-own-rules.ts";
import type { VenueId } from "../../../../src/domain/units.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

const pair = {
  primary: 0,
  hedge: 1,
  primaryUnitsPerLot: 1,
  hedgeUnitsPerLot: 1,
  exposureMaxUnits: 5,
  withinUs: 10 * SECOND,
  troubledWithinUs: 30 * SECOND,
  restUnits: 1,
  oneAtATime: true,
};

/** An order that was sent on a leg, and nobody has said what became of it. */
function asked(oneAtATime = true): CheckerRig {
  const rig = new CheckerRig(botsKeepTheirOwnRules, {
    facts: { hedges: [{ ...pair, oneAtATime }] },
  });
  rig.send({ id: 1, on: 1 });
  Object.assign(rig.believed.orders[0] ?? {}, { state: "unknown" });
  return rig;
}

test("sees a hedge sent beside one whose outcome is open", () => {
  const rig = asked().send({ id: 2, side: "ask", on: 0 });
  expect(rig.found).toEqual([]);
  rig.send({ id: 3, on: 1 });
  expect(rig.found).toEqual(["order 3 is sent beside order 1, which is unknown"]);
});

test("sees it where a report still lists the order, and where another venue's does not", () => {
  const rig = asked();
  rig.hear(rig.event("AccountReported", { venue: 0, openOrders: [] }));
  rig.hear(rig.event("AccountReported", { venue: 1, openOrders: [{ orderId: 1 }] }));
  rig.send({ id: 2, on: 1 });
  expect(rig.found).toEqual(["order 2 is sent beside order 1, which is unknown"]);
});

test("lets the next be sent once a report left it out, or it was refused, or it is over", () => {
  const absent = asked();
  absent.hear(absent.event("AccountReported", { venue: 1, openOrders: [] })).send({ id: 2, on: 1 });
  expect(absent.found).toEqual([]);
  const refused = asked();
  refused.hear(refused.event("OrderRefused", { orderId: 1, instrument: 1, request: "place" }));
  refused.send({ id: 2, on: 1 });
  expect(refused.found).toEqual([]);
  const dying = asked();
  dying.crash(dying.event("AccountReported", { venue: 1, openOrders: [] })).begin();
  expect(dying.send({ id: 2, on: 1 }).found).toEqual([]);
});

test("lets a rescue be sent beside it, once all was asked back at its venue", () => {
  const rig = asked().tell({ kind: "CancelAll", venue: 1 as VenueId, instrument: undefined });
  expect(rig.send({ id: 2, on: 1 }).found).toEqual([]);
  const elsewhere = asked().tell({ kind: "CancelAll", venue: 0 as VenueId, instrument: undefined });
  expect(elsewhere.send({ id: 2, on: 1 }).found).toHaveLength(1);
});

test("asks for nothing of the kind where a bot does not say it of itself", () => {
  expect(asked(false).send({ id: 2, on: 1 }).found).toEqual([]);
});
