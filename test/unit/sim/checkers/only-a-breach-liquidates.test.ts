// E14: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { onlyABreachLiquidates } from "../../../../sim/checkers/only-a-breach-liquidates.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an account with margin closed, and one without left open", () => {
  const closed = new CheckerRig(onlyABreachLiquidates);
  closed.live({ id: 1 }).fill(1, 10);
  closed.close(1, "liquidated");
  expect(closed.found).toEqual(["venue 0 liquidates an account that has margin"]);
  const open = new CheckerRig(onlyABreachLiquidates);
  open.live({ id: 1 }).fill(1, 10);
  open.cash[0] = -9_900_000n;
  open.seconds(11);
  expect(open.found).toEqual(["venue 0 leaves an account open below maintenance margin"]);
});

test("sees funding paid the wrong way", () => {
  const rig = new CheckerRig(onlyABreachLiquidates);
  rig.live({ id: 1 }).fill(1, 10);
  rig.funding(1000);
  expect(rig.found).toEqual(["funding of 10 lots at rate 10000 came to 1000"]);
});

test("lets a breach be closed, and longs pay", () => {
  const rig = new CheckerRig(onlyABreachLiquidates);
  rig.live({ id: 1 }).fill(1, 10);
  rig.funding(-1000);
  rig.cash[0] = -9_900_000n;
  rig.seconds(2).close(1, "liquidated");
  expect(rig.found).toEqual([]);
});
