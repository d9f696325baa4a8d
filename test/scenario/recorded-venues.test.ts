// Whole runs over one real recording under the rules of the venues that answer before they know. Whatever such a venue
// holds back, refuses or leaves unsaid, no rule of a run may break and belief must equal truth when the wires are quiet.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { extended } from "../../sim/exchange/profiles/extended.ts";
import { grvt } from "../../sim/exchange/profiles/grvt.ts";
import { lighter, lighterPremium } from "../../sim/exchange/profiles/lighter.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import { createGrid } from "../../strategies/grid/grid.ts";
import { createMarketMaker } from "../../strategies/market-maker/market-maker.ts";
import { gridConfig } from "../support/grid-config.ts";
import { CASH, runRecorded } from "../support/recorded-run.ts";
import type { RecordedTape } from "../support/recorded-tapes.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

/** 500 lots of this recording are worth some hundred dollars: above every least notional. */
const sizes = { levelLots: 500, positionMaxLots: 5000, levels: 4 };
const rungs = { halfSpreadTicks: 5, spacingTicks: 5, driftTicks: 5, skewTicks: 5 };
const strategies = {
  grid: (instruments: readonly Instrument[]): Strategy =>
    createGrid(gridConfig({ ...sizes, ...rungs }), instruments),
  "market-maker": (instruments: readonly Instrument[]): Strategy =>
    createMarketMaker(
      { instrument: 0, orderLots: 500, positionLimitLots: 5000, intervalUs: 500_000 },
      instruments,
    ),
};

describe.skipIf(recordings === undefined)(`venues over a recording${needsRecordings}`, () => {
  let tape: RecordedTape;
  beforeAll(async () => {
    tape = await tapes.open("hyperliquid-btc");
  });

  const run = (profile: VenueProfile, strategy: keyof typeof strategies) =>
    runRecorded([{ name: "venue", tape }], {
      strategy: strategies[strategy],
      fillModel: { kind: "power", family: 3, n: 3 },
      profile,
    });

  describe.each([grvt, lighter, lighterPremium, extended])("$name", (profile) => {
    test.each(["grid", "market-maker"] as const)("a %s breaks no rule", (strategy) => {
      const done = run(profile, strategy);
      const { witness, bot, summary, result } = done;
      expect(witness.violations).toEqual([]);
      expect(witness.notes).toEqual([]);
      expect(bot.differences).toEqual([]);
      expect(bot.reports).toBeGreaterThan(0);
      expect(result.complete).toBe(true);
      expect(witness.fills.length).toBeGreaterThan(0);
      // Sixty requests a minute starve either bot; the other venues' limits are far from what they send.
      const starved = (summary.refusals.venue["rate-limited"] ?? 0) > 0;
      expect(starved).toBe(profile === lighter);
      expect(witness.equity([CASH]).toFixed()).toBe(summary.pnl.finalEquity);
      expect(run(profile, strategy).result.digest).toBe(result.digest);
    });
  });
});
