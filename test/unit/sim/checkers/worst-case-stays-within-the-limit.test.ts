// B5: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { worstCaseStaysWithinTheLimit } from "../../../../sim/checkers/worst-case-stays-within-the-limit.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

const risk = { instruments: [{ instrument: 0, positionLotsMax: 20 }] };

test("sees what may come to more than the limit", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.live({ id: 1 }).hear(rig.fill(1, 10)).hear(rig.close(1, "filled"));
  rig.believed.lots[0] = 0;
  rig.live({ id: 2, size: 11 });
  expect(rig.found).toEqual(["instrument 0 may come to 21 lots, the limit is 20"]);
});

test("lets it come to the limit, reduce-only orders besides, and a stranger push it over", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.live({ id: 1 }).hear(rig.fill(1, 10)).hear(rig.close(1, "filled"));
  rig.live({ id: 2, size: 9 }).live({ id: 3, side: "ask", size: 30, reduceOnly: true });
  Object.assign(rig.holdings[0] ?? {}, { lots: 15 });
  rig.suite.intervened(0 as never);
  rig.live({ id: 4, size: 1 });
  expect(rig.found).toEqual([]);
});

test("asks nothing of who cannot know what a stranger did, and all again of who has known for a while", () => {
  const pushed = (believed: number) => {
    const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
    Object.assign(rig.holdings[0] ?? {}, { lots: 15 });
    rig.suite.intervened(0 as never);
    rig.believed.lots[0] = believed;
    rig.seconds(100);
    rig.believed.lots[0] = 0;
    return rig.live({ id: 1, size: 6 }).found;
  };
  expect(pushed(0)).toEqual([]);
  expect(pushed(15)).toEqual(["instrument 0 may come to 21 lots, the limit is 20"]);
});

test("counts a fill that nobody told us of as room, for nobody could know", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.live({ id: 1 }).fill(1, 10);
  rig.hear(rig.close(1, "filled"));
  rig.live({ id: 2, size: 20 });
  expect(rig.found).toEqual([]);
});

test("counts one that is told once the order has left as room for it, and for no later one", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  const told = rig.live({ id: 1 }).fill(1, 10);
  rig.hear(rig.close(1, "filled"));
  rig
    .send({ id: 2, size: 20 })
    .hear(told)
    .arrive(2, () => rig.accept(2));
  expect(rig.found).toEqual([]);
  rig.live({ id: 3, size: 1 });
  expect(rig.found).toHaveLength(1);
});

/** Ten bought, heard by a bot whose disk refuses it, or takes it, and which dies of it; then all of the limit is asked for. */
function forgotten(degradation: "critical" | "normal") {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.believed.degradation = degradation;
  rig.live({ id: 1 }).hear(rig.fill(1, 10)).hear(rig.close(1, "filled"));
  rig.crash().believed.lots[0] = 0;
  rig.believed.degradation = "normal";
  return rig.begin().live({ id: 2, size: 20 });
}

test("counts a fill as room that was heard and that no disk took", () => {
  expect(forgotten("critical").found).toEqual([]);
  expect(forgotten("normal").found).toHaveLength(1);
});

test("sees an order leave beside one of unknown outcome that it does not count", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.send({ id: 1 });
  Object.assign(rig.believed.orders[0] ?? {}, { state: "unknown" });
  rig.send({ id: 2, price: 98 });
  expect(rig.found).toEqual([]);
  rig.send({ id: 3, side: "ask", size: 20 }).send({ id: 4, price: 97, size: 1 });
  expect(rig.found).toEqual(["order 4 leaves, and all it knows of may come to 21, not 20"]);
});

test("holds an order that can only bring the position nearer to flat to no limit", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.believed.lots[0] = -25;
  rig.send({ id: 1, size: 25 }).send({ id: 2, size: 20 }).send({ id: 3, size: 5 });
  expect(rig.found).toEqual([]);
});
