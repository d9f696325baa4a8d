// Whole runs over real recordings: both first strategies, both ends of the band and a model between, 5 to 20 ms of
// latency each way. Whatever the market did, no rule of a run may break; and the same run comes to the same digest.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import { createGrid } from "../../strategies/grid/grid.ts";
import { createMarketMaker } from "../../strategies/market-maker/market-maker.ts";
import { gridConfig } from "../support/grid-config.ts";
import type { RecordedRun } from "../support/recorded-run.ts";
import { CASH, DRAWN_LATENCY, runRecorded } from "../support/recorded-run.ts";
import type { RecordedName, RecordedTape } from "../support/recorded-tapes.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import type { BudgetRule } from "../support/tape-budget.ts";
import { fillsBeyondLevels, fillsBeyondOrders } from "../support/tape-budget.ts";

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

/** How each market is quoted: rungs at the scale of its own moves, sizes above every venue's least notional. */
const markets: readonly (readonly [RecordedName, lots: number, rungTicks: number])[] = [
  ["binance-btc", 5, 20],
  ["binance-eth", 50, 10],
  ["hyperliquid-btc", 500, 5],
  ["hyperliquid-eth", 200, 3],
  ["lighter-btc", 200, 10],
  ["standx-btc", 20, 300],
  ["deep-book-btc", 5, 20],
];

const models: readonly (readonly [FillModel, BudgetRule])[] = [
  [{ kind: "optimistic" }, "touched"],
  [{ kind: "power", family: 3, n: 3 }, "queue"],
  [{ kind: "pessimistic" }, "strict"],
];

const strategies = ["market-maker", "grid"] as const;

function strategyOf(name: (typeof strategies)[number], lots: number, rungTicks: number) {
  return (instruments: readonly Instrument[]): Strategy => {
    if (name === "market-maker") {
      const sizes = { orderLots: lots, positionLimitLots: 10 * lots };
      return createMarketMaker({ instrument: 0, ...sizes, intervalUs: 100_000 }, instruments);
    }
    const sizes = { levelLots: lots, positionMaxLots: 10 * lots, levels: 4 };
    const rungs = { halfSpreadTicks: rungTicks, spacingTicks: rungTicks, driftTicks: rungTicks };
    return createGrid(gridConfig({ ...sizes, ...rungs, skewTicks: rungTicks }), instruments);
  };
}

/** Everything that must hold of any run. */
function hold(run: RecordedRun): void {
  const { witness, bot, summary, result } = run;
  expect(witness.violations).toEqual([]);
  expect(witness.notes).toEqual([]);
  expect(bot.differences).toEqual([]);
  expect(bot.reports).toBeGreaterThan(0);
  expect(result.complete).toBe(true);
  const cash = summary.instruments.map(() => CASH);
  expect(witness.equity(cash).toFixed()).toBe(summary.pnl.finalEquity);
}

describe.skipIf(recordings === undefined)(`whole runs over recordings${needsRecordings}`, () => {
  describe.each(markets)("%s", (name, lots, rungTicks) => {
    let tape: RecordedTape;
    beforeAll(async () => {
      tape = await tapes.open(name);
    });

    test.each(strategies)("a %s breaks no rule under any fill model", (strategy) => {
      for (const [fillModel, rule] of models) {
        const options = { strategy: strategyOf(strategy, lots, rungTicks), fillModel };
        const run = runRecorded([{ name: "venue", tape }], options);
        hold(run);
        const source = tape.recording.source as TapeSource;
        expect(fillsBeyondLevels(source, run.witness.fills, rule)).toEqual([]);
        expect(run.witness.fills.length).toBeGreaterThan(0);
        const again = runRecorded([{ name: "venue", tape }], { ...options, alone: true });
        expect(again.result.digest).toBe(run.result.digest);
      }
    });
  });

  test.each(strategies)("a %s over every order of a day on NASDAQ", async (strategy) => {
    const tape = await tapes.open("lobster-amzn");
    const fillModel: FillModel = { kind: "risk-averse" };
    const options = { strategy: strategyOf(strategy, 100, 8), fillModel };
    const run = runRecorded([{ name: "venue", tape }], options);
    hold(run);
    const source = tape.recording.source as OrderTapeSource;
    expect(fillsBeyondOrders(source, run.witness.fills)).toEqual([]);
    expect(run.witness.fills.length).toBeGreaterThan(100);
    const again = runRecorded([{ name: "venue", tape }], { ...options, alone: true });
    expect(again.result.digest).toBe(run.result.digest);
  });

  test.each(strategies)(
    "a %s comes to the truth though answers overtake each other",
    async (name) => {
      const tape = await tapes.open("binance-eth");
      const run = runRecorded([{ name: "venue", tape }], {
        strategy: strategyOf(name, 50, 10),
        fillModel: { kind: "power", family: 3, n: 3 },
        latency: { ...DRAWN_LATENCY, overtaking: true },
      });
      // An order's end is heard before its fills: that is on record, and every lot is booked all the same.
      expect(run.witness.notes.length).toBeGreaterThan(0);
      expect(run.bot.differences).toEqual([]);
      expect(run.bot.reports).toBe(1);
      const source = tape.recording.source as TapeSource;
      expect(fillsBeyondLevels(source, run.witness.fills, "queue")).toEqual([]);
    },
  );
});
