// The whole hedge bot in synthetic worlds of two venues: its promises hold at every event, at any latency, and a bot
// that is saved and restored before every event sends what one that lives on sends.

import { describe, expect, test } from "vitest";
import type { FillModel } from "../../sim/exchange/fill-model.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import type { PairExposure } from "../../src/report/unhedged-exposure.ts";
import { UnhedgedExposure } from "../../src/report/unhedged-exposure.ts";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { hedgeConfig } from "../support/hedge-config.ts";
import type { HedgeRun, HedgeVenue } from "../support/hedge-rig.ts";
import { runHedge, syntheticVenues } from "../support/hedge-rig.ts";
import { constantLatency } from "../support/run-rig.ts";

const MINUTES = 60_000_000;
const ORDER = 30;
/** Six seconds of limits, three market tries with their backoffs, and the slow venue's way there and back for each. */
const HEDGE_BUDGET_US = 15_000_000;

const base: Partial<HedgeConfig> = {
  cycles: 4,
  direction: "random",
  orderLots: ORDER,
  cycleLots: 90,
  positionMaxLots: 90,
};

function breachesOf(run: HedgeRun): readonly string[] {
  const breaches: string[] = [];
  let overSince: number | undefined;
  for (const { event, phase, maker, taker } of run.moments) {
    const net = maker + taker;
    if (phase === "IDLE" && net !== 0) breaches.push(`${net} lots net while idle at ${event.at}`);
    if (Math.abs(net) <= ORDER) overSince = undefined;
    else overSince ??= event.at;
    if (overSince !== undefined && event.at - overSince > HEDGE_BUDGET_US) {
      breaches.push(`${net} lots net for too long at ${event.at}`);
    }
    if (Math.abs(maker) > 90) breaches.push(`maker holds ${maker}`);
  }
  return breaches;
}

/** Gateway refusals would be requests in flight, ids used twice, orders that are not there. */
function expectSound(run: HedgeRun): void {
  expect(breachesOf(run)).toEqual([]);
  expect(run.refusals).toEqual([]);
  expect(run.notes).toEqual([]);
  expect(run.halts).toEqual([]);
}

/** What both legs left exposed, by the report's own reading of the run's events. */
function exposureOf(run: HedgeRun, venues: readonly HedgeVenue[]): PairExposure {
  const instruments = venues.map(({ tape }, index) =>
    instrumentOf(tape.header.instrument, instrumentId(index), venueId(index)),
  );
  const [first, second] = [instrumentId(0), instrumentId(1)];
  const pair = { first, second, firstMultiplier: 1, secondMultiplier: 1 };
  const exposure = new UnhedgedExposure(pair, instruments);
  for (const { event } of run.moments) {
    if (event.kind === "OrderFilled") exposure.fill(event);
    if (event.kind !== "BookChanged" || event.bid === undefined || event.ask === undefined)
      continue;
    exposure.mark(event.instrument, event.bid + event.ask, event.at);
  }
  return exposure.result(run.moments.at(-1)?.event.at ?? 0);
}

function withLatency(venues: readonly [HedgeVenue, HedgeVenue], maker: number, taker: number) {
  return [
    { ...venues[0], latency: constantLatency(maker, maker / 2) },
    { ...venues[1], latency: constantLatency(taker, taker / 10) },
  ] as const;
}

const models: readonly FillModel[] = [
  { kind: "optimistic" },
  { kind: "power", family: 3, n: 3 },
  { kind: "pessimistic" },
];

describe("a hedge in synthetic worlds", () => {
  test.each(models)("keeps its promises at any latency when fills are $kind", (fillModel) => {
    for (const [index, takerUs] of [2_000, 60_000, 300_000].entries()) {
      for (const world of ["a", "b"]) {
        const venues = syntheticVenues(`${world}${index}`, 6 * MINUTES);
        const run = runHedge(
          hedgeConfig({ ...base, seed: index }),
          withLatency(venues, 25_000, takerUs),
          { fillModel, seed: world },
        );
        expectSound(run);
        expect(run.cyclesOver).toBeGreaterThan(0);
      }
    }
  });

  test("keeps them over many small worlds and settings", () => {
    for (let seed = 0; seed < 12; seed += 1) {
      const config = hedgeConfig({
        ...base,
        seed,
        opening: seed % 3 === 0 ? "both-limits" : "maker-taker",
        hedgeMode: seed % 4 === 1 ? "market" : "aggressive-limit",
        makerPrice: seed % 2 === 0 ? "inside" : "touch",
        delayMaxUs: seed % 2 === 0 ? 2_000_000 : 0,
      });
      const venues = syntheticVenues(`small-${seed}`, 2 * MINUTES);
      const run = runHedge(config, withLatency(venues, 10_000 * (seed + 1), 50_000), {
        seed: `${seed}`,
      });
      expectSound(run);
    }
  });

  test("ends flat after each cycle with the maker's 25 ms and the taker's 300 ms", () => {
    const venues = withLatency(syntheticVenues("asymmetry", 8 * MINUTES), 25_000, 300_000);
    const run = runHedge(hedgeConfig(base), venues);
    expectSound(run);
    expect(run.cyclesOver).toBe(4);
    const entered = run.moments.filter(
      ({ phase }, index) => phase === "IDLE" && run.moments[index - 1]?.phase === "WINDING_DOWN",
    );
    expect(entered.map(({ maker, taker }) => [maker, taker])).toEqual(Array(4).fill([0, 0]));
  });

  test("exposes more, and for longer, the slower the taker's venue is", () => {
    const market = { ...base, hedgeMode: "market" } as const;
    const exposures = [10_000, 300_000].map((takerUs) => {
      const venues = withLatency(syntheticVenues("cost", 6 * MINUTES), 25_000, takerUs);
      const run = runHedge(hedgeConfig({ ...market, cycles: 2 }), venues);
      return exposureOf(run, venues);
    });
    const [fast, slow] = exposures;
    expect([fast?.left, slow?.left]).toEqual([0, 0]);
    expect([fast?.cycles.length, slow?.cycles.length]).toEqual([2, 2]);
    expect(slow?.notionalSeconds).toBeGreaterThan(fast?.notionalSeconds ?? Number.NaN);
    expect(slow?.most).toBeLessThanOrEqual(ORDER * 0.001);
    for (const each of [fast, slow]) {
      const ofCycles = each?.cycles.reduce((sum, cycle) => sum + cycle.notionalSeconds, 0);
      expect(ofCycles).toBeCloseTo(each?.notionalSeconds ?? Number.NaN, 6);
    }
  });

  test("comes to the same digest again, and to another from another seed", () => {
    const venues = syntheticVenues("again", 2 * MINUTES);
    const run = (seed: number) => runHedge(hedgeConfig({ ...base, seed }), venues).digest;
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(9));
  });

  test("sends the same commands when it is saved and restored before every event", () => {
    for (const opening of ["maker-taker", "both-limits"] as const) {
      const config = hedgeConfig({ ...base, opening, delayMaxUs: 3_000_000 });
      const venues = withLatency(syntheticVenues("restart", 3 * MINUTES), 25_000, 300_000);
      const lived = runHedge(config, venues);
      const restarted = runHedge(config, venues, { restart: true });
      expect(restarted.digest).toBe(lived.digest);
      expect(lived.commands.length).toBeGreaterThan(50);
    }
  });
});
