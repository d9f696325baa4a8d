// E10: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { weDoNotTradeWithOurselves } from "../../../../sim/checkers/we-do-not-trade-with-ourselves.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a taker pass our own order, and the wrong one of two end", () => {
  const past = new CheckerRig(weDoNotTradeWithOurselves);
  past.live({ id: 1, side: "ask", price: 100 });
  past.send({ id: 2, side: "bid", price: 102 }).arrive(2, () => {
    past.accept(2);
    past.fill(2, 5, { price: 101, liquidity: "taker" });
  });
  expect(past.found).toEqual(["order 2 took at 101, past our own 1"]);
  const wrong = new CheckerRig(weDoNotTradeWithOurselves, {
    profile: { selfTrade: "expire-maker" },
  });
  wrong.live({ id: 1, side: "ask", price: 100 });
  wrong.send({ id: 2, price: 100 }).arrive(2, () => {
    wrong.accept(2);
    wrong.close(2, "self-trade");
  });
  expect(wrong.found).toEqual(["order 2 ended by self-trade, the rule is expire-maker"]);
});

test("lets the prescribed one end, and a taker stop at our price", () => {
  const rig = new CheckerRig(weDoNotTradeWithOurselves, { profile: { selfTrade: "expire-maker" } });
  rig.live({ id: 1, side: "ask", price: 101 });
  rig.send({ id: 2, price: 102 }).arrive(2, () => {
    rig.accept(2);
    rig.fill(2, 5, { price: 101, liquidity: "taker" });
    rig.close(1, "self-trade");
    rig.fill(2, 5, { price: 102, liquidity: "taker" });
  });
  expect(rig.found).toEqual([]);
});
