// E8: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { reduceOnlyOnlyReduces } from "../../../../sim/checkers/reduce-only-only-reduces.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a reduce-only order open, and turn a position over", () => {
  const opens = new CheckerRig(reduceOnlyOnlyReduces);
  opens.live({ id: 1, reduceOnly: true }).fill(1, 5);
  expect(opens.found).toEqual(["reduce-only order 1 carried 0 lots to 5"]);
  const turns = new CheckerRig(reduceOnlyOnlyReduces);
  turns.live({ id: 1 }).fill(1, 4);
  turns.live({ id: 2, side: "ask", reduceOnly: true }).fill(2, 5);
  expect(turns.found).toEqual(["reduce-only order 2 carried 4 lots to -1"]);
});

test("lets it close just what is held", () => {
  const rig = new CheckerRig(reduceOnlyOnlyReduces);
  rig.live({ id: 1 }).fill(1, 5);
  rig.live({ id: 2, side: "ask", reduceOnly: true }).fill(2, 5);
  expect(rig.found).toEqual([]);
});
