// B7: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { recordBeforeEffect } from "../../../../sim/checkers/record-before-effect.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an order leave before its record is safe", () => {
  const rig = new CheckerRig(recordBeforeEffect);
  rig.durable = false;
  rig.send({ id: 1 });
  expect(rig.found).toEqual(["PlaceOrder of order 1 left before its record was durable"]);
});

test("sees a recovery that forgot a fill", () => {
  const rig = new CheckerRig(recordBeforeEffect);
  rig.live({ id: 1 }).hear(rig.fill(1, 5)).crash().believed.lots[0] = 0;
  rig.begin();
  expect(rig.found).toEqual(["instrument 0: 0 lots told again, believed were 5 or 5"]);
});

test("lets cancels leave, and the event the process died at count or not", () => {
  const rig = new CheckerRig(recordBeforeEffect);
  rig.live({ id: 1 }).durable = false;
  rig.cancel(1).durable = undefined;
  rig.send({ id: 2 });
  const fill = rig.fill(1, 5);
  rig.crash(fill).begin().crash(fill).believed.lots[0] = 5;
  rig.begin();
  expect(rig.found).toEqual([]);
});

test("lets what the report it died at told of be taken over, in part too, and sees what goes beyond it", () => {
  const after = (lots: number) => {
    const rig = new CheckerRig(recordBeforeEffect);
    rig.live({ id: 1 }).hear(rig.fill(1, 5));
    const positions = [{ instrument: 0, lots: 15 }];
    const report = rig.event("AccountReported", { venue: 0, positions, openOrders: [] });
    rig.crash(report).believed.lots[0] = lots;
    return rig.begin().found;
  };
  expect([after(5), after(12), after(15)]).toEqual([[], [], []]);
  expect([after(4), after(16)]).toEqual([
    ["instrument 0: 4 lots told again, believed were 5 or 5"],
    ["instrument 0: 16 lots told again, believed were 5 or 5"],
  ]);
});

test("sees a strategy that forgot, unless its disk had failed and the bot knew", () => {
  const rig = new CheckerRig(recordBeforeEffect);
  rig.crash().suite.forgot("timer 1 was due 9 µs ago");
  expect(rig.found).toEqual(["timer 1 was due 9 µs ago"]);
  const failed = new CheckerRig(recordBeforeEffect);
  failed.believed.degradation = "critical";
  failed.crash().suite.forgot("timer 1 was due 9 µs ago");
  expect(failed.found).toEqual([]);
});
