// B13: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { botsKeepTheirOwnRules } from "../../../../sim/checkers/bots-keep-their-own-rules.ts";
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
const grid = { grids: [{ instrument: 0, levelLots: 10 }] };
const bars = { bars: [{ instrument: 0, periodUs: 60, warmUpBars: 2 }] };
const bar = (venueAt: number) => ({ instrument: 0, periodUs: 60, venueAt });

test("sees a rung armed again before it was traded back", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts: grid });
  rig.state = { centreHalfTicks: 200, centredPosition: 0 };
  rig.live({ id: 1 }).hear(rig.fill(1, 10)).hear(rig.close(1, "filled"));
  rig.send({ id: 2 });
  expect(rig.found).toEqual(["order 2 arms the rung at 99 again before it was traded back"]);
});

test("lets it be armed after a way out, under a new centre, and at another price", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts: grid });
  rig.state = { centreHalfTicks: 200, centredPosition: 0 };
  rig.live({ id: 1 }).hear(rig.fill(1, 10)).hear(rig.close(1, "filled"));
  rig.send({ id: 2, price: 98 }).live({ id: 3, side: "ask" }).hear(rig.fill(3, 10));
  rig.live({ id: 4 }).hear(rig.fill(4, 10)).hear(rig.close(4, "filled"));
  rig.state = { centreHalfTicks: 202, centredPosition: 10 };
  rig.send({ id: 5 });
  expect(rig.found).toEqual([]);
});

test("sees an entry on a bar told twice, on no bar, and too soon", () => {
  const twice = new CheckerRig(botsKeepTheirOwnRules, { facts: bars });
  for (const at of [1, 2]) twice.hearNothing(twice.event("BarClosed", bar(at)));
  twice.send({ id: 1 }).hearNothing(twice.event("BarClosed", bar(2)));
  expect(twice.found).toEqual(["an entry answers a bar of 60 µs told before"]);
  const none = new CheckerRig(botsKeepTheirOwnRules, { facts: bars });
  none.send({ id: 1 }).hearNothing(none.event("TimerFired"));
  expect(none.found).toEqual(["an entry answers TimerFired, not a closed bar"]);
  const soon = new CheckerRig(botsKeepTheirOwnRules, { facts: bars });
  soon.send({ id: 1 }).hearNothing(soon.event("BarClosed", bar(1)));
  expect(soon.found).toEqual(["an entry on bar 1 of 2"]);
  const died = new CheckerRig(botsKeepTheirOwnRules, { facts: bars });
  died.crash(died.event("BarClosed", bar(1))).begin();
  died.send({ id: 1 }).hearNothing(died.event("BarClosed", bar(2)));
  expect(died.found).toEqual([]);
});

test("lets an entry answer a new bar, and an exit answer anything", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts: bars });
  rig.hearNothing(rig.event("BarClosed", bar(1)));
  rig.send({ id: 1 }).hearNothing(rig.event("BarClosed", bar(2)));
  rig.send({ id: 2, reduceOnly: true }).hearNothing(rig.event("TimerFired"));
  expect(rig.found).toEqual([]);
});

test("sees legs apart with no order out, and lets an order work on it", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts });
  rig.live({ id: 1 }).fill(1, 2);
  rig.seconds(30);
  expect(rig.found).toEqual([]);
  rig.close(1);
  rig.seconds(12);
  expect(rig.found).toEqual(["the legs are 2 units apart, with no order out for 11000000 µs"]);
});

test("sees an order of a grid that may take", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, {
    facts: { grids: [{ instrument: 0, levelLots: 10, restsOnly: true }] },
  });
  rig.send({ id: 1, timeInForce: "POST_ONLY" });
  expect(rig.found).toEqual([]);
  rig.send({ id: 2, timeInForce: "GTC" });
  expect(rig.found).toEqual(["order 2 of a grid may take: it is GTC"]);
});

test("leaves legs to X3 whose venue is gone for good", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts });
  rig.gone = [0];
  rig.live({ id: 1 }).fill(1, 2);
  rig.close(1);
  rig.seconds(60);
  expect(rig.found).toEqual([]);
});

const alone = { bars: [{ instrument: 0, periodUs: 60, warmUpBars: 0, oneAtATime: true }] };

test("sees an entry beside another order, on top of a position, or against it", () => {
  const beside = new CheckerRig(botsKeepTheirOwnRules, { facts: alone });
  beside.live({ id: 1, side: "ask", reduceOnly: true }).send({ id: 2 });
  expect(beside.found).toEqual(["entry 2 is sent beside order 1"]);
  const top = new CheckerRig(botsKeepTheirOwnRules, { facts: alone });
  top.believed.lots[0] = 8;
  top.send({ id: 1 });
  expect(top.found).toEqual(["entry 1 is sent on top of 8 lots"]);
  const against = new CheckerRig(botsKeepTheirOwnRules, { facts: alone });
  against.believed.lots[0] = -1;
  against.send({ id: 1 });
  expect(against.found).toEqual(["order 1 is against the position, and not only to reduce it"]);
});

test("lets it enter beside dust of its own side, and close by orders that only reduce", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts: alone });
  rig.believed.lots[0] = 2;
  rig.send({ id: 1 }).hear(rig.event("BarClosed", { instrument: 0, periodUs: 60, venueAt: 60 }));
  rig.believed.orders.length = 0;
  rig.send({ id: 2, side: "ask", reduceOnly: true });
  expect(rig.found).toEqual([]);
});

test("sees what stands on a book that lost a side, and is not asked back", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts: grid });
  const dead = rig.live({ id: 1 }).event("BookChanged", { instrument: 0, bid: 99, ask: undefined });
  rig.hearNothing(rig.event("BookChanged", { instrument: 0, bid: 99, ask: 101 }));
  expect(rig.found).toEqual([]);
  rig.hearNothing(dead);
  expect(rig.found).toEqual(["order 1 stands on a book without a side, and is not asked back"]);
});

test("lets it stand where the process died of the refusal of its cancel", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts: grid });
  const dead = rig.live({ id: 1 }).event("BookChanged", { instrument: 0, bid: 99, ask: undefined });
  rig
    .crash(rig.refuse(1, "rate-limited", "cancel"))
    .begin()
    .hearNothing(dead);
  expect(rig.found).toEqual([]);
  rig.crash().begin();
  rig.live({ id: 2 }).hearNothing(dead);
  expect(rig.found).toEqual(["order 2 stands on a book without a side, and is not asked back"]);
});

test("lets it stand where its cancel is out or was refused, and where the link is down", () => {
  const rig = new CheckerRig(botsKeepTheirOwnRules, { facts: grid });
  const dead = rig.event("BookChanged", { instrument: 0, bid: undefined, ask: 101 });
  Object.assign(rig.live({ id: 1 }).believed.orders[0] ?? {}, { state: "cancelling" });
  rig.hearNothing(dead);
  Object.assign(rig.believed.orders[0] ?? {}, { state: "live" });
  rig.hearNothing(rig.refuse(1, "rate-limited", "cancel")).hearNothing(dead);
  rig.live({ id: 2 }).believed.linksUp[0] = false;
  rig.hearNothing(dead);
  expect(rig.found).toEqual([]);
});
