// What every incident entry of the hedge bots asks for besides its own requirement: belief is the venues' truth on each
// leg, nothing rests that the bot does not know, and the same incident writes the same journal twice.

import { expect, test } from "vitest";
import { instrumentId } from "../../src/domain/units.ts";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import type { BenchOptions } from "./hedge-bench.ts";
import { HedgeBench } from "./hedge-bench.ts";

export const SECOND = 1_000_000;
/** Longer than anything the bot waits for by itself. */
export const LONG = 600 * SECOND;

/** One order of the whole cycle, in lots. */
export function sized(lots: number): Partial<HedgeConfig> {
  return { orderLots: lots, cycleLots: lots, positionMaxLots: 10 * lots };
}

/** Plays an incident twice; `play` asserts its requirement and gives the bench back as it ended. */
export function incident(title: string, play: () => HedgeBench): void {
  test(title, () => {
    const bench = play();
    expectKnown(bench);
    expect(play().log.entries).toEqual(bench.log.entries);
  });
}

/** Tracked is true on both legs, and what was accepted and has not ended is among what the bot knows as open. */
function expectKnown(bench: HedgeBench): void {
  expectTracked(bench);
  const open = openOrders(bench).map((each) => each.orderId as number);
  expect(open).toEqual(expect.arrayContaining([...resting(bench)]));
}

/** What the strategy acts on, which is belief and what reports have added to it; after a halt belief alone is kept. */
export function expectTracked(bench: HedgeBench): void {
  const { belief, adopted } = bench.strategy.save().desk;
  const acted = [0, 1].map((leg) =>
    bench.halts.length > 0 || belief === null
      ? bench.position(leg as 0 | 1)
      : (belief[leg] ?? 0) + (adopted[leg] ?? 0),
  );
  expect(acted).toEqual(bench.truth);
}

/** A maker order filled whole: its hedge is on the way. */
export function filled(changed: Partial<HedgeConfig> = {}, options: BenchOptions = {}): HedgeBench {
  const bench = new HedgeBench(changed, options).start();
  const maker = bench.last(0);
  return bench.accept(maker).fill(maker, maker.size).close(maker, "filled");
}

/** A hedged position of one order. */
export function holding(
  changed: Partial<HedgeConfig> = {},
  options: BenchOptions = {},
): HedgeBench {
  return fillLast(filled(changed, options), 1);
}

/** The last order of a leg is accepted, fills whole and ends. */
export function fillLast(bench: HedgeBench, leg: 0 | 1): HedgeBench {
  const order = bench.last(leg);
  return bench.accept(order).fill(order, order.size).close(order, "filled");
}

/** Time passes, and whatever order is open then is accepted, filled for what it lacks, and ends. */
export function meetAll(bench: HedgeBench, us: number): HedgeBench {
  for (const until = bench.now + us; bench.now < until; bench.advance(50_000)) {
    for (const { orderId, state, size, filled: lots } of openOrders(bench)) {
      const order = bench.orders.find((each) => each.orderId === orderId);
      if (order === undefined) throw new Error(`order ${orderId} was never sent`);
      if (state === "sent") bench.accept(order);
      bench.fill(order, size - lots).close(order, "filled");
    }
  }
  return bench;
}

/** Each hedge is refused, until there is none to refuse. */
export function refuseHedges(bench: HedgeBench, times: number): HedgeBench {
  for (let attempt = 0; attempt < times; attempt += 1) {
    bench.refuse(bench.last(1), "no-liquidity").advance(SECOND);
  }
  return bench;
}

function openOrders(bench: HedgeBench) {
  return [0, 1].flatMap((leg) => [...bench.bot.view.openOrders(instrumentId(leg))]);
}

/** The sizes of a leg's orders, in the order they were sent. */
export function sizesOf(bench: HedgeBench, leg: 0 | 1): readonly number[] {
  return bench.ordersOf(leg).map((each) => each.size);
}

/** What the record says has been accepted and has not ended. */
function resting(bench: HedgeBench): ReadonlySet<number> {
  const open = new Map<number, number>();
  for (const entry of bench.log.entries) {
    if (entry.kind !== "event") continue;
    const { event } = entry;
    if (event.kind === "OrderAccepted") open.set(event.orderId, event.size);
    if (event.kind === "OrderClosed") open.delete(event.orderId);
    if (event.kind === "OrderFilled" && event.cumulative >= (open.get(event.orderId) ?? 0)) {
      open.delete(event.orderId);
    }
  }
  return new Set(open.keys());
}
