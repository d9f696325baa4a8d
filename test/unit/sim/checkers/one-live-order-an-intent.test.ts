// B4: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { oneLiveOrderAnIntent } from "../../../../sim/checkers/one-live-order-an-intent.ts";
import { CheckerRig } from "../../../support/checker-rig.ts";

const facts = { quotes: [{ instrument: 0, onePerPrice: true, sideLotsMax: 30 }] };

test("sees one rung stand twice, and too much on a side", () => {
  const twice = new CheckerRig(oneLiveOrderAnIntent, { facts });
  twice.live({ id: 1 }).live({ id: 2 });
  expect(twice.found).toEqual(["orders 1 and 2 are one intent, both live"]);
  const much = new CheckerRig(oneLiveOrderAnIntent, { facts });
  much.live({ id: 1, size: 20 }).live({ id: 2, price: 98, size: 11 });
  expect(much.found).toEqual(["31 lots rest on the bid, 30 are meant"]);
});

test("lets it be asked for again when the first came to nothing on its way and its copy came late", () => {
  const copiedAfter = (seconds: number) => {
    const rig = new CheckerRig(oneLiveOrderAnIntent, { facts });
    rig.send({ id: 1 }).arrive(1, () => {});
    rig.seconds(seconds).live({ id: 2 });
    return rig.arrive(1, () => rig.accept(1)).found;
  };
  expect(copiedAfter(5)).toEqual([]);
  expect(copiedAfter(1)).toHaveLength(1);
});

test("lets a rung be asked for again once it is gone, or when the first came late", () => {
  const rig = new CheckerRig(oneLiveOrderAnIntent, { facts });
  rig.live({ id: 1 }).close(1);
  rig.live({ id: 2 }).live({ id: 3, side: "ask" }).live({ id: 4, price: 98 });
  rig.close(2);
  rig
    .send({ id: 5 })
    .seconds(10)
    .live({ id: 6 })
    .arrive(5, () => rig.accept(5));
  expect(rig.found).toEqual([]);
});
