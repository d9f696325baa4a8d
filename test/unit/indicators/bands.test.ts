// Bollinger bands, relative volume and channels by hand, and in markets that stand still or trade nothing.

import { expect, test } from "vitest";
import { BollingerBands } from "../../../src/indicators/bollinger-bands.ts";
import { Donchian } from "../../../src/indicators/donchian.ts";
import { RelativeVolume } from "../../../src/indicators/relative-volume.ts";
import { RollingExtreme } from "../../../src/indicators/rolling-extreme.ts";

test("bands lie k deviations, divided by n and not n − 1, from the mean", () => {
  // The textbook sample: mean 5, variance 4.
  const bands = new BollingerBands({ period: 8, deviations: 2 });
  const values = [2, 4, 4, 4, 5, 5, 7, 9].map((close) => bands.update(close));
  expect(values.slice(0, 7)).toEqual(Array.from({ length: 7 }));
  expect(bands.value).toEqual({ mean: 5, upper: 9, lower: 1, width: 1.6, percentB: 1 });
});

test.each([0, 0.1, 1_234_567])(
  "a market that stands still at %d has bands of width 0 there",
  (price) => {
    const bands = new BollingerBands({ period: 20, deviations: 2 });
    for (const close of [3, 1e9, 17]) bands.update(close);
    for (let bar = 0; bar < 20; bar += 1) bands.update(price);
    for (let bar = 0; bar < 50; bar += 1) {
      expect(bands.update(price)).toEqual({
        ...{ mean: price, upper: price, lower: price },
        ...{ width: 0, percentB: 0.5 },
      });
    }
  },
);

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

test("the highest of three holds for three bars, and a tie renews it", () => {
  const highest = new RollingExtreme(3, "max");
  const values = [9, 1, 2, 3, 3, 1, 1, 0].map((value) => highest.update(value));
  expect(values).toEqual([undefined, undefined, 9, 3, 3, 3, 3, 1]);
});

test("a channel spans the highest high and the lowest low, the present bar included", () => {
  const channel = new Donchian(2);
  expect(channel.update({ low: 4, high: 8, close: 5 })).toBeUndefined();
  expect(channel.update({ low: 6, high: 9, close: 9 })).toEqual({
    upper: 9,
    lower: 4,
    middle: 6.5,
  });
  expect(channel.update({ low: 7, high: 7, close: 7 })).toEqual({
    upper: 9,
    lower: 6,
    middle: 7.5,
  });
  expect(channel.update({ low: 7, high: 7, close: 7 })).toEqual({ upper: 7, lower: 7, middle: 7 });
});

test("what one extreme saved, the other does not restore", () => {
  const saved = new RollingExtreme(3, "max").save();
  expect(() => new RollingExtreme(3, "min").restore(saved)).toThrow(/saved "of"/);
});

test.each([
  { period: 3, of: "max", seen: 2, values: [5], ages: [1] },
  { period: 3, of: "max", seen: 2, values: [5, 4], ages: [0, 0] },
  { period: 3, of: "max", seen: 1, values: [5, 4], ages: [1, 0] },
  { period: 3, of: "max", seen: 3, values: [5, 4], ages: [3, 0] },
  { period: 3, of: "max", seen: 3, values: [5], ages: [1, 0] },
])("an extreme does not restore what none can have saved: %o", (saved) => {
  expect(() => new RollingExtreme(3, "max").restore(saved)).toThrow(/a saved extreme/);
});
