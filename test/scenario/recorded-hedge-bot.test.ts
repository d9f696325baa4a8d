// The hedge bot over real books, by the rules of GRVT + Lighter and of Extended + Lighter. No two recordings here are of
// one linear instrument on two venues in the same minutes (the only such pair has an inverse contract), so each run sees
// one recording from two venues: the books are the same, the rules, delays and queues are each venue's own. What this
// cannot show is a spread between venues; what it shows is that every cycle ends flat, and what it left exposed.

import { afterAll, describe, expect, test } from "vitest";
import type { VenueProfile } from "../../sim/exchange/profile.ts";
import { extended } from "../../sim/exchange/profiles/extended.ts";
import { grvt } from "../../sim/exchange/profiles/grvt.ts";
import { lighter } from "../../sim/exchange/profiles/lighter.ts";
import type { OrderFilled } from "../../src/domain/event.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import type { TapeSource } from "../../src/ports/tape-source.ts";
import type { PairExposure } from "../../src/report/unhedged-exposure.ts";
import { UnhedgedExposure } from "../../src/report/unhedged-exposure.ts";
import type { HedgeConfig } from "../../strategies/hedge/hedge-config.ts";
import { hedgeConfig } from "../support/hedge-config.ts";
import type { HedgeRun, HedgeVenue } from "../support/hedge-rig.ts";
import { runHedge } from "../support/hedge-rig.ts";
import type { RecordedName } from "../support/recorded-tapes.ts";
import { RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import { constantLatency } from "../support/run-rig.ts";
import { fillsBeyondLevels } from "../support/tape-budget.ts";

const SECOND = 1_000_000;

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

/** What the pair exposed, from the run's own events. */
function exposureOf(run: HedgeRun, tape: TapeSource): PairExposure {
  const pair = {
    ...{ first: instrumentId(0), second: instrumentId(1) },
    ...{ firstMultiplier: 1, secondMultiplier: 1 },
  };
  const instruments = [0, 1].map((index) =>
    instrumentOf(tape.header.instrument, instrumentId(index), venueId(index)),
  );
  const exposure = new UnhedgedExposure(pair, instruments);
  for (const { event } of run.moments) {
    if (event.kind === "OrderFilled") exposure.fill(event);
    if (event.kind !== "BookChanged" || event.bid === undefined || event.ask === undefined)
      continue;
    exposure.mark(event.instrument, event.bid + event.ask, event.at);
  }
  return exposure.result(run.moments.at(-1)?.event.at ?? 0);
}

type Case = Readonly<{
  title: string;
  name: RecordedName;
  profile: VenueProfile;
  orderLots: number;
  /** Lighter's least order, 10 dollars, in ticks × lots. */
  leastTickLots: number;
  buildUs: number;
}>;

const cases: readonly Case[] = [
  {
    ...{ title: "GRVT + Lighter", name: "binance-btc", profile: grvt },
    ...{ orderLots: 20, leastTickLots: 100_000, buildUs: 40 * SECOND },
  },
  {
    ...{ title: "Extended + Lighter", name: "hyperliquid-btc", profile: extended },
    ...{ orderLots: 2_000, leastTickLots: 1_000_000, buildUs: 200 * SECOND },
  },
];

async function hedged(
  { name, profile, orderLots, leastTickLots, buildUs }: Case,
  changed: Partial<HedgeConfig> = {},
) {
  const { recording } = await tapes.open(name);
  const tape = recording.source as TapeSource;
  const maker: HedgeVenue = { tape, profile, latency: constantLatency(25_000, 25_000) };
  const taker: HedgeVenue = { tape, profile: lighter, latency: constantLatency(40_000, 40_000) };
  const leg = { baseMultiplier: 1, lotsMin: 1 };
  const config = hedgeConfig({
    maker: { ...leg, instrument: 0, notionalMinTickLots: 0 },
    taker: { ...leg, instrument: 1, notionalMinTickLots: leastTickLots },
    ...{ cycles: 3, direction: "random", makerPrice: "touch", makerOrderUs: 5 * SECOND },
    ...{ orderLots, cycleLots: 2 * orderLots, positionMaxLots: 2 * orderLots },
    ...{ holdMinUs: 10 * SECOND, holdMaxUs: 20 * SECOND, buildUs },
    ...{ windDownUs: 40 * SECOND, ...changed },
  });
  return { tape, config, run: runHedge(config, [maker, taker]) };
}

describe.skipIf(recordings === undefined)(`the hedge bot over recordings${needsRecordings}`, () => {
  test.each(cases)(
    "$title over $name: every cycle ends flat, and what it exposed is told",
    async (of) => {
      const { run, tape, config } = await hedged(of);
      expect(run.halts).toEqual([]);
      expect(run.cyclesOver).toBe(3);
      const ends = run.moments.filter(
        ({ phase }, index) =>
          phase === "IDLE" && (run.moments[index - 1]?.phase ?? "IDLE") !== "IDLE",
      );
      expect(ends.map(({ maker, taker }) => [maker, taker])).toEqual(Array(3).fill([0, 0]));
      const exposure = exposureOf(run, tape);
      expect(exposure.left).toBe(0);
      expect(exposure.cycles.length).toBeGreaterThanOrEqual(3);
      for (const cycle of exposure.cycles) expect(cycle.notionalSeconds).toBeGreaterThan(0);
      const sum = exposure.cycles.reduce((total, each) => total + each.notionalSeconds, 0);
      expect(exposure.notionalSeconds / sum).toBeCloseTo(1, 9);
      const { lotSize } = tape.header.instrument;
      expect(exposure.most).toBeLessThanOrEqual(config.orderLots * Number(lotSize) * 1.000001);
      // Nobody was filled with more than the recording shows, on either venue.
      for (const id of [0, 1]) {
        const fills = run.moments.flatMap(({ event }) =>
          event.kind === "OrderFilled" && event.instrument === id ? [event as OrderFilled] : [],
        );
        expect(fills.length).toBeGreaterThan(5);
        expect(fillsBeyondLevels(tape, fills, "queue")).toEqual([]);
      }
    },
  );
});
