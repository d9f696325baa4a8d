// E5: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { betterOrdersFillFirst } from "../../../../sim/checkers/better-orders-fill-first.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees the worse, and the younger, filled first", () => {
  const worse = new CheckerRig(betterOrdersFillFirst);
  worse.live({ id: 1, price: 98 }).live({ id: 2, price: 99 }).fill(1, 5);
  expect(worse.found).toEqual(["order 1 was filled before order 2"]);
  const younger = new CheckerRig(betterOrdersFillFirst);
  younger.live({ id: 1 }).live({ id: 2 }).fill(2, 5);
  expect(younger.found).toEqual(["order 2 was filled before order 1"]);
});

test("sees a fill beyond the limit, and a maker's at another price", () => {
  const beyond = new CheckerRig(betterOrdersFillFirst);
  beyond.live({ id: 1 }).fill(1, 5, { price: 100, liquidity: "taker" });
  expect(beyond.found).toEqual(["order 1 at 99 was filled at 100"]);
  const maker = new CheckerRig(betterOrdersFillFirst);
  maker.live({ id: 1 }).fill(1, 5, { price: 98 });
  expect(maker.found).toEqual(["maker order 1 at 99 was filled at 98"]);
});

test("lets the oldest of the best go first, and a taker get a better price", () => {
  const rig = new CheckerRig(betterOrdersFillFirst);
  rig.live({ id: 1 }).live({ id: 2 }).live({ id: 3, price: 98 });
  rig.fill(1, 10);
  rig.close(1, "filled");
  rig.fill(2, 5);
  rig.live({ id: 4, side: "ask", price: 101 }).fill(4, 5, { price: 102, liquidity: "taker" });
  expect(rig.found).toEqual([]);
});
