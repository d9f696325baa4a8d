// Laws of the grid under any order of answers, fills and book moves.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createGrid } from "../../strategies/grid/grid.ts";
import { GridLadder } from "../../strategies/grid/grid-ladder.ts";
import { FakeDesk } from "../support/fake-desk.ts";
import { fakeInstrument } from "../support/fake-view.ts";
import { gridConfig } from "../support/grid-config.ts";

const POSITION_MAX = 75;

const action = fc.oneof(
  fc.record({ do: fc.constant("wake" as const), move: fc.integer({ min: -15, max: 15 }) }),
  fc.record({ do: fc.constant("wake" as const), move: fc.constant(0) }),
  fc.record({
    do: fc.constantFrom("accept", "refuse", "fill", "close", "drop"),
    pick: fc.nat(),
    lots: fc.integer({ min: 1, max: 12 }),
  }),
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

const config = fc.record({
  levels: fc.integer({ min: 1, max: 6 }),
  centre: fc.constantFrom("mid" as const, "microprice" as const),
  halfSpreadTicks: fc.integer({ min: 1, max: 4 }),
  spacingTicks: fc.integer({ min: 1, max: 5 }),
  spacingGrowthPermille: fc.integer({ min: 500, max: 2000 }),
  levelLots: fc.integer({ min: 1, max: 30 }),
  sizeGrowthPermille: fc.integer({ min: 500, max: 2000 }),
  skewTicks: fc.integer({ min: 0, max: 40 }),
  driftTicks: fc.integer({ min: 0, max: 6 }),
  refusalCountMax: fc.integer({ min: 1, max: 5 }),
});

function perform(desk: FakeDesk, next: Action): void {
  if (!("pick" in next)) {
    desk.state.bid = (desk.state.bid ?? 0) + next.move;
    desk.state.ask = desk.state.bid + 1 + (Math.abs(next.move) % 3);
    desk.wake();
    return;
  }
  const order = desk.state.orders[next.pick % desk.state.orders.length];
  if (order === undefined) return;
  if (next.do === "fill") {
    if (order.state !== "sent") desk.fill(order, Math.min(next.lots, order.size - order.filled));
  } else if (next.do === "close") {
    if (order.state === "cancelling") desk.close(order);
  } else if (order.state === "sent") {
    if (next.do === "accept") desk.accept(order);
    else if (next.do === "refuse") desk.refuse(order);
    else desk.drop(order);
  }
}

function worstCase(desk: FakeDesk, side: "bid" | "ask"): number {
  const open = desk.state.orders.filter((order) => order.side === side);
  const leaves = open.reduce((sum, order) => sum + order.size - order.filled, 0);
  return side === "bid" ? desk.state.position + leaves : desk.state.position - leaves;
}

test("a grid stays within its limit in the worst case, never doubles a price, never doubles a request", () => {
  fc.assert(
    fc.property(config, fc.array(action, { maxLength: 120 }), (changed, actions) => {
      const grid = createGrid(gridConfig({ ...changed, positionMaxLots: POSITION_MAX }), [
        fakeInstrument,
      ]);
      const desk = new FakeDesk(grid);
      desk.wake();
      for (const next of actions) {
        perform(desk, next);
        expect(worstCase(desk, "bid")).toBeLessThanOrEqual(POSITION_MAX);
        expect(worstCase(desk, "ask")).toBeGreaterThanOrEqual(-POSITION_MAX);
        const bids = desk.state.orders.filter((order) => order.side === "bid");
        const asks = desk.state.orders.filter((order) => order.side === "ask");
        const top = Math.max(...bids.map((order) => order.price ?? 0));
        const low = Math.min(...asks.map((order) => order.price ?? 0));
        expect(top).toBeLessThan(low);
        expect(desk.faults).toEqual([]);
      }
    }),
    { numRuns: 300, seed: 20_240_517 },
  );
});

test("a grid comes to rest: with every request answered and the book still, it sends nothing more", () => {
  fc.assert(
    fc.property(config, fc.array(action, { maxLength: 60 }), (changed, actions) => {
      const desk = new FakeDesk(
        createGrid(gridConfig({ ...changed, positionMaxLots: POSITION_MAX }), [fakeInstrument]),
      );
      for (const next of actions) perform(desk, next);
      for (let round = 0; round < 6; round += 1) {
        desk.wake(5_000_000);
        desk.answerAll();
      }
      expect(desk.wake(5_000_000)).toEqual([]);
    }),
    { numRuns: 200, seed: 20_240_518 },
  );
});

const ladderInput = fc.record({
  centreHalfTicks: fc.integer({ min: 1, max: 500 }),
  takenLots: fc.integer({ min: -200, max: 200 }),
  bestBid: fc.integer({ min: 1, max: 240 }),
  spread: fc.integer({ min: 0, max: 12 }),
  roomBid: fc.integer({ min: 0, max: 200 }),
  roomAsk: fc.integer({ min: 0, max: 200 }),
});

test("a ladder's rungs worsen strictly, cross neither the touch nor each other, and fit their room", () => {
  fc.assert(
    fc.property(config, ladderInput, (changed, { spread, ...input }) => {
      const ladder = new GridLadder(gridConfig(changed));
      const bestAsk = input.bestBid + spread;
      ladder.build({ ...input, bestAsk });
      const column = (values: Float64Array, count: number) => Array.from(values.subarray(0, count));
      const bids = column(ladder.bid.prices, ladder.bid.count);
      const asks = column(ladder.ask.prices, ladder.ask.count);
      expect(bids.every((price, index) => price < (bids[index - 1] ?? bestAsk))).toBe(true);
      expect(asks.every((price, index) => price > (asks[index - 1] ?? input.bestBid))).toBe(true);
      expect(bids.every((price) => price >= 1)).toBe(true);
      if (bids[0] !== undefined && asks[0] !== undefined) expect(bids[0]).toBeLessThan(asks[0]);
      const sum = (values: readonly number[]) => values.reduce((total, lots) => total + lots, 0);
      expect(sum(column(ladder.bid.lots, ladder.bid.count))).toBeLessThanOrEqual(input.roomBid);
      expect(sum(column(ladder.ask.lots, ladder.ask.count))).toBeLessThanOrEqual(input.roomAsk);
    }),
    { numRuns: 2000, seed: 20_240_520 },
  );
});
