// A bot on recorded five-minute candles, against the CSV read by this test alone: each market order sent at a close is
// filled at the open of the bar its arrival makes it part of, half a spread against it, and told when that bar closes.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { Recording } from "../../sim/scenario/scenario.ts";
import type { InstrumentId } from "../../src/domain/units.ts";
import { durationUs } from "../../src/domain/units.ts";
import { CASH, runRecorded } from "../support/recorded-run.ts";
import { CANDLE_SPREAD_TICKS, candleFile, RecordedTapes } from "../support/recorded-tapes.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";
import { constantLatency, place } from "../support/run-rig.ts";
import { ScriptedStrategy } from "../support/scripted-strategy.ts";

const PERIOD_US = 300_000_000;
const LOTS = 1_000;
const ORDER_LATENCY_US = 50_000;
const INSTRUMENT = 0 as InstrumentId;
/** Of a bar's volume fills get at most this share; see the recording's own entry. */
const VOLUME_SHARE = 0.1;
const LOTS_A_COIN = 1_000_000;

const tapes = new RecordedTapes();
afterAll(() => tapes.close());

type Candle = Readonly<{ closesAt: number; openTicks: number; lotsToTake: number }>;

function candles(): readonly Candle[] {
  const [, ...lines] = gunzipSync(readFileSync(candleFile)).toString("utf8").trim().split("\n");
  return lines.map((line) => {
    const [ms, open, , , , volume] = line.split(",").map(Number) as [number, ...number[]];
    return {
      closesAt: ms * 1_000 + PERIOD_US,
      openTicks: Math.round((open as number) * 100),
      lotsToTake: Math.floor((volume as number) * LOTS_A_COIN * VOLUME_SHARE),
    };
  });
}

/** What the script does at the close of bar `index`: it buys, sells twice as often, and leaves some bars out. */
function sideAt(index: number): "bid" | "ask" | undefined {
  if (index % 7 === 2) return "bid";
  return index % 7 === 4 || index % 14 === 9 ? "ask" : undefined;
}

describe.skipIf(recordings === undefined)(`recorded candles${needsRecordings}`, () => {
  test.each([
    { name: "within the grace: the next bar's open", arrivalGraceUs: 1_000_000, barsLater: 1 },
    { name: "without grace: the open after that", arrivalGraceUs: 0, barsLater: 2 },
  ])("market orders at each close fill $name", async ({ arrivalGraceUs, barsLater }) => {
    const bars = candles();
    const opened = await tapes.open("candles-btc");
    const recording = { ...opened.recording, arrivalGraceUs } as Recording;
    let index = -1;
    let mistimed = 0;
    const script = new ScriptedStrategy({
      wants: [{ instrument: INSTRUMENT, bars: [durationUs(PERIOD_US)] }],
      on: (event) => {
        if (event.kind !== "BarClosed") return [];
        index += 1;
        if (event.at !== bars[index]?.closesAt) mistimed += 1;
        const side = sideAt(index);
        if (side === undefined || index + barsLater + 2 > bars.length) return [];
        return [place(index + 1, side, undefined, LOTS, "IOC")];
      },
    });
    const run = runRecorded([{ name: "venue", tape: { spec: opened.spec, recording } }], {
      strategy: () => script,
      fillModel: { kind: "risk-averse" },
      latency: constantLatency(ORDER_LATENCY_US, ORDER_LATENCY_US),
    });
    const half = Math.ceil(CANDLE_SPREAD_TICKS / 2);
    const expected = bars.slice(0, -barsLater - 1).flatMap((_, bar) => {
      const side = sideAt(bar);
      const filling = bars[bar + barsLater];
      if (side === undefined || filling === undefined) return [];
      const price = filling.openTicks + (side === "bid" ? half : -half);
      return [`${bar + 1} ${side} ${LOTS}@${price} taker at ${filling.closesAt}`];
    });
    const filled = run.witness.fills.map(
      (fill) =>
        `${fill.orderId} ${fill.side} ${fill.size}@${fill.price} ${fill.liquidity} at ${fill.venueAt}`,
    );
    // The recording is deep enough for every order: none is cut by the share of volume.
    expect(Math.min(...bars.map((bar) => bar.lotsToTake))).toBeGreaterThanOrEqual(2 * LOTS);
    expect(mistimed).toBe(0);
    expect(filled).toEqual(expected);
    expect(filled.length).toBeGreaterThan(20_000);
    expect(run.witness.violations).toEqual([]);
    expect(run.witness.notes).toEqual([]);
    expect(run.bot.differences).toEqual([]);
    expect(run.witness.equity([CASH]).toFixed()).toBe(run.summary.pnl.finalEquity);
  });
});
