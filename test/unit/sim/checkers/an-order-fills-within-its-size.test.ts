// E3: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { anOrderFillsWithinItsSize } from "../../../../sim/checkers/an-order-fills-within-its-size.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an order filled beyond its size, a wrong sum, and a wrong end", () => {
  const beyond = new CheckerRig(anOrderFillsWithinItsSize);
  beyond.live({ id: 1 }).fill(1, 11);
  expect(beyond.found).toEqual(["order 1: 11 of 10 lots are filled"]);
  const sum = new CheckerRig(anOrderFillsWithinItsSize);
  sum.live({ id: 1 }).fill(1, 4, { cumulative: 5 });
  expect(sum.found).toHaveLength(1);
  const end = new CheckerRig(anOrderFillsWithinItsSize);
  end.live({ id: 1 }).fill(1, 4);
  end.close(1, "filled");
  expect(end.found).toEqual(["order 1: ended with 4 of 10"]);
});

test("lets parts be filled, and an end that tells nothing tell 0", () => {
  const rig = new CheckerRig(anOrderFillsWithinItsSize);
  rig.live({ id: 1 }).fill(1, 4);
  rig.fill(1, 6);
  rig.close(1, "filled");
  rig.live({ id: 2 }).fill(2, 4);
  rig.close(2, "cancelled", { filled: 0 });
  expect(rig.found).toEqual([]);
});
