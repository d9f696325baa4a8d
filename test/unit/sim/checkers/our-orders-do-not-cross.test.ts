// E4: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { ourOrdersDoNotCross } from "../../../../sim/checkers/our-orders-do-not-cross.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a bid of ours resting at our ask", () => {
  const rig = new CheckerRig(ourOrdersDoNotCross);
  rig.live({ id: 1, side: "bid", price: 100 }).live({ id: 2, side: "ask", price: 100 });
  expect(rig.found).toEqual(["instrument 0: our bid 100 meets our ask 100"]);
});

test("lets them stand a tick apart, and on two instruments at one price", () => {
  const rig = new CheckerRig(ourOrdersDoNotCross);
  rig.live({ id: 1, side: "bid", price: 100 }).live({ id: 2, side: "ask", price: 101 });
  rig.live({ id: 3, side: "ask", price: 100, on: 1 });
  expect(rig.found).toEqual([]);
});
