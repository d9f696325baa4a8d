import { expect, test } from "vitest";
import { timeUs } from "../../../src/domain/units.ts";
import { Position } from "../../../src/state/position.ts";

type Trade = readonly [signedLots: number, price: number];

type Outcome = Readonly<{ lots: number; cost: number; realised: number }>;

function after(...trades: readonly Trade[]): Outcome {
  const position = new Position();
  let realised = 0;
  trades.forEach(([signedLots, price], index) => {
    position.trade(signedLots, price, timeUs(index));
    realised += position.profit;
  });
  return { lots: position.lots, cost: position.costTickLots, realised };
}

const cases: readonly (readonly [string, readonly Trade[], Outcome])[] = [
  ["opening", [[10, 100]], { lots: 10, cost: 1000, realised: 0 }],
  [
    "adding",
    [
      [10, 100],
      [10, 110],
    ],
    { lots: 20, cost: 2100, realised: 0 },
  ],
  [
    "closing a part",
    [
      [10, 100],
      [-4, 110],
    ],
    { lots: 6, cost: 600, realised: 40 },
  ],
  [
    "closing it all",
    [
      [10, 100],
      [-10, 90],
    ],
    { lots: 0, cost: 0, realised: -100 },
  ],
  [
    "turning",
    [
      [10, 100],
      [-15, 110],
    ],
    { lots: -5, cost: -550, realised: 100 },
  ],
  [
    "covering a short",
    [
      [-10, 100],
      [4, 90],
    ],
    { lots: -6, cost: -600, realised: 40 },
  ],
  [
    "turning a short",
    [
      [-10, 100],
      [12, 90],
    ],
    { lots: 2, cost: 180, realised: 100 },
  ],
];

test.each(cases)("%s", (_name, trades, expected) => {
  expect(after(...trades)).toEqual(expected);
});

test("keeps what a share of the cost leaves over, and gives it to the last lot", () => {
  // 3 lots for 100 tick-lots: a third is 33, and 1 is left.
  const position = new Position();
  position.trade(1, 34, timeUs(0));
  position.trade(2, 33, timeUs(0));
  position.trade(-1, 50, timeUs(0));
  expect([position.costTickLots, position.profit]).toEqual([67, 17]);
  position.trade(-1, 50, timeUs(0));
  expect([position.costTickLots, position.profit]).toEqual([34, 17]);
  position.trade(-1, 50, timeUs(0));
  expect([position.costTickLots, position.profit]).toEqual([0, 16]);
});

test("takes the share of a cost exactly where a double could not hold the product", () => {
  const position = new Position();
  position.trade(3_000_000, 1_000_000_007, timeUs(0));
  position.trade(-1_000_001, 1, timeUs(0));
  const cost = 3_000_000n * 1_000_000_007n;
  expect(BigInt(position.costTickLots)).toBe(cost - (cost * 1_000_001n) / 3_000_000n);
});

test("remembers the latest fill, not the last one told", () => {
  const position = new Position();
  position.trade(1, 1, timeUs(9));
  position.trade(1, 1, timeUs(3));
  expect(position.lastFillAt).toBe(9);
});

test("halts where lots would stop being exact", () => {
  const position = new Position();
  expect(() => position.trade(2 ** 40, 2 ** 40, timeUs(0))).toThrow("safe");
});
