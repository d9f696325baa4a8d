// E9: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { immediateOrdersDoNotRest } from "../../../../sim/checkers/immediate-orders-do-not-rest.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an IOC order rest, and half a FOK filled", () => {
  const rests = new CheckerRig(immediateOrdersDoNotRest);
  rests.send({ id: 1, timeInForce: "IOC" }).arrive(1, () => rests.accept(1));
  expect(rests.found).toEqual(["IOC order 1 rests"]);
  const half = new CheckerRig(immediateOrdersDoNotRest);
  half.send({ id: 1, timeInForce: "FOK" }).arrive(1, () => {
    half.accept(1);
    half.fill(1, 5, { liquidity: "taker" });
    half.close(1, "ioc-remainder");
  });
  expect(half.found).toEqual(["FOK order 1 was filled 5 of 10 lots"]);
});

test("lets an IOC be filled in part, a FOK be refused, and GTC rest", () => {
  const rig = new CheckerRig(immediateOrdersDoNotRest);
  rig.send({ id: 1, timeInForce: "IOC" }).arrive(1, () => {
    rig.accept(1);
    rig.fill(1, 5, { liquidity: "taker" });
    rig.close(1, "ioc-remainder");
  });
  rig.send({ id: 2, timeInForce: "FOK" }).arrive(2, () => rig.refuse(2, "fok-not-fillable"));
  rig.live({ id: 3 });
  expect(rig.found).toEqual([]);
});
