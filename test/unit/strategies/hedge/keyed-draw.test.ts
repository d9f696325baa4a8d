// Draws that depend on their key and on nothing else.

import { expect, test } from "vitest";
import { drawBetween, drawUint32 } from "../../../../strategies/hedge/keyed-draw.ts";

test("the same key draws the same, another site or ordinal something else (V27)", () => {
  const key = { seed: 1, site: "direction", ordinal: 0 } as const;
  expect(drawUint32(key)).toBe(drawUint32({ ...key }));
  expect(drawUint32({ ...key, ordinal: 1 })).not.toBe(drawUint32(key));
  expect(drawUint32({ ...key, site: "hold" })).not.toBe(drawUint32(key));
  expect(drawUint32({ ...key, seed: 2 ** 33 + 1 })).not.toBe(drawUint32(key));
});

test("directions come out about even for any seed", () => {
  for (const seed of [0, 1, 2, 3, 12_345, 2 ** 40]) {
    let long = 0;
    for (let ordinal = 0; ordinal < 1000; ordinal += 1) {
      long += drawUint32({ seed, site: "direction", ordinal }) % 2;
    }
    // Five standard deviations of a fair coin.
    expect(Math.abs(long - 500)).toBeLessThan(80);
  }
});

test("a draw between two bounds reaches both and passes neither", () => {
  const seen = new Set<number>();
  for (let ordinal = 0; ordinal < 200; ordinal += 1) {
    seen.add(drawBetween({ seed: 5, site: "delay", ordinal }, 15, 18));
  }
  expect([...seen].sort()).toEqual([15, 16, 17, 18]);
  expect(drawBetween({ seed: 5, site: "delay", ordinal: 0 }, 7, 7)).toBe(7);
});
