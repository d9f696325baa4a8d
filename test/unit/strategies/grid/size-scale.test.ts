import { describe, expect, test } from "vitest";
import { sizePermilles } from "../../../../strategies/grid/size-scale.ts";

const inventory = { skewSoftPermille: 200, skewHardPermille: 500 };

// The published bot's own formula: 1 − (ratio − soft), at least 0.3; 1 + (ratio − soft) / 2, at most 1.2.
const cases: readonly (readonly [held: number, bid: number, ask: number])[] = [
  [0, 1000, 1000],
  [20, 1000, 1000],
  [30, 900, 1050],
  [60, 600, 1200],
  [100, 300, 1200],
  [-20, 1000, 1000],
  [-30, 1050, 900],
  [-100, 1200, 300],
];

describe("the grid's sizes", () => {
  test.each(cases)(
    "holding %d of 100 lots, bids are %d and asks %d thousandths",
    (held, bid, ask) => {
      expect(sizePermilles(held, 100, inventory)).toEqual({ bid, ask });
    },
  );

  test("are the configured ones when the inventory is not asked about", () => {
    expect(sizePermilles(90, 100, undefined)).toEqual({ bid: 1000, ask: 1000 });
  });
});
