// The whole grid bot over real recordings: Hyperliquid and StandX, with all its measures and without. Oracles: the
// witness's own books (position is the sum of fills, equity is cash plus every flow), the tape's budget of fills, and
// the ladder's laws at every event. Of the fill band only what is a law is asked: what may fill at all, not its order.

import { afterAll, describe, expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { View } from "../../src/ports/view.ts";
import { createGrid } from "../../strategies/grid/grid.ts";
import type { GridConfig } from "../../strategies/grid/grid-config.ts";
import { gridConfig } from "../support/grid-config.ts";
import { CASH, runRecorded } from "../support/recorded-run.ts";
import type { RecordedName } from "../support/recorded-tapes.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import type { BudgetRule } from "../support/tape-budget.ts";
import { fillsBeyondLevels } from "../support/tape-budget.ts";

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

type Market = Readonly<{ name: RecordedName; lots: number; rungTicks: number }>;

// 20 USD between rungs, 0.001 and 0.002 BTC each.
const markets: readonly Market[] = [
  { name: "hyperliquid-btc", lots: 100, rungTicks: 20 },
  { name: "standx-btc", lots: 20, rungTicks: 2_000 },
];

const models: readonly (readonly [FillModel, BudgetRule])[] = [
  [{ kind: "optimistic" }, "touched"],
  [{ kind: "power", family: 3, n: 3 }, "queue"],
  [{ kind: "pessimistic" }, "strict"],
];

/** Every measure there is, at the scale of the 20 USD rungs. */
const measured: Partial<GridConfig> = {
  barUs: 2_000_000,
  volatility: {
    atrLength: 14,
    ewmaAlphaPermille: 120,
    initVolPermille: 100,
    atrWeightPermille: 500,
    volWeightPermille: 2500,
    spacingE8: 10_000,
    spacingMinE8: 10_000,
    spacingMaxE8: 500_000,
    circuitSigmaPermille: 4000,
  },
  trend: { fastEma: 12, slowEma: 48, maxE8: 50_000 },
  inventory: { skewSoftPermille: 200, skewHardPermille: 500 },
  placesPerSecond: 200,
  backoffMaxUs: 60_000_000,
};

function configOf({ lots, rungTicks }: Market, changed: Partial<GridConfig>): GridConfig {
  return gridConfig({
    levels: 10,
    halfSpreadTicks: rungTicks / 2,
    spacingTicks: rungTicks,
    levelLots: lots,
    positionMaxLots: 10 * lots,
    skewTicks: rungTicks,
    driftTicks: 5 * rungTicks,
    requoteUs: 500_000,
    refusalCountMax: 5,
    backoffUs: 5_000_000,
    ...changed,
  });
}

type Seen = { looks: number; orders: number; breaches: string[] };

/** The grid with a witness, who also stops it and starts it again from what it saved, every so many events. */
function watched(config: GridConfig, instruments: readonly Instrument[], seen: Seen, cut: number) {
  let inner = createGrid(config, instruments);
  const strategy: Strategy = {
    name: inner.name,
    wants: inner.wants,
    decide(event, view) {
      seen.looks += 1;
      if (cut > 0 && seen.looks % cut === 0) {
        const saved = JSON.parse(JSON.stringify(inner.save()));
        inner = createGrid(config, instruments);
        inner.restore(saved);
      }
      const breach = breachOf(config, view);
      if (breach !== undefined) seen.breaches.push(`${event.kind} at ${event.at}: ${breach}`);
      const commands = inner.decide(event, view);
      seen.orders += commands.filter(({ kind }) => kind === "PlaceOrder").length;
      return commands;
    },
    save: () => inner.save(),
    restore: (saved) => inner.restore(saved),
  };
  return strategy;
}

/** What must hold of the open orders at every event: within the limit, no two on one price, no bid at or over an ask. */
function breachOf({ positionMaxLots }: GridConfig, view: View): string | undefined {
  const id = 0 as never;
  let long: number = view.position(id).lots;
  let short: number = long;
  let bid = 0;
  let ask = Number.POSITIVE_INFINITY;
  const standing = new Set<string>();
  for (const { side, price, size, filled } of view.openOrders(id)) {
    if (side === "bid") long += size - filled;
    else short -= size - filled;
    if (side === "bid") bid = Math.max(bid, price ?? 0);
    else ask = Math.min(ask, price ?? ask);
    if (standing.has(`${side} ${price}`)) return `two orders: ${side} ${price}`;
    standing.add(`${side} ${price}`);
  }
  if (long > positionMaxLots || short < -positionMaxLots) return `worst case ${short} … ${long}`;
  return bid >= ask ? `own bid ${bid} meets own ask ${ask}` : undefined;
}

describe.skipIf(recordings === undefined)(`a grid over recordings${needsRecordings}`, () => {
  describe.each(markets)("$name", (market) => {
    test.each([
      ["plain", {}],
      ["with every measure", measured],
    ] as const)(
      "%s: the books are exact and the ladder's laws hold, in any fill model",
      async (_, changed) => {
        const tape = await tapes.open(market.name);
        const config = configOf(market, changed);
        for (const [fillModel, rule] of models) {
          const seen: Seen = { looks: 0, orders: 0, breaches: [] };
          const run = runRecorded([{ name: "venue", tape }], {
            strategy: (instruments) => watched(config, instruments, seen, 0),
            fillModel,
          });
          expect(seen.breaches).toEqual([]);
          expect(run.witness.violations).toEqual([]);
          expect(run.witness.notes).toEqual([]);
          expect(run.bot.differences).toEqual([]);
          expect(run.bot.reports).toBeGreaterThan(0);
          expect(run.witness.fills.length).toBeGreaterThan(20);
          expect(run.witness.fills.every(({ liquidity }) => liquidity === "maker")).toBe(true);
          // position = Σ fills; equity = cash + Σ of what each fill, fee and funding moved + what is held at the mid.
          expect(run.witness.equity([CASH]).toFixed()).toBe(run.summary.pnl.finalEquity);
          const source = tape.recording.source as TapeSource;
          expect(fillsBeyondLevels(source, run.witness.fills, rule)).toEqual([]);
        }
      },
    );

    test("stopped and started again every thousand events, it comes to the same digest", async () => {
      const tape = await tapes.open(market.name);
      const config = configOf(market, measured);
      const [digest, ...others] = [0, 1_000, 7].map((cut) => {
        const seen: Seen = { looks: 0, orders: 0, breaches: [] };
        const strategy = (instruments: readonly Instrument[]) =>
          watched(config, instruments, seen, cut);
        const fillModel: FillModel = { kind: "power", family: 3, n: 3 };
        const run = runRecorded([{ name: "venue", tape }], { strategy, fillModel, alone: true });
        expect(seen.orders).toBeGreaterThan(100);
        return run.result.digest;
      });
      expect(others).toEqual([digest, digest]);
    });
  });
});
