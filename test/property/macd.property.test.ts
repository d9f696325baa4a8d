// Laws of the MACD bot in whole runs over drawn markets: it cannot see ahead, a restart changes nothing, and it never
// holds what it may not hold.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OrderIds } from "../../src/domain/order-ids.ts";
import { sizeLots } from "../../src/domain/units.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { BarRow } from "../support/bars.ts";
import { barInstrument, barsOf, MINUTE_US } from "../support/bars.ts";
import type { MacdMarket } from "../support/macd-rig.ts";
import { drawnBars, EAGER, placed, restarted, runMacd, tallyOf } from "../support/macd-rig.ts";

const BARS = 400;
const SECOND_SPEC = { ...barInstrument, symbol: "XYZ/USD", tickSize: "0.01", lotSize: "0.1" };

/** Ways to trade that between them use every exit and every kind of order. */
const settings = fc
  .record({
    exits: fc.record({
      stopAtr: fc.constantFrom("0.5", "1", "3"),
      onOppositeCross: fc.boolean(),
      target: fc.constantFrom("1", "2", "5"),
      breakEven: fc.constantFrom("0.5", "1", "never"),
      trailing: fc.constantFrom("never", { activation: "0.001", distance: "0.001", step: "0" }),
      holdingMax: fc.constantFrom("5m", "30m"),
    }),
    orders: fc.record({
      entry: fc.constantFrom("market", "ioc", "post-only"),
      exit: fc.constantFrom("market", "ioc"),
      entryTimeout: fc.constantFrom("1m", "3m"),
    }),
    period: fc.constantFrom("1m", "2m"),
    signalBars: fc.integer({ min: 1, max: 3 }),
    session: fc.record({
      tradesMax: fc.constantFrom(5, 1000),
      lossesMax: fc.integer({ min: 1, max: 4 }),
      coolDown: fc.constantFrom("1m", "15m"),
      dailyLoss: fc.constantFrom("0.01", "0.5"),
    }),
  })
  .map((drawn) => ({ ...EAGER, ...drawn }));

const world = fc.record({ seed: fc.nat(1_000_000), settings });

function markets(
  seed: number,
  rows?: (bars: readonly BarRow[]) => readonly BarRow[],
): MacdMarket[] {
  const change = rows ?? ((bars: readonly BarRow[]) => bars);
  return [
    { spec: barInstrument, source: barsOf(change(drawnBars(seed, BARS))) },
    { spec: SECOND_SPEC, source: barsOf(change(drawnBars(seed + 1, BARS, 30_000))) },
  ];
}

describe("the bot cannot see ahead", () => {
  test("with the future cut off, every command up to the cut is the same", () => {
    let commands = 0;
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: BARS }), (drawn, kept) => {
        const whole = runMacd(markets(drawn.seed), drawn);
        const cut = runMacd(
          markets(drawn.seed, (bars) => bars.slice(0, kept)),
          drawn,
        );
        const cutAt = kept * MINUTE_US;
        const upToCut = whole.commands.filter(({ at }) => at <= cutAt);
        expect(cut.commands).toEqual(upToCut);
        commands += upToCut.length;
      }),
      { numRuns: 60, seed: 20_240_906 },
    );
    expect(commands).toBeGreaterThan(1_000);
  });

  test("with another future in its place, every command up to the change is the same", () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: BARS - 1 }), (drawn, kept) => {
        const other = runMacd(
          markets(drawn.seed, (bars) => [
            ...bars.slice(0, kept),
            ...drawnBars(drawn.seed + 7, BARS - kept, 55_555),
          ]),
          drawn,
        );
        const whole = runMacd(markets(drawn.seed), drawn);
        const upTo = kept * MINUTE_US;
        const early = (run: typeof whole) => run.commands.filter(({ at }) => at <= upTo);
        expect(early(other)).toEqual(early(whole));
      }),
      { numRuns: 25, seed: 20_240_907 },
    );
  });
});

/** Enters on what the next bar will do: it was handed the tape. */
function clairvoyant(make: () => Strategy, bars: readonly BarRow[]): Strategy {
  const honest = make();
  const ids = new OrderIds(1_000_000);
  return {
    name: honest.name,
    wants: honest.wants,
    decide(event, view) {
      const commands = honest.decide(event, view);
      if (event.kind !== "BarClosed" || event.instrument !== 0) return commands;
      const next = bars[event.at / MINUTE_US];
      if (next === undefined || next[3] <= event.close) return commands;
      const order = { kind: "PlaceOrder", instrument: event.instrument, side: "bid" } as const;
      const rest = { price: undefined, size: sizeLots(1), timeInForce: "IOC" } as const;
      return [...commands, { ...order, ...rest, orderId: ids.next(), reduceOnly: false }];
    },
    save: () => honest.save(),
    restore: (saved) => honest.restore(saved),
  };
}

test("a bot that does see ahead is told by the same comparison", () => {
  const cutAt = 200;
  const bars = drawnBars(1, BARS);
  const run = (rows: readonly BarRow[]) =>
    runMacd([{ spec: barInstrument, source: barsOf(rows) }], {
      settings: EAGER,
      around: (make) => clairvoyant(make, rows),
    });
  const other = [...bars.slice(0, cutAt), ...drawnBars(8, BARS - cutAt, 1_000_000)];
  const early = (rows: readonly BarRow[]) =>
    run(rows).commands.filter(({ at }) => at <= cutAt * MINUTE_US);
  const cut = bars.slice(0, cutAt);
  expect([early(cut).length, early(other).length]).not.toEqual([
    early(bars).length,
    early(bars).length,
  ]);
});

describe("a run", () => {
  test("is the same when the bot is saved, thrown away and restored after each event", () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const whole = runMacd(markets(drawn.seed), drawn);
        const texts: string[] = [];
        const cut = runMacd(markets(drawn.seed), {
          ...drawn,
          around: (make) => restarted(make, (text) => texts.push(text)),
        });
        expect(cut.result.digest).toBe(whole.result.digest);
        expect(cut.saved).toEqual(whole.saved);
        expect(texts.length).toBe(whole.result.events);
      }),
      { numRuns: 12, seed: 20_240_908 },
    );
  });

  test("holds at most one trade an instrument, enters only when flat, and closes only reduce-only", () => {
    const reasons = new Set<string>();
    fc.assert(
      fc.property(world, (drawn) => {
        const run = runMacd(markets(drawn.seed), { ...drawn, keepEvents: true });
        for (const instrument of [0, 1]) {
          let lots = 0;
          const open = new Set<number>();
          const given = [...run.commands];
          for (const event of [
            ...run.events,
            { kind: "end" as const, at: Number.MAX_SAFE_INTEGER },
          ]) {
            while (given[0] !== undefined && given[0].at < event.at) {
              const { command } = given.shift() as (typeof given)[number];
              if (command.kind !== "PlaceOrder" || command.instrument !== instrument) continue;
              if (command.reduceOnly) expect(command.side).toBe(lots > 0 ? "ask" : "bid");
              else expect([lots, open.size]).toEqual([0, 0]);
              expect(command.size).toBeGreaterThan(0);
              open.add(command.orderId);
            }
            if (!("instrument" in event) || event.instrument !== instrument) continue;
            if (event.kind === "OrderFilled")
              lots += event.side === "bid" ? event.size : -event.size;
            if (event.kind === "OrderClosed") open.delete(event.orderId);
            if (event.kind === "OrderRefused" && event.request === "place")
              open.delete(event.orderId);
          }
          for (const [reason] of tallyOf(run.saved, instrument)) reasons.add(reason);
        }
        const ids = placed(run).map((each) => each.orderId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 40, seed: 20_240_909 },
    );
    // The drawn worlds came to every end a trade can have.
    const ends = ["stop-loss", "break-even", "trailing-stop", "target", "opposite-cross"];
    for (const end of [...ends, "max-holding", "daily-loss"])
      expect(reasons).toContain(`exit: ${end}`);
    for (const end of ["cool-down", "trades-a-day"]) expect(reasons).toContain(`refused: ${end}`);
    expect(reasons).toContain("entry not filled");
  });
});
