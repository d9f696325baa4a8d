// The fast market against its naive twin, after every step of random worlds: same reports, same queues, same touch.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import { MarketRig } from "../support/market-rig.ts";
import type { NaiveRow } from "../support/naive-levels-market.ts";
import { NaiveLevelsMarket } from "../support/naive-levels-market.ts";
import { TapeBuilder } from "../support/tape-builder.ts";

const SEED = 20261121;
const side = fc.constantFrom("bid" as const, "ask" as const);

/** Prices near each other, and the same pattern far enough away that the fast book must move its window. */
const tickNear = fc.integer({ min: 100, max: 108 });
const tickFar = fc
  .tuple(tickNear, fc.constantFrom(0, 0, 0, 70_000, 400_000))
  .map(([t, f]) => t + f);

function rows(tick: fc.Arbitrary<number>): fc.Arbitrary<readonly NaiveRow[]> {
  const lots = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }));
  const depth = fc.record({ row: fc.constant("depth" as const), side, tick, lots });
  const print = fc.record({
    row: fc.constant("print" as const),
    aggressor: fc.constantFrom("bid" as const, "ask" as const, undefined),
    tick,
    lots: fc.integer({ min: 1, max: 40 }),
  });
  const shown = fc.record({
    row: fc.constant("depth" as const),
    side,
    tick,
    lots: fc.integer({ min: 1, max: 30 }),
    snapshot: fc.constant(true),
  });
  const snapshot = fc
    .array(shown, { minLength: 1, maxLength: 8 })
    .map((levels): readonly NaiveRow[] => [{ row: "clear" }, ...levels]);
  return fc.oneof(
    { weight: 6, arbitrary: fc.array(depth, { minLength: 1, maxLength: 4 }) },
    { weight: 4, arbitrary: print.map((each) => [each]) },
    { weight: 1, arbitrary: snapshot },
  );
}

type Step =
  | Readonly<{ step: "message"; rows: readonly NaiveRow[] }>
  | Readonly<{
      step: "place";
      side: "bid" | "ask";
      tick: number | undefined;
      lots: number;
      timeInForce: "GTC" | "IOC" | "FOK" | "POST_ONLY";
    }>
  | Readonly<{ step: "cancel"; id: number }>
  | Readonly<{ step: "amend"; id: number; tick: number; lots: number }>;

function steps(tick: fc.Arbitrary<number>): fc.Arbitrary<readonly Step[]> {
  const lots = fc.integer({ min: 1, max: 25 });
  const id = fc.integer({ min: 1, max: 8 });
  const limit = fc.record({
    step: fc.constant("place" as const),
    side,
    tick,
    lots,
    timeInForce: fc.constantFrom("GTC", "GTC", "POST_ONLY", "POST_ONLY", "IOC", "FOK"),
  });
  const market = fc.record({
    step: fc.constant("place" as const),
    side,
    tick: fc.constant(undefined),
    lots,
    timeInForce: fc.constant("IOC" as const),
  });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 8, arbitrary: rows(tick).map((r) => ({ step: "message" as const, rows: r })) },
    { weight: 5, arbitrary: limit },
    { weight: 1, arbitrary: market },
    { weight: 1, arbitrary: fc.record({ step: fc.constant("cancel" as const), id }) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant("amend" as const), id, tick, lots }) },
  );
  return fc.array(step, { minLength: 1, maxLength: 24 });
}

const models: readonly FillModel[] = [
  { kind: "risk-averse" },
  { kind: "power", family: 3, n: 3 },
  { kind: "power", family: 2, n: 2 },
  { kind: "power", family: 1, n: 3 },
  { kind: "optimistic" },
  { kind: "pessimistic" },
];

function agree(model: FillModel, world: readonly Step[]): void {
  const tape = new TapeBuilder();
  world.forEach((each, at) => {
    if (each.step === "message") addMessage(tape, at, each.rows);
  });
  // A marker at the end, so that the tape is never empty.
  tape.mark(world.length + 1, 1);
  const fast = new MarketRig(tape, model);
  const naive = new NaiveLevelsMarket(model);
  let placed = 0;
  world.forEach((each, at) => {
    fast.to(at);
    if (each.step === "message") naive.message(each.rows, at);
    else if (each.step === "place") {
      placed += 1;
      const order = { ...each, id: placed };
      fast.place(at, order);
      naive.place(order, at);
    } else if (each.step === "cancel") {
      expect(fast.cancel(at, each.id)).toBe(naive.cancel(each.id));
    } else {
      expect(fast.amend(at, each.id, each.tick, each.lots)).toBe(
        naive.amend(each.id, each.tick, each.lots, at),
      );
    }
    expect(fast.reports).toEqual(naive.reports);
    expect(fast.market.bestBid()).toBe(naive.best("bid"));
    expect(fast.market.bestAsk()).toBe(naive.best("ask"));
    for (let id = 1; id <= placed; id += 1) expect(fast.ahead(id)).toBe(naive.ahead(id));
  });
}

function addMessage(tape: TapeBuilder, at: number, message: readonly NaiveRow[]): void {
  const levels = message.flatMap((row) =>
    row.row === "depth" ? [[row.side, row.tick, row.lots] as const] : [],
  );
  const first = message[0];
  if (first?.row === "clear") tape.snapshot(at, ...levels);
  else if (first?.row === "print") tape.print(at, first.aggressor, first.tick, first.lots);
  else tape.depth(at, ...levels);
}

for (const model of models) {
  const name = JSON.stringify(model);
  test(`the fast market equals its naive twin after every step, near prices, ${name}`, () => {
    fc.assert(
      fc.property(steps(tickNear), (world) => agree(model, world)),
      { numRuns: 1_500, seed: SEED },
    );
  });

  test(`and where the window has to move, ${name}`, () => {
    fc.assert(
      fc.property(steps(tickFar), (world) => agree(model, world)),
      { numRuns: 500, seed: SEED },
    );
  });
}
