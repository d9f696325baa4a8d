// B8: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import type { HedgeFacts } from "../../../../sim/checkers/bot-facts.ts";
import { noOrderInTheDark } from "../../../../sim/checkers/no-order-in-the-dark.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

const pair: HedgeFacts = {
  primary: 0,
  hedge: 1,
  primaryUnitsPerLot: 1,
  hedgeUnitsPerLot: 2,
  exposureMaxUnits: 0,
  withinUs: 0,
  troubledWithinUs: 0,
  restUnits: 0,
};

/** A bot at critical that holds 20 lots, of one unit each, of the first leg. */
function exposed(facts: readonly HedgeFacts[]): CheckerRig {
  const rig = new CheckerRig(noOrderInTheDark, { facts: { hedges: facts } });
  rig.believed.degradation = "critical";
  rig.believed.lots[0] = 20;
  return rig;
}

test("sees an order of a halted bot, of a critical one, and on an old book", () => {
  const halted = new CheckerRig(noOrderInTheDark);
  halted.haltReason = "stop";
  halted.hearNothing(halted.event("TimerFired")).send({ id: 1 });
  expect(halted.found).toEqual(["order 1 leaves a bot that is halted"]);
  const critical = new CheckerRig(noOrderInTheDark);
  critical.believed.degradation = "critical";
  critical.send({ id: 1 });
  expect(critical.found).toEqual(["order 1 is sent at critical"]);
  const old = new CheckerRig(noOrderInTheDark, { risk: { staleData: { ttlUs: 1000 } } });
  old.believed.staleUs = 1001;
  old.send({ id: 1 });
  expect(old.found).toEqual(["order 1 is sent on a book 1001 µs old"]);
});

test("sees an order on a book that is not whole, and lets one that only reduces leave", () => {
  const rig = new CheckerRig(noOrderInTheDark, { risk: { staleData: { ttlUs: 1000 } } });
  rig.send({ id: 1 });
  rig.believed.isBookWhole = false;
  rig.send({ id: 2, reduceOnly: true });
  expect(rig.found).toEqual([]);
  rig.send({ id: 3 });
  expect(rig.found).toEqual(["order 3 is sent on a book that is not whole"]);
});

test("asks for no whole book where the bot has no such rule", () => {
  const rig = new CheckerRig(noOrderInTheDark);
  rig.believed.isBookWhole = false;
  expect(rig.send({ id: 1 }).found).toEqual([]);
});

test("lets what was decided before the halt leave with it, and exits always", () => {
  const rig = new CheckerRig(noOrderInTheDark, { risk: { staleData: { ttlUs: 1000 } } });
  rig.haltReason = "stop";
  rig.send({ id: 1 });
  rig.haltReason = undefined;
  rig.believed.degradation = "critical";
  rig.believed.lots[0] = 10;
  rig.send({ id: 2, side: "ask" }).send({ id: 3, side: "ask", reduceOnly: true });
  expect(rig.found).toEqual([]);
});

test("lets a hedge leave that brings the net of its pair no further than nothing", () => {
  const rig = exposed([pair]).send({ id: 1, side: "ask", size: 6, on: 1 });
  rig.send({ id: 2, side: "ask", size: 4, on: 1 });
  expect(rig.found).toEqual([]);
  const [, second] = rig.believed.orders;
  rig.believed.lots[1] = -9;
  if (second !== undefined) second.filled = 3 as never;
  rig.believed.orders.splice(0, 1);
  rig.tell({ kind: "AmendOrder", instrument: 1, orderId: 2, price: 100, size: 4 } as never);
  expect(rig.found).toEqual([]);
});

test("sees a hedge that turns the net over, goes the wrong way, or is none of its pair", () => {
  const beyond = exposed([pair]).send({ id: 1, side: "ask", size: 11, on: 1 });
  expect(beyond.found).toEqual(["order 1 is sent at critical"]);
  const twice = exposed([pair]).send({ id: 1, side: "ask", size: 6, on: 1 });
  twice.send({ id: 2, side: "ask", size: 5, on: 1 });
  expect(twice.found).toEqual(["order 2 is sent at critical"]);
  const wrong = exposed([pair]).send({ id: 1, side: "bid", size: 1, on: 1 });
  expect(wrong.found).toEqual(["order 1 is sent at critical"]);
  const alone = exposed([]).send({ id: 1, side: "ask", size: 6, on: 1 });
  expect(alone.found).toEqual(["order 1 is sent at critical"]);
});

test("sees a new life trade before it has heard of every account", () => {
  const rig = new CheckerRig(noOrderInTheDark).crash().begin();
  rig.hear(rig.event("AccountReported", { venue: 0, openOrders: [] })).send({ id: 1 });
  expect(rig.found).toEqual(["order 1 is sent before every account is known"]);
});

test("lets it trade once it has, and reduce before", () => {
  const rig = new CheckerRig(noOrderInTheDark).crash().begin();
  rig.send({ id: 1, reduceOnly: true });
  for (const venue of [0, 1]) rig.hear(rig.event("AccountReported", { venue, openOrders: [] }));
  rig.send({ id: 2 });
  expect(rig.found).toEqual([]);
});
