// A million one-minute bars of a drifting price, and a bot that wants every one of them and trades on few.
// Inside the clock: the candle market, bars told, journal, risk, state and summary.

import { generic } from "../../../sim/exchange/profiles/generic.ts";
import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import type { LatencySpec } from "../../../sim/network/latency.ts";
import { ScenarioRun } from "../../../sim/scenario/scenario-run.ts";
import { memoryBars } from "../../data/bars/bars-collect.ts";
import type { BarBatch, BarHeader } from "../../domain/bar-tape.ts";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import { instrumentOf } from "../../domain/instrument.ts";
import {
  durationUs,
  instrumentId,
  orderId,
  priceTicks,
  sizeLots,
  venueId,
} from "../../domain/units.ts";
import type { BarSource } from "../../ports/bar-source.ts";
import type { Strategy } from "../../ports/strategy.ts";
import { SummaryCollector } from "../../report/summary-collector.ts";
import { nodeHasher } from "../node-hasher.ts";
import type { Benchmark } from "./harness.ts";

const BARS = 1_000_000;
const BARS_PER_BATCH = 65_536;
const MINUTE_US = 60_000_000;
const START_US = 1_600_000_020_000_000;
/** One order in so many bars: about one a day and a half. */
const BARS_PER_ORDER = 2_000;
const LATENCY: LatencySpec = { kind: "constant", us: 20_000 };
const CASH = "1000000";
const spec: InstrumentSpec = {
  venueName: "synth",
  symbol: "BARS",
  contract: "linear",
  base: "BARS",
  quote: "USD",
  tickSize: "0.01",
  lotSize: "0.001",
  contractSize: "1",
};

export const candleBenchmarks: readonly Benchmark[] = [
  {
    name: "candles",
    text: "one-minute bars, each told to a bot that buys and sells now and then",
    unit: "bars",
    target: 1_000_000,
    prepare() {
      const source = bars();
      const instruments = [instrumentOf(spec, instrumentId(0), venueId(0))];
      return {
        count: BARS,
        run() {
          const observer = new SummaryCollector({ instruments, startingCash: [CASH] });
          const run = withAmbientTrap(() => {
            const scenario = scenarioOf(source);
            return new ScenarioRun(scenario, { hasher: nodeHasher, observer }).finish();
          });
          return () => `${run.digest} ${observer.summary(run).fills.count} fills`;
        },
      };
    },
  },
];

function scenarioOf(source: BarSource) {
  const latency = { place: LATENCY, cancel: LATENCY, amend: LATENCY, response: LATENCY };
  return {
    seed: "1",
    venues: [{ name: "synth", profile: generic, latency, startingCash: CASH }],
    instruments: [
      {
        spec,
        venue: "synth",
        recording: {
          kind: "bars",
          source,
          spreadTicks: 2,
          volumeShareMaxBps: 1_000,
          arrivalGraceUs: 0,
        },
      },
    ],
    fillModel: { kind: "pessimistic" },
    strategy: nowAndThen,
    risk: {},
    facts: {},
  } as const;
}

/** Buys at the market, then sells, then buys. */
function nowAndThen(): Strategy {
  let seen = 0;
  let orders = 0;
  return {
    name: "now-and-then",
    wants: [{ instrument: instrumentId(0), bars: [durationUs(MINUTE_US)] }],
    decide(event) {
      if (event.kind !== "BarClosed") return [];
      seen += 1;
      if (seen % BARS_PER_ORDER !== 0) return [];
      orders += 1;
      return [
        {
          kind: "PlaceOrder",
          instrument: instrumentId(0),
          orderId: orderId(orders),
          side: orders % 2 === 1 ? "bid" : "ask",
          price: undefined,
          size: sizeLots(10),
          timeInForce: "IOC",
          reduceOnly: false,
        },
      ];
    },
    save: () => null,
    restore: () => undefined,
  };
}

/** Closes walk up and down by a congruential generator; the same bars on every machine. */
function bars(): BarSource {
  const batches: BarBatch[] = [];
  let close = priceTicks(5_000_000) as number;
  let state = 12_345;
  for (let first = 0; first < BARS; first += BARS_PER_BATCH) {
    const rows = Math.min(BARS_PER_BATCH, BARS - first);
    const batch = emptyBatch(rows);
    for (let row = 0; row < rows; row += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const open = close;
      close = Math.max(1_000_000, open + ((state >>> 16) % 2_001) - 1_000);
      batch.openAt[row] = START_US + (first + row) * MINUTE_US;
      batch.open[row] = open;
      batch.close[row] = close;
      batch.high[row] = Math.max(open, close) + ((state >>> 8) % 200);
      batch.low[row] = Math.min(open, close) - (state % 200);
      batch.volume[row] = 1_000 + ((state >>> 12) % 9_000);
    }
    batches.push(batch);
  }
  const header: BarHeader = {
    instrument: spec,
    periodUs: MINUTE_US,
    bars: BARS,
    firstOpenAt: START_US,
    lastOpenAt: START_US + (BARS - 1) * MINUTE_US,
    missingBars: 0,
    importer: "bench",
    sources: [],
  };
  return memoryBars(header, batches);
}

function emptyBatch(rows: number): BarBatch {
  return {
    rows,
    openAt: new Float64Array(rows),
    open: new Int32Array(rows),
    high: new Int32Array(rows),
    low: new Int32Array(rows),
    close: new Int32Array(rows),
    volume: new Float64Array(rows),
    complete: new Uint8Array(rows).fill(1),
  };
}
