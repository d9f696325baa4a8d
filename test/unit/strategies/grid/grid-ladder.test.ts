import { describe, expect, test } from "vitest";
import type { WantedSide } from "../../../../strategies/grid/grid-ladder.ts";
import { GridLadder } from "../../../../strategies/grid/grid-ladder.ts";
import { gridConfig } from "../../../support/grid-config.ts";

const prices = (side: WantedSide) => Array.from(side.prices.subarray(0, side.count));
const lots = (side: WantedSide) => Array.from(side.lots.subarray(0, side.count));
const room = 1_000_000;
const open = { takenLots: 0, bestBid: 999, bestAsk: 1001, roomBid: room, roomAsk: room };

describe("the grid's ladder", () => {
  test("stands symmetrically around a centre on a tick", () => {
    const ladder = new GridLadder(gridConfig({ levels: 3, halfSpreadTicks: 5, spacingTicks: 10 }));
    ladder.build({ ...open, centreHalfTicks: 2000 });
    expect(prices(ladder.bid)).toEqual([995, 985, 975]);
    expect(prices(ladder.ask)).toEqual([1005, 1015, 1025]);
  });

  test("rounds a centre between two ticks towards itself, so that one tick joins a touch of one tick", () => {
    const ladder = new GridLadder(gridConfig({ levels: 1, halfSpreadTicks: 1 }));
    ladder.build({ ...open, bestBid: 1000, bestAsk: 1001, centreHalfTicks: 2001 });
    expect(prices(ladder.bid)).toEqual([1000]);
    expect(prices(ladder.ask)).toEqual([1001]);
  });

  test("grows distances and sizes by whole permille, rounded down", () => {
    const ladder = new GridLadder(
      gridConfig({
        levels: 4,
        halfSpreadTicks: 2,
        spacingTicks: 3,
        spacingGrowthPermille: 1500,
        levelLots: 10,
        sizeGrowthPermille: 1250,
      }),
    );
    ladder.build({ ...open, centreHalfTicks: 2000 });
    // Gaps 3, 4 (4.5), 6; sizes 10, 12 (12.5), 15, 18 (18.75).
    expect(prices(ladder.bid)).toEqual([998, 995, 991, 985]);
    expect(lots(ladder.bid)).toEqual([10, 12, 15, 18]);
  });

  test("keeps a rung that would cross behind the touch, and drops what then coincides", () => {
    const ladder = new GridLadder(gridConfig({ levels: 4, halfSpreadTicks: 1, spacingTicks: 1 }));
    ladder.build({ ...open, bestBid: 995, bestAsk: 997, centreHalfTicks: 2000 });
    expect(prices(ladder.bid)).toEqual([996]);
    expect(ladder.bid.clamped).toBe(true);
    expect(prices(ladder.ask)).toEqual([1001, 1002, 1003, 1004]);
    expect(ladder.ask.clamped).toBe(false);
  });

  test("gives its room to the nearest rungs, each whole or not at all", () => {
    const ladder = new GridLadder(gridConfig({ levels: 3, levelLots: 10 }));
    ladder.build({ ...open, centreHalfTicks: 2000, roomBid: 25, roomAsk: 9 });
    expect(lots(ladder.bid)).toEqual([10, 10]);
    expect(ladder.ask.count).toBe(0);
  });

  test("leaves a taken rung empty, and quotes all but the last taken from the other side", () => {
    const ladder = new GridLadder(gridConfig({ levels: 4, halfSpreadTicks: 5, spacingTicks: 10 }));
    const touch = { bestBid: 970, bestAsk: 972 };
    ladder.build({ ...open, ...touch, centreHalfTicks: 2000, takenLots: 30 });
    expect(prices(ladder.bid)).toEqual([965]);
    expect(prices(ladder.ask)).toEqual([985, 995, 1005, 1015, 1025, 1035]);
    ladder.build({ ...open, ...touch, centreHalfTicks: 2000, takenLots: 19 });
    expect(prices(ladder.bid)).toEqual([971, 965]);
    expect(prices(ladder.ask)).toEqual([1005, 1015, 1025, 1035]);
  });

  test("does so for sold rungs as the mirror image", () => {
    const ladder = new GridLadder(gridConfig({ levels: 4, halfSpreadTicks: 5, spacingTicks: 10 }));
    const touch = { bestBid: 1028, bestAsk: 1030 };
    ladder.build({ ...open, ...touch, centreHalfTicks: 2000, takenLots: -30 });
    expect(prices(ladder.ask)).toEqual([1035]);
    expect(prices(ladder.bid)).toEqual([1015, 1005, 995, 985, 975, 965]);
  });

  test("takes each rung's own size on the way out", () => {
    const growing = { levels: 3, levelLots: 10, sizeGrowthPermille: 2000 };
    const ladder = new GridLadder(gridConfig(growing));
    ladder.build({ ...open, bestBid: 900, bestAsk: 901, centreHalfTicks: 2000, takenLots: 70 });
    expect(ladder.bid.count).toBe(0);
    expect(lots(ladder.ask)).toEqual([40, 20, 10, 20, 40]);
  });

  test("never asks for a price below one tick", () => {
    const ladder = new GridLadder(gridConfig({ levels: 5, halfSpreadTicks: 2, spacingTicks: 2 }));
    ladder.build({ ...open, bestBid: 4, bestAsk: 6, centreHalfTicks: 10 });
    expect(prices(ladder.bid)).toEqual([3, 1]);
  });

  test.each([
    ["levels", 0],
    ["halfSpreadTicks", 0],
    ["spacingTicks", 0],
    ["levelLots", 0],
  ])("refuses %s of %d", (name, value) => {
    expect(() => new GridLadder(gridConfig({ [name]: value }))).toThrow();
  });
});
