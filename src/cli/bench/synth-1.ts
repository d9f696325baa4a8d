// The stream SYNTH-1 through the product's own path: journal, risk and state in place, a summary collected; bots that
// trade both with all the housekeeping that a backtest keeps by default, and bare, so that what it costs is seen.
// A row is one row of the tape, applied by the exchange's view and by ours.

import type { FillModel } from "../../../sim/exchange/fill-model.ts";
import { generic } from "../../../sim/exchange/profiles/generic.ts";
import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import { synth1Tape } from "../../../sim/market/synth-1-tape.ts";
import type { LinkLatency } from "../../../sim/network/latency.ts";
import type { Scenario } from "../../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../../sim/scenario/scenario-run.ts";
import { createGrid } from "../../../strategies/grid/grid.ts";
import { createMarketMaker } from "../../../strategies/market-maker/market-maker.ts";
import type { MachineryConfig } from "../../bot/machinery-config.ts";
import { MACHINERY_DEFAULTS } from "../../bot/machinery-config.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { instrumentOf } from "../../domain/instrument.ts";
import { durationUs, instrumentId, venueId } from "../../domain/units.ts";
import type { Strategy } from "../../ports/strategy.ts";
import { SummaryCollector } from "../../report/summary-collector.ts";
import { nodeHasher } from "../node-hasher.ts";
import type { Benchmark } from "./harness.ts";

/** Long enough that starting costs nothing, short enough for a laptop's memory (25 bytes a row). */
const ROWS = 5_000_000;
const MODEL: FillModel = { kind: "power", family: 3, n: 3 };
const MILLISECOND: LinkLatency = {
  place: { kind: "constant", us: 1_000 },
  cancel: { kind: "constant", us: 1_000 },
  amend: { kind: "constant", us: 1_000 },
  response: { kind: "constant", us: 1_000 },
};
const CASH = "50000000";

type Maker = (instruments: readonly Instrument[]) => Strategy;

/** Looks at the book every 100 ms and does nothing: what replaying alone costs. */
const idle: Maker = () => ({
  name: "idle",
  wants: [{ instrument: instrumentId(0), book: { on: "interval", everyUs: durationUs(100_000) } }],
  decide: () => [],
  save: () => null,
  restore: () => undefined,
});

const marketMaker: Maker = (instruments) =>
  createMarketMaker(
    { instrument: 0, orderLots: 10, positionLimitLots: 1_000, intervalUs: 100_000 },
    instruments,
  );

/** 20 orders a side, one tick apart, looked at every 100 ms. */
const grid40: Maker = (instruments) =>
  createGrid(
    {
      instrument: 0,
      levels: 20,
      centre: "mid",
      halfSpreadTicks: 1,
      spacingTicks: 1,
      spacingGrowthPermille: 1_000,
      levelLots: 10,
      sizeGrowthPermille: 1_000,
      positionMaxLots: 1_000,
      skewTicks: 10,
      driftTicks: 1,
      wakeUs: 100_000,
      requoteUs: 0,
      refusalCountMax: 5,
      backoffUs: 1_000_000,
    },
    instruments,
  );

const HOUSE = "with the machinery of a live bot";

export const synth1Benchmarks: readonly Benchmark[] = [
  benchmark("synth1-idle", "SYNTH-1, a bot that looks each 100 ms and does nothing", 50_000_000, {
    maker: idle,
  }),
  benchmark("synth1-mm-100ms", `SYNTH-1, market maker each 100 ms, ${HOUSE}`, 25_000_000, {
    maker: marketMaker,
    machinery: MACHINERY_DEFAULTS,
  }),
  benchmark("synth1-mm-100ms-bare", "the same market maker on its own", 25_000_000, {
    maker: marketMaker,
  }),
  benchmark("synth1-grid-40", `SYNTH-1, grid of 40 orders each 100 ms, ${HOUSE}`, 10_000_000, {
    maker: grid40,
    machinery: MACHINERY_DEFAULTS,
  }),
  benchmark("synth1-grid-40-bare", "the same grid on its own", 10_000_000, { maker: grid40 }),
];

function benchmark(
  name: string,
  text: string,
  target: number,
  bot: Readonly<{ maker: Maker; machinery?: MachineryConfig }>,
): Benchmark {
  return {
    name,
    text,
    unit: "rows",
    target,
    prepare() {
      const source = synth1Tape(ROWS);
      const spec = source.header.instrument;
      const scenario: Scenario = {
        seed: "1",
        venues: [{ name: "synth", profile: generic, latency: MILLISECOND, startingCash: CASH }],
        instruments: [{ spec, venue: "synth", recording: { kind: "levels", source } }],
        fillModel: MODEL,
        strategy: bot.maker,
        risk: {},
        facts: {},
        machinery: bot.machinery,
      };
      const instruments = [instrumentOf(spec, instrumentId(0), venueId(0))];
      return {
        count: ROWS,
        run() {
          const observer = new SummaryCollector({ instruments, startingCash: [CASH] });
          const result = withAmbientTrap(() =>
            new ScenarioRun(scenario, { hasher: nodeHasher, observer }).finish(),
          );
          return () => `${result.digest} ${observer.summary(result).fills.count} fills`;
        },
      };
    },
  };
}
