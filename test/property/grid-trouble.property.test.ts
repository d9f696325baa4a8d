// Laws of the grid on a desk where everything goes wrong (test/support/grid-trouble.ts): answers lost, late or twice,
// refusals of every kind, orders that vanish, positions others move, prices that jump through the ladder.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import { createGrid } from "../../strategies/grid/grid.ts";
import type { GridConfig } from "../../strategies/grid/grid-config.ts";
import { fakeInstrument } from "../support/fake-view.ts";
import { gridConfig } from "../support/grid-config.ts";
import type { Trouble } from "../support/grid-trouble.ts";
import { outsideTroubles, restarted, TroubledDesk, trouble } from "../support/grid-trouble.ts";

const LEVEL_LOTS = 10;
const POSITION_MAX = 75;
const PLACES_PER_SECOND = 40;
const SECOND = 1_000_000;

const volatility = {
  atrLength: 3,
  ewmaAlphaPermille: 120,
  initVolPermille: 20,
  atrWeightPermille: 500,
  volWeightPermille: 2500,
  spacingE8: 1_000,
  spacingMinE8: 500,
  spacingMaxE8: 500_000,
  circuitSigmaPermille: 4000,
};

const config: fc.Arbitrary<Partial<GridConfig>> = fc.record(
  {
    levels: fc.integer({ min: 1, max: 6 }),
    centre: fc.constantFrom("mid" as const, "microprice" as const),
    halfSpreadTicks: fc.integer({ min: 1, max: 4 }),
    spacingTicks: fc.integer({ min: 1, max: 9 }),
    skewTicks: fc.integer({ min: 0, max: 40 }),
    driftTicks: fc.integer({ min: 0, max: 60 }),
    requoteUs: fc.constantFrom(0, 250_000),
    refusalCountMax: fc.integer({ min: 1, max: 5 }),
    positionDriftPermille: fc.constantFrom(0, 100, 1_000_000),
  },
  { noNullPrototype: true },
);

const measures: fc.Arbitrary<Partial<GridConfig>> = fc
  .tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.nat(3), fc.constantFrom(0, 700_000))
  .map(([vol, trend, inventory, repriceTicks, orderTtlUs]) => ({
    barUs: 300_000,
    repriceTicks,
    ...(orderTtlUs === 0 ? {} : { orderTtlUs }),
    ...(vol ? { volatility } : {}),
    ...(trend ? { trend: { fastEma: 2, slowEma: 5, maxE8: 400_000 } } : {}),
    ...(inventory ? { inventory: { skewSoftPermille: 200, skewHardPermille: 500 } } : {}),
  }));

const gridOf = (changed: Partial<GridConfig>) => () =>
  createGrid(
    gridConfig({
      ...changed,
      levelLots: LEVEL_LOTS,
      positionMaxLots: POSITION_MAX,
      backoffMaxUs: 8 * SECOND,
      placesPerSecond: PLACES_PER_SECOND,
    }),
    [fakeInstrument],
  );

/** What every order that is open could come to, on its side. */
function worst(desk: TroubledDesk, side: "bid" | "ask"): number {
  const open = desk.state.orders.filter((order) => order.side === side);
  const leaves = open.reduce((sum, order) => sum + order.size - order.filled, 0);
  return side === "bid" ? desk.state.position + leaves : leaves - desk.state.position;
}

function holds(desk: TroubledDesk, before: readonly [number, number], next: Trouble): void {
  // Beyond the limit only where somebody else carried it there, and then no order of ours adds to it.
  for (const [index, side] of (["bid", "ask"] as const).entries()) {
    const now = worst(desk, side);
    if (outsideTroubles.has(next.do)) continue;
    expect(now).toBeLessThanOrEqual(Math.max(POSITION_MAX, before[index] as number));
  }
  const places = desk.state.orders.map((order) => `${order.side} ${order.price}`);
  expect(new Set(places).size).toBe(places.length);
  expect(desk.faults).toEqual([]);
}

test("in any trouble: within the limit, one order a rung, one request an order", () => {
  fc.assert(
    fc.property(
      config,
      measures,
      fc.array(trouble, { maxLength: 150, size: "max" }),
      (changed, measured, troubles) => {
        const desk = new TroubledDesk(gridOf({ ...changed, ...measured })());
        for (const next of troubles) {
          const before = [worst(desk, "bid"), worst(desk, "ask")] as const;
          desk.perform(next);
          holds(desk, before, next);
        }
      },
    ),
    { numRuns: 400, seed: 20_261_121 },
  );
});

type Centring = Readonly<{ centreHalfTicks: number | null; centredPosition: number }>;

test("a rung that was bought or sold is not armed again before its counter-order has closed", () => {
  fc.assert(
    fc.property(config, fc.array(trouble, { maxLength: 150, size: "max" }), (changed, troubles) => {
      const grid = gridOf(changed)();
      const desk = new TroubledDesk(grid);
      const { halfSpreadTicks = 5, spacingTicks = 10 } = changed;
      for (const next of troubles) {
        const known = new Set(desk.state.orders.map((order) => order.orderId));
        desk.perform(next);
        const { centreHalfTicks, centredPosition } = grid.save() as unknown as Centring;
        if (centreHalfTicks === null) continue;
        const taken = desk.state.position - centredPosition;
        for (const { orderId, side, price } of desk.state.orders) {
          if (known.has(orderId) || price === undefined) continue;
          // Evenly spaced and even-sized. Prices count upwards for the side: rung k of it may be armed only while fewer
          // than k + 1 of it are taken; while n of the other side are, its way out reaches up to that side's rung n - 2.
          const sign = side === "bid" ? 1 : -1;
          const centre = (sign * centreHalfTicks) / 2;
          const rungs = Math.floor((sign * taken) / LEVEL_LOTS);
          const otherRungs = Math.floor((-sign * taken) / LEVEL_LOTS);
          const best =
            otherRungs >= 2
              ? Math.floor(centre) + halfSpreadTicks + (otherRungs - 2) * spacingTicks
              : Math.ceil(centre) - halfSpreadTicks - Math.max(0, rungs) * spacingTicks;
          expect(sign * price).toBeLessThanOrEqual(best);
        }
      }
    }),
    { numRuns: 400, seed: 20_261_122 },
  );
});

test("no more orders in any second than twice the rate, and the rate in the long run", () => {
  let most = 0;
  fc.assert(
    fc.property(config, measures, fc.integer({ min: 0, max: 19 }), (changed, measured, reason) => {
      const desk = new TroubledDesk(gridOf({ ...changed, ...measured })());
      // A venue that refuses all for one reason, or takes all back, for a minute; the price does not stand still.
      for (let look = 0; look < 600; look += 1) {
        desk.perform({ do: "look", pick: look * 7, lots: 1 });
        for (const order of [...desk.state.orders]) {
          if (order.orderId % 3 === 0) desk.perform({ do: "refuse", pick: reason, lots: 1 });
        }
        desk.answerAll();
        while (desk.state.orders.length > 0) desk.perform({ do: "close", pick: reason, lots: 1 });
      }
      const times = desk.placedAt;
      for (let index = 2 * PLACES_PER_SECOND; index < times.length; index += 1) {
        const first = times[index - 2 * PLACES_PER_SECOND] as number;
        expect((times[index] as number) - first).toBeGreaterThanOrEqual(SECOND);
      }
      expect(times.length).toBeLessThanOrEqual(61 * PLACES_PER_SECOND);
      most = Math.max(most, times.length);
    }),
    { numRuns: 60, seed: 20_261_123 },
  );
  // Some venue did make it run into its rate.
  expect(most).toBeGreaterThan(55 * PLACES_PER_SECOND);
});

test("stopped and started again at any point, it does what it would have done", () => {
  const sent = (desk: TroubledDesk, troubles: readonly Trouble[]): readonly Command[] => {
    const commands: Command[] = [];
    const { decide } = desk.strategy;
    desk.strategy.decide = (event, view) => {
      const decided = decide.call(desk.strategy, event, view);
      commands.push(...decided);
      return decided;
    };
    for (const next of troubles) desk.perform(next);
    return commands;
  };
  fc.assert(
    fc.property(
      config,
      measures,
      fc.array(trouble, { maxLength: 120, size: "max" }),
      fc.integer({ min: 1, max: 9 }),
      (changed, measured, troubles, every) => {
        const make = gridOf({ ...changed, ...measured });
        const whole = restarted(make, () => false);
        const cut = restarted(make, (ordinal) => ordinal % every === 0);
        const expected = sent(new TroubledDesk(whole), troubles);
        expect(sent(new TroubledDesk(cut), troubles)).toEqual(expected);
        expect(cut.save()).toEqual(whole.save());
      },
    ),
    { numRuns: 300, seed: 20_261_124 },
  );
});

test("when the trouble is over it comes to rest, standing on both sides that have room and a rung", () => {
  fc.assert(
    fc.property(config, fc.array(trouble, { maxLength: 100, size: "max" }), (changed, troubles) => {
      const desk = new TroubledDesk(gridOf(changed)());
      for (const next of troubles) desk.perform(next);
      const { state } = desk;
      state.fresh = true;
      if (!state.linkUp) desk.link("up");
      state.position = Math.max(-POSITION_MAX, Math.min(POSITION_MAX, state.position));
      for (const order of state.orders) {
        if (order.state === "unknown") desk.perform({ do: "find", pick: 0, lots: 1 });
      }
      state.orders = state.orders.map((order) =>
        order.state === "unknown" ? { ...order, state: "live" } : order,
      );
      desk.perform({ do: "report", pick: 0, lots: 1 });
      for (let round = 0; round < 20; round += 1) {
        desk.wake(5 * SECOND);
        desk.answerAll();
      }
      expect(desk.wake(5 * SECOND)).toEqual([]);
      const sides = new Set(state.orders.map((order) => order.side));
      // A side stands where it has room, unless all its rungs are taken and wait for the other side.
      const { centredPosition } = desk.strategy.save() as unknown as Centring;
      const taken = state.position - centredPosition;
      const all = LEVEL_LOTS * (changed.levels ?? 0);
      if (state.position + LEVEL_LOTS <= POSITION_MAX && taken < all)
        expect(sides).toContain("bid");
      if (LEVEL_LOTS - state.position <= POSITION_MAX && -taken < all)
        expect(sides).toContain("ask");
    }),
    { numRuns: 300, seed: 20_261_125 },
  );
});
