// Bollinger bands by hand, and where the market stands still.

import { expect, test } from "vitest";
import { BollingerBands } from "../../../src/indicators/bollinger-bands.ts";

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
