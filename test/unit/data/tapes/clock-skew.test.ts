// When two clocks contradict each other, and by how much they are then moved.

import { expect, test } from "vitest";
import { ClockSkew } from "../../../../src/data/tapes/clock-skew.ts";

function skewOf(...differences: readonly number[]): ClockSkew {
  const skew = new ClockSkew();
  for (const difference of differences) skew.see(1_000_000, 1_000_000 + difference);
  return skew;
}

test("leaves clocks alone while no message arrives before it was sent", () => {
  expect(new ClockSkew().correctionUs()).toBe(0);
  expect(skewOf(115_088, 436_862).correctionUs()).toBe(0);
  expect(skewOf(0, 5).correctionUs()).toBe(0);
  expect(skewOf(115_088, 436_862).describe()).toBe(
    "received − venue time was 115.088 to 436.862 ms; left as it is",
  );
});

test("moves the venue's clock until the fastest message took the base latency", () => {
  const skew = skewOf(-1_272_157, -1_173_298);
  expect(skew.correctionUs()).toBe(-1_273_157);
  expect(skew.correctionUs(0)).toBe(-1_272_157);
  expect(-1_272_157 - skew.correctionUs(250)).toBe(250);
  expect(skew.describe()).toContain("-1273.157 ms added to every venue time");
});
