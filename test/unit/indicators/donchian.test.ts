// Donchian channels by hand.

import { expect, test } from "vitest";
import { Donchian } from "../../../src/indicators/donchian.ts";

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
