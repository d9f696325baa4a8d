// B5: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { worstCaseStaysWithinTheLimit } from "../../../../sim/checkers/worst-case-stays-within-the-limit.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

const risk = { instruments: [{ instrument: 0, positionLotsMax: 20 }] };

test("sees what may come to more than the limit", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.live({ id: 1 }).hear(rig.fill(1, 10)).close(1, "filled");
  rig.live({ id: 2, size: 11 });
  expect(rig.found).toEqual(["instrument 0 may come to 21 lots, the limit is 20"]);
});

test("lets it come to the limit, reduce-only orders besides, and a stranger push it over", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.live({ id: 1 }).hear(rig.fill(1, 10)).close(1, "filled");
  rig.live({ id: 2 }).live({ id: 3, side: "ask", size: 30, reduceOnly: true });
  Object.assign(rig.holdings[0] ?? {}, { lots: 15 });
  rig.suite.intervened(0 as never);
  rig.live({ id: 4, size: 1 });
  expect(rig.found).toEqual([]);
});

test("counts a fill that nobody told us of as room, for nobody could know", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  rig.live({ id: 1 }).fill(1, 10);
  rig.close(1, "filled");
  rig.live({ id: 2, size: 20 });
  expect(rig.found).toEqual([]);
});

test("counts one that is told once the order has left as room for it, and for no later one", () => {
  const rig = new CheckerRig(worstCaseStaysWithinTheLimit, { risk });
  const told = rig.live({ id: 1 }).fill(1, 10);
  rig.close(1, "filled");
  rig
    .send({ id: 2, size: 20 })
    .hear(told)
    .arrive(2, () => rig.accept(2));
  expect(rig.found).toEqual([]);
  rig.live({ id: 3, size: 1 });
  expect(rig.found).toHaveLength(1);
});
