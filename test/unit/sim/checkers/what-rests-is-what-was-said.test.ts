// E6: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { whatRestsIsWhatWasSaid } from "../../../../sim/checkers/what-rests-is-what-was-said.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees an order nobody spoke of, and one that is silently gone", () => {
  const gone = new CheckerRig(whatRestsIsWhatWasSaid);
  gone.live({ id: 1 }).resting.length = 0;
  gone.seconds(64);
  expect(gone.found).toEqual(["instrument 0: order 1 does not rest, its end is unsaid"]);
  const more = new CheckerRig(whatRestsIsWhatWasSaid);
  more.live({ id: 1 }).resting.push({ ...more.resting[0], orderId: 9 } as never);
  more.suite.quiet();
  expect(more.found).toEqual(["instrument 0: order 9 rests and was never said to"]);
});

test("sees a lot too few", () => {
  const rig = new CheckerRig(whatRestsIsWhatWasSaid);
  Object.assign(rig.live({ id: 1 }).resting[0] ?? {}, { filled: 1 });
  rig.suite.ended();
  expect(rig.found).toHaveLength(1);
});

test("lets fills and ends be said, and takes over what a stranger did", () => {
  const rig = new CheckerRig(whatRestsIsWhatWasSaid);
  rig.live({ id: 1 }).live({ id: 2 }).fill(1, 4);
  rig.close(2);
  rig.resting.length = 0;
  rig.suite.intervened(0 as never);
  rig.seconds(64).suite.ended();
  expect(rig.found).toEqual([]);
});
