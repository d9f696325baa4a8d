// E15: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { aRefusalChangesNothing } from "../../../../sim/checkers/a-refusal-changes-nothing.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a refused order keep something back", () => {
  const rig = new CheckerRig(aRefusalChangesNothing);
  rig.send({ id: 1 }).arrive(1, () => {
    Object.assign(rig.holdings[0] ?? {}, { openBids: 10 });
    rig.refuse(1, "insufficient-margin");
  });
  expect(rig.found).toEqual(["PlaceOrder was refused and changed the account of venue 0"]);
});

test("lets a refusal be a refusal, and a self-trade end one order of two", () => {
  const rig = new CheckerRig(aRefusalChangesNothing);
  rig.live({ id: 1, side: "ask" });
  rig.send({ id: 2 }).arrive(2, () => rig.refuse(2, "insufficient-margin"));
  rig.send({ id: 3 }).arrive(3, () => {
    rig.close(1, "self-trade");
    rig.refuse(3, "ioc-no-liquidity");
  });
  expect(rig.found).toEqual([]);
});
