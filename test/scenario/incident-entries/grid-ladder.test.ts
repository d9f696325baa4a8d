// The grid bot's ladder: what is sent when it is built, rebuilt, filled meanwhile, or blind. Touch 600,000/600,001.

import { describe, expect, test } from "vitest";
import { createGrid } from "../../../strategies/grid/grid.ts";
import type { GridConfig } from "../../../strategies/grid/grid-config.ts";
import { fakeInstrument } from "../../support/fake-view.ts";
import { gridConfig } from "../../support/grid-config.ts";
import { TroubledDesk } from "../../support/grid-trouble.ts";

function desk(changed: Partial<GridConfig> = {}): TroubledDesk {
  const made = new TroubledDesk(createGrid(gridConfig(changed), [fakeInstrument]));
  made.wake();
  return made;
}

const prices = (each: TroubledDesk, side: "bid" | "ask") =>
  each.state.orders.filter((order) => order.side === side).map((order) => order.price);

function moveTo(each: TroubledDesk, bid: number): TroubledDesk {
  each.state.bid = bid;
  each.state.ask = bid + 1;
  return each;
}

const settle = (each: TroubledDesk) => {
  for (let look = 0; look < 4; look += 1) {
    each.answerAll();
    each.wake();
  }
};

describe("building", () => {
  test("G17 build-and-place-grid: thirty levels a side moved by three: three are taken off and three added", () => {
    const wide = { levels: 30, levelLots: 1, positionMaxLots: 1000, driftTicks: 4 };
    const grid = desk(wide);
    expect(grid.state.orders).toHaveLength(60);
    grid.answerAll();
    const commands = moveTo(grid, 600_030).wake();
    const placed = commands.filter((each) => each.kind === "PlaceOrder").length;
    const cancelled = commands.filter((each) => each.kind === "CancelOrder").length;
    // Three a side: the asks that are now too near and the bids that are too far go.
    expect([placed <= 6, cancelled]).toEqual([true, 6]);
    settle(grid);
    expect([grid.state.orders.length, grid.faults]).toEqual([60, []]);
  });

  test("G17 build-and-place-grid: within the reprice threshold nothing is sent, below the least value nothing stands", () => {
    const still = desk({ driftTicks: 0, repriceTicks: 3 });
    still.answerAll();
    expect(moveTo(still, 600_002).wake()).toEqual([]);
    // Ten lots are 0.01 coins at 60,000.0: 600 USD; the least is 700.
    expect(desk({ minNotionalE8: 700 * 100_000_000 }).state.orders).toEqual([]);
    expect(desk({ minNotionalE8: 500 * 100_000_000 }).state.orders).toHaveLength(6);
  });

  test("G23 fill-during-rebuild: a level filled while it is being cancelled is booked, and none stands twice", () => {
    const grid = desk({ driftTicks: 4 });
    grid.answerAll();
    moveTo(grid, 600_030).wake();
    const dying = grid.state.orders.find((order) => order.state === "cancelling");
    if (dying === undefined) throw new Error("the rebuild cancels a level");
    grid.fill(dying, dying.size);
    settle(grid);
    const all = grid.state.orders.map((order) => `${order.side} ${order.price}`);
    expect(new Set(all).size).toBe(all.length);
    expect([Math.abs(grid.state.position), grid.faults]).toEqual([10, []]);
  });

  test("G24 rebuild-aborted-on-drift: the position moves by 5 % meanwhile: centred anew, no half-old ladder", () => {
    const grid = desk({ positionDriftPermille: 49, driftTicks: 1_000, positionMaxLots: 10_000 });
    grid.state.position = 1_000;
    grid.perform({ do: "report", pick: 0, lots: 1 });
    settle(grid);
    moveTo(grid, 600_100);
    grid.perform({ do: "move-position", pick: 0, lots: 60 });
    settle(grid);
    expect(prices(grid, "bid")).toEqual([600_096, 600_086, 600_076]);
    expect(prices(grid, "ask")).toEqual([600_105, 600_115, 600_125]);
  });
});

describe("what it hears", () => {
  test("G19 fill-flow-ws-to-state: the position first, then the level that takes its place", () => {
    const grid = desk({ driftTicks: 100 });
    grid.answerAll();
    const [bid] = grid.state.orders;
    if (bid === undefined) throw new Error("the ladder stands");
    grid.fill(bid, bid.size);
    expect(grid.state.position).toBe(10);
    settle(grid);
    // The bought rung is empty; what was bought is offered one rung higher than it was bought.
    expect(prices(grid, "bid")).not.toContain(bid.price);
    expect(grid.state.orders.filter((order) => order.side === "ask").length).toBeGreaterThan(0);
    expect(grid.faults).toEqual([]);
  });

  test("G25 stale-data-halt-and-resume: blind, every level goes and none comes; seeing again it is built once", () => {
    const grid = desk();
    grid.answerAll();
    grid.state.fresh = false;
    grid.wake(20_000_000);
    expect(grid.state.orders.every((order) => order.state === "cancelling")).toBe(true);
    grid.answerAll();
    expect(grid.wake(120_000_000)).toEqual([]);
    grid.state.fresh = true;
    moveTo(grid, 600_500).wake();
    settle(grid);
    expect(prices(grid, "bid")).toEqual([600_496, 600_486, 600_476]);
    expect(grid.faults).toEqual([]);
  });
});
