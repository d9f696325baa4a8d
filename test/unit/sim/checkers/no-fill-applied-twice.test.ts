// B2: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { noFillAppliedTwice } from "../../../../sim/checkers/no-fill-applied-twice.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a repeated fill booked, and a first one not", () => {
  const twice = new CheckerRig(noFillAppliedTwice);
  twice.live({ id: 1 });
  const fill = twice.fill(1, 5);
  twice.hear(fill).hear(fill);
  expect(twice.found).toEqual(["trade 1, heard again, moved 5 lots, not 0 on 0"]);
  const never = new CheckerRig(noFillAppliedTwice);
  never.live({ id: 1 }).hearNothing(never.fill(1, 5));
  expect(never.found).toEqual(["trade 1, heard first, moved 0 lots, not 5 on 0"]);
});

test("sees a fill lost at the end", () => {
  const rig = new CheckerRig(noFillAppliedTwice);
  rig.live({ id: 1 }).fill(1, 5);
  rig.seconds(61).suite.ended();
  expect(rig.found).toEqual(["instrument 0: 5 lots of fills are lost at the end"]);
});

test("lets a repetition be passed over, after a crash too", () => {
  const rig = new CheckerRig(noFillAppliedTwice);
  rig.live({ id: 1 });
  const fill = rig.fill(1, 5);
  rig.hear(fill).hearNothing(fill).crash().begin().hearNothing(fill);
  rig.seconds(61).suite.ended();
  expect(rig.found).toEqual([]);
});

test("lets a fill that a report had be booked when it is told or not, and never in part", () => {
  const after = (reports: number, moved: number) => {
    const rig = new CheckerRig(noFillAppliedTwice);
    rig.live({ id: 1 });
    const late = rig.fill(1, 5);
    const report = rig.event("AccountReported", { venue: 0, positions: [], openOrders: [] });
    for (let times = 0; times < reports; times += 1) rig.hear(report);
    rig.believed.lots[0] = moved;
    rig.hearNothing(late);
    return rig.found;
  };
  expect([after(1, 0), after(1, 5)]).toEqual([[], []]);
  expect(after(1, 3)).toEqual(["trade 1, heard counted, moved 3 lots, not 0 on 0"]);
  expect(after(0, 0)).toEqual(["trade 1, heard first, moved 0 lots, not 5 on 0"]);
});

test("lets one that its order's end had be passed over too", () => {
  const rig = new CheckerRig(noFillAppliedTwice);
  rig.live({ id: 1 }).live({ id: 2 });
  const late = rig.fill(1, 5);
  const other = rig.fill(2, 5);
  rig.hear(rig.close(1)).hearNothing(late);
  expect(rig.found).toEqual([]);
  rig.hearNothing(other);
  expect(rig.found).toEqual(["trade 2, heard first, moved 0 lots, not 5 on 0"]);
});

test("lets one be passed over whose order's end, or a report of it, the process died at", () => {
  const after = (died: "close" | "report" | "nothing") => {
    const rig = new CheckerRig(noFillAppliedTwice);
    rig.live({ id: 1 });
    const late = rig.fill(1, 5);
    const report = rig.event("AccountReported", { venue: 0, positions: [], openOrders: [] });
    rig.crash({ close: rig.close(1), report, nothing: undefined }[died]);
    return rig.begin().hearNothing(late).found;
  };
  expect([after("close"), after("report")]).toEqual([[], []]);
  expect(after("nothing")).toEqual(["trade 1, heard first, moved 0 lots, not 5 on 0"]);
});
