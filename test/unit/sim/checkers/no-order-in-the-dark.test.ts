// B8: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { noOrderInTheDark } from "../../../../sim/checkers/no-order-in-the-dark.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

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
