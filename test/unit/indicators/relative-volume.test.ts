// Relative volume by hand, and where nothing is traded.

import { expect, test } from "vitest";
import { RelativeVolume } from "../../../src/indicators/relative-volume.ts";

test("relative volume is 1 on an ordinary bar and at most n", () => {
  const volume = new RelativeVolume(4);
  for (const lots of [10, 10, 10]) expect(volume.update(lots)).toBeUndefined();
  expect(volume.update(10)).toEqual({ average: 10, ratio: 1 });
  expect(volume.update(30)).toEqual({ average: 15, ratio: 2 });
  for (const lots of [0, 0, 0]) volume.update(lots);
  expect(volume.update(8)).toEqual({ average: 2, ratio: 4 });
});

test("a window without any volume has average and ratio 0", () => {
  const volume = new RelativeVolume(3);
  for (const lots of [5, 0, 0]) volume.update(lots);
  expect(volume.value).toEqual({ average: 5 / 3, ratio: 0 });
  expect(volume.update(0)).toEqual({ average: 0, ratio: 0 });
});
