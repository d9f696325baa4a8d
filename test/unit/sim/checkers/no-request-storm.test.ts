// B10: shown failing on a planted violation, and silent on the nearest history that is lawful.

import { expect, test } from "vitest";
import { noRequestStorm } from "../../../../sim/checkers/no-request-storm.ts";
import { CheckerRig, SECOND } from "../../../support/checker-rig.ts";

test("sees more orders than the velocity rule allows", () => {
  const rig = new CheckerRig(noRequestStorm, {
    risk: { orderVelocity: { ordersMax: 2, windowUs: SECOND } },
  });
  rig.send({ id: 1 }).send({ id: 2 }).send({ id: 3 });
  expect(rig.found).toEqual(["more than 2 orders within 1000000 µs"]);
});

test("sees a storm of requests, and of refusals", () => {
  const storm = new CheckerRig(noRequestStorm);
  storm.live({ id: 1 });
  for (let count = 0; count < 401; count += 1) storm.cancel(1);
  expect(storm.found).toEqual(["more than 400 requests within 1000000 µs"]);
  const refused = new CheckerRig(noRequestStorm);
  refused.send({ id: 1 });
  for (let count = 0; count < 122; count += 1) refused.hearNothing(refused.refuse(1, "halted"));
  expect(refused.found).toHaveLength(1);
});

test("lets the next second have its own orders, cancels besides", () => {
  const rig = new CheckerRig(noRequestStorm, {
    risk: { orderVelocity: { ordersMax: 2, windowUs: SECOND } },
  });
  rig.send({ id: 1 }).send({ id: 2 }).cancel(1).cancel(2).seconds(1).send({ id: 3 });
  expect(rig.found).toEqual([]);
});

test("sees refusals in a row that a bot's own facts call too many", () => {
  const refusals = { countMax: 3, windowUs: SECOND };
  const rig = new CheckerRig(noRequestStorm, { facts: { refusals } }).send({ id: 1 });
  for (let count = 0; count < 4; count += 1) rig.hearNothing(rig.refuse(1, "halted"));
  expect(rig.found).toEqual(["more than 3 refusals in a row within 1000000 µs"]);
});

test("sees an order asked back at each refusal, and lets one be that is asked back more slowly", () => {
  const asked = (everySeconds: number): readonly string[] => {
    const rig = new CheckerRig(noRequestStorm).live({ id: 1 });
    for (let count = 0; count < 41; count += 1) {
      rig.hearNothing(rig.refuse(1, "rate-limited", "cancel")).seconds(everySeconds);
    }
    return rig.found;
  };
  expect(asked(0)).toEqual([
    "order 1 is asked back, and refused, more than 40 times within 10000000 µs",
  ]);
  expect(asked(1)).toEqual([]);
});
