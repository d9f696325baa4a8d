// Columns of whole numbers come through to the browser's side as they were, holes included.

import fc from "fast-check";
import { expect, test } from "vitest";
import { ints } from "../../../../src/report/page/browser/film-instrument.ts";
import { packInts } from "../../../../src/report/page/pack-ints.ts";

const holed = (values: readonly (number | undefined)[]) =>
  values.map((value) => value ?? Number.NaN);

test("a column is read as it was written, whatever the numbers", () => {
  const number = fc.integer({ min: -1_000_000_000_000_000, max: 2_000_000_000_000_000 });
  fc.assert(
    fc.property(fc.array(fc.option(number, { nil: undefined })), (values) => {
      expect([...ints(packInts(values))]).toEqual(holed(values));
    }),
  );
});

test("times of a day a second apart take four bytes each at most, repeats one", () => {
  const start = 1_704_067_200_000_000;
  const times = Array.from({ length: 1_000 }, (_, second) => start + second * 1_000_000);
  expect(Buffer.from(packInts(times), "base64").length).toBeLessThan(4_100);
  expect(Buffer.from(packInts(times.map(() => 7)), "base64").length).toBe(1_000);
});
