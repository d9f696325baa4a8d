// Laws of the hedge bot against venues that answer in any order, with anything, or not at all.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlaceOrder } from "../../src/domain/command.ts";
import { instrumentId } from "../../src/domain/units.ts";
import type { OrderView } from "../../src/ports/view.ts";
import { HedgeBench } from "../support/hedge-bench.ts";

const ORDER = 100;

const action = fc.record({
  do: fc.constantFrom(
    "accept",
    "refuse",
    "fill",
    "hide",
    "tell",
    "repeat",
    "close",
    "unknown",
    "time",
    "move",
  ),
  pick: fc.nat(),
  lots: fc.integer({ min: 1, max: 60 }),
});
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

type World = { bench: HedgeBench; hidden: object[]; told: object[] };

function openOrders(bench: HedgeBench): readonly OrderView[] {
  return [0, 1].flatMap((leg) => [...bench.bot.view.openOrders(instrumentId(leg))]);
}

function placed(bench: HedgeBench, order: OrderView): PlaceOrder {
  const found = bench.orders.find((each) => each.orderId === order.orderId);
  if (found === undefined) throw new Error("an open order was placed");
  return found;
}

/** Lots of the order that the venue may still fill, hidden fills counted. */
function leaves(world: World, order: PlaceOrder): number {
  const fills = [...world.told, ...world.hidden] as { orderId: number; size: number }[];
  const done = fills.filter((each) => each.orderId === order.orderId);
  return order.size - done.reduce((sum, each) => sum + each.size, 0);
}

function perform(world: World, { do: what, pick, lots }: Action): void {
  const { bench, hidden, told } = world;
  if (what === "time") bench.advance(lots * (pick % 5 === 0 ? 400_000 : 20_000));
  else if (what === "move") bench.move(pick % 2 === 0 ? 0 : 1, 19_000 + lots, 19_005 + lots);
  else if (what === "tell") tell(world);
  else if (what === "repeat" && told.length > 0) bench.lateFill(told[pick % told.length] as object);
  const orders = openOrders(bench);
  const view = orders[pick % Math.max(1, orders.length)];
  if (view === undefined) return;
  const order = placed(bench, view);
  const left = leaves(world, order);
  const isNew = view.state === "sent";
  if (what === "accept" && isNew) bench.accept(order);
  else if (what === "refuse" && isNew && left === order.size) bench.refuse(order, "no-liquidity");
  else if ((what === "fill" || what === "hide") && left > 0) {
    hidden.push(bench.hiddenFill(order, Math.min(left, lots)));
    if (what === "fill") tell(world);
  } else if (what === "close" && !isNew) bench.close(order);
  else if (what === "unknown" && view.state !== "live") bench.unknown(order);
}

function tell({ bench, hidden, told }: World): void {
  const fill = hidden.shift();
  if (fill === undefined) return;
  told.push(fill);
  bench.lateFill(fill);
}

/** From here on both venues do what they are asked, and everything is told. */
function comeToRest(world: World): void {
  const { bench } = world;
  for (let round = 0; round < 400; round += 1) {
    while (world.hidden.length > 0) tell(world);
    bench.move(0, 19_000, 19_010).move(1, 19_000, 19_010);
    for (const view of openOrders(bench)) {
      const order = placed(bench, view);
      if (view.state === "sent") bench.accept(order);
      const left = leaves(world, order);
      if (left > 0 && view.state !== "cancelling") {
        world.hidden.push(bench.hiddenFill(order, left));
        tell(world);
      } else bench.close(order);
    }
    bench.advance(200_000);
  }
}

test("whatever the venues answer, no request is doubled, no id reused, and the end is hedged", () => {
  fc.assert(
    fc.property(
      fc.array(action, { minLength: 20, maxLength: 160 }),
      fc.boolean(),
      (actions, both) => {
        const opening = both ? "both-limits" : "maker-taker";
        const bench = new HedgeBench({ cycles: 3, cycleLots: 250, opening, holdMinUs: 0 });
        const world: World = { bench: bench.start(), hidden: [], told: [] };
        for (const next of actions) {
          perform(world, next);
          for (const order of bench.orders) expect(order.size).toBeLessThanOrEqual(ORDER);
        }
        comeToRest(world);
        expect(bench.refusals).toEqual([]);
        const halted = bench.halts.length > 0;
        if (!halted) expect(bench.truth[0] + bench.truth[1]).toBe(0);
        if (bench.phase === "IDLE") expect(bench.truth).toEqual([0, 0]);
      },
    ),
    { numRuns: 120, seed: 20_251_023 },
  );
});
