// B9: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { ordersKeepTheVenuesRules } from "../../../../sim/checkers/orders-keep-the-venues-rules.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an order off the grid, and one worth too little", () => {
  const off = new CheckerRig(ordersKeepTheVenuesRules);
  off.send({ id: 1, price: 99.5 });
  expect(off.found).toEqual(["order 1 of 10 lots at 99.5 is off-tick"]);
  const little = new CheckerRig(ordersKeepTheVenuesRules, { profile: { minNotional: "5" } });
  little.send({ id: 1 });
  expect(little.found).toEqual(["order 1 of 10 lots at 99 is min-notional"]);
});

test("lets a worthy order, and what closes, be of any value", () => {
  const rig = new CheckerRig(ordersKeepTheVenuesRules, { profile: { minNotional: "5" } });
  rig.send({ id: 1, size: 1000 }).send({ id: 2, reduceOnly: true });
  rig.send({ id: 3, price: undefined, timeInForce: "IOC" });
  expect(rig.found).toEqual([]);
});
