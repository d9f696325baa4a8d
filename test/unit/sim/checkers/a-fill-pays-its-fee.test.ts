// E2: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { aFillPaysItsFee } from "../../../../sim/checkers/a-fill-pays-its-fee.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

test("sees a fee that is off by one unit", () => {
  const rig = new CheckerRig(aFillPaysItsFee);
  rig.live({ id: 1 }).fill(1, 10, { fee: 1979 });
  expect(rig.found).toEqual(["trade 1 of venue 0 cost 1979, not 1980"]);
});

test("lets the maker's and the taker's rates be paid, and a rebate be received", () => {
  const rig = new CheckerRig(aFillPaysItsFee);
  rig.live({ id: 1 }).fill(1, 10, { fee: 1980 });
  rig.live({ id: 2 }).fill(2, 10, { liquidity: "taker", fee: 4950 });
  expect(rig.found).toEqual([]);
  const rebate = new CheckerRig(aFillPaysItsFee, {
    profile: { fees: { maker: -1 as never, taker: 0 as never } },
  });
  rebate.live({ id: 1 }).fill(1, 10, { fee: 0 });
  expect(rebate.found).toEqual([]);
});
