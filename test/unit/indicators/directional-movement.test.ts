// +DI, −DI and DX by hand.

import { expect, test } from "vitest";
import { DirectionalMovement } from "../../../src/indicators/directional-movement.ts";
import type { PriceBar } from "../../../src/indicators/indicator.ts";

const bar = (low: number, high: number, close: number): PriceBar => ({ low, high, close });

test("directional movement counts the larger new extreme, and none when they are equal", () => {
  const movement = new DirectionalMovement(2);
  const bars = [
    bar(10, 20, 15), //
    bar(10, 24, 20), // up 4, down 0; range 14
    bar(6, 26, 10), //  up 2, down 4; range 20
    bar(4, 28, 20), //  up 2, down 2; range 24
  ];
  const readings = bars.map((one) => ({ ...movement.update(one) }));
  expect(readings.slice(0, 2)).toEqual([{}, {}]);
  // Averages +2, −2 over 17; then +1, −1 over 20.5.
  expect(readings[2]).toEqual({ plusDi: 100 * (2 / 17), minusDi: 100 * (2 / 17), dx: 0 });
  expect(readings[3]).toEqual({ plusDi: 100 / 20.5, minusDi: 100 / 20.5, dx: 0 });
});

test("a market without any range moves in no direction", () => {
  const movement = new DirectionalMovement(3);
  for (let at = 0; at < 10; at += 1) movement.update(bar(500, 500, 500));
  expect(movement.value).toEqual({ plusDi: 0, minusDi: 0, dx: 0 });
});
