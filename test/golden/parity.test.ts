// Holds the compatibility engine against the published figures of MM-1 on SYNTH-1: 32 runs of a
// foreign engine (hftbacktest, crate 0.9.4), each with six queue models' orders, fills and money.
// Nothing here was printed by our own code. Fees are compared to 1e-6: the published sums are of
// doubles, ours of whole numbers.

import { beforeAll, describe, expect, test } from "vitest";
import { CompatEngine } from "../../sim/exchange/compatibility/engine.ts";
import { runMm1 } from "../../sim/exchange/compatibility/mm-1.ts";
import type { QueueModelSpec } from "../../sim/exchange/compatibility/queue-models.ts";
import type { Synth1Columns } from "../../sim/market/synth-1.ts";
import { synth1 } from "../../sim/market/synth-1.ts";

const NS_PER_MS = 1_000_000;
const LOT_SIZE = 0.001;
const LOTS_PER_UNIT = 1_000;
/** Tick 0.1, lot 0.001, contract size 1. */
const MONEY = { tickLotsPerUnit: 10_000, makerFee: -0.00005, takerFee: 0.0007 };

const riskAverse: QueueModelSpec = { kind: "risk-averse" };
const power1 = (exponent: number): QueueModelSpec => ({ kind: "power-1", exponent });
const power2 = (exponent: number): QueueModelSpec => ({ kind: "power-2", exponent });
const power3 = (exponent: number): QueueModelSpec => ({ kind: "power-3", exponent });
const log1: QueueModelSpec = { kind: "log-1", lotSize: LOT_SIZE };
const log2: QueueModelSpec = { kind: "log-2", lotSize: LOT_SIZE };

type Figure = readonly [
  model: QueueModelSpec,
  intervalMs: number,
  latencyMs: readonly [entry: number, response: number],
  rows: number,
  orders: number,
  cancels: number,
  fills: number,
  position: string,
  balance: string,
  fee: number,
];

const FIGURES: readonly Figure[] = [
  [power3(3), 100, [1, 1], 5_000_000, 75581, 17831, 56301, "0.650", "-19502.351000", -844.69864],
  [power3(3), 10, [1, 1], 5_000_000, 185397, 58245, 121004, "0.860", "-25799.430000", -1815.455588],
  [power3(3), 100, [1, 1], 1_000_000, 15121, 3589, 11250, "-1.000", "30003.691000", -168.756879],
  [power3(3), 10, [1, 1], 1_000_000, 37073, 11694, 24188, "-0.960", "28809.441000", -362.834704],
  [power3(3), 100, [20, 15], 1_000_000, 14159, 4227, 8368, "-0.740", "22204.384000", -125.525235],
  [power3(3), 10, [20, 15], 1_000_000, 28742, 16783, 15043, "-0.950", "28504.591000", -225.654008],
  [power3(3), 100, [20, 15], 5_000_000, 70710, 21088, 42092, "0.360", "-10794.244000", -631.517126],
  [
    power3(3),
    10,
    [20, 15],
    5_000_000,
    143554,
    83162,
    75242,
    "0.700",
    "-21000.297000",
    -1128.874162,
  ],
  [riskAverse, 100, [1, 1], 1_000_000, 15089, 3590, 11218, "-1.000", "30003.603000", -168.276859],
  [riskAverse, 10, [1, 1], 1_000_000, 36971, 11694, 24090, "-0.960", "28809.526000", -361.364627],
  [riskAverse, 100, [1, 1], 5_000_000, 75472, 17862, 56163, "0.650", "-19502.536000", -842.628255],
  [
    riskAverse,
    10,
    [1, 1],
    5_000_000,
    184996,
    58278,
    120567,
    "0.870",
    "-26098.627000",
    -1808.899161,
  ],
  [power1(3), 100, [1, 1], 1_000_000, 15392, 3463, 11640, "-1.000", "30003.828000", -174.607088],
  [power1(3), 10, [1, 1], 1_000_000, 38686, 11658, 25816, "-0.720", "21610.333000", -387.255679],
  [power1(3), 100, [1, 1], 5_000_000, 76833, 17151, 58215, "0.590", "-17704.756000", -873.414925],
  [power1(3), 10, [1, 1], 5_000_000, 193304, 58025, 129016, "0.880", "-26388.635000", -1935.662062],
  [power2(3), 100, [1, 1], 1_000_000, 16218, 2810, 13104, "-0.520", "15605.638000", -196.568112],
  [power2(3), 10, [1, 1], 1_000_000, 47016, 11375, 34300, "-1.000", "30015.125000", -514.520852],
  [power2(3), 100, [1, 1], 5_000_000, 81027, 13759, 65736, "0.740", "-22186.927000", -986.254537],
  [power2(3), 10, [1, 1], 5_000_000, 234927, 56721, 171356, "0.580", "-17373.228000", -2570.898658],
  [power3(2), 100, [1, 1], 1_000_000, 15235, 3570, 11380, "-1.000", "30003.841000", -170.706958],
  [power3(2), 10, [1, 1], 1_000_000, 37425, 11678, 24554, "-0.980", "29410.373000", -368.324911],
  [power3(2), 100, [1, 1], 5_000_000, 76095, 17697, 56936, "0.600", "-18001.573000", -854.225751],
  [power3(2), 10, [1, 1], 5_000_000, 187284, 58140, 122989, "0.850", "-25502.013000", -1845.237094],
  [log1, 100, [1, 1], 1_000_000, 15924, 3182, 12443, "-0.430", "12904.423000", -186.652721],
  [log1, 10, [1, 1], 1_000_000, 42274, 11555, 29440, "-0.540", "16213.097000", -441.618016],
  [log1, 100, [1, 1], 5_000_000, 79481, 15706, 62265, "0.750", "-22493.124000", -934.178368],
  [log1, 10, [1, 1], 5_000_000, 211224, 57461, 147253, "0.730", "-21881.095000", -2209.27611],
  [log2, 100, [1, 1], 1_000_000, 15707, 3348, 12065, "-0.770", "23105.656000", -180.982459],
  [log2, 10, [1, 1], 1_000_000, 40229, 11641, 27337, "-0.610", "18313.883000", -410.071765],
  [log2, 100, [1, 1], 5_000_000, 78318, 16602, 60226, "0.680", "-20395.445000", -903.586574],
  [log2, 10, [1, 1], 5_000_000, 200617, 57832, 136437, "0.850", "-25488.960000", -2047.000822],
];

const streams = new Map<number, Synth1Columns>();

beforeAll(() => {
  for (const rows of [1_000_000, 5_000_000]) streams.set(rows, synth1(rows));
});

function nameOf([model, intervalMs, [entryMs, responseMs], rows]: Figure): string {
  const exponent = "exponent" in model ? `(${model.exponent})` : "";
  return `${model.kind}${exponent} every ${intervalMs} ms, ${entryMs}/${responseMs} ms, ${rows} rows`;
}

describe("MM-1 on SYNTH-1 trades as published", () => {
  test("the table holds all 32 published runs", () => {
    expect(new Set(FIGURES.map(nameOf)).size).toBe(32);
  });

  for (const figure of FIGURES) {
    const [queueModel, intervalMs, latencyMs, rows] = figure;
    const [orders, cancels, fills, position, balance, fee] = figure.slice(4);
    test(nameOf(figure), () => {
      const stream = streams.get(rows);
      if (stream === undefined) throw new Error(`no stream of ${rows} rows was made`);
      const engine = new CompatEngine([
        {
          rows: stream,
          queueModel,
          money: MONEY,
          entryLatencyNs: latencyMs[0] * NS_PER_MS,
          responseLatencyNs: latencyMs[1] * NS_PER_MS,
        },
      ]);
      const sent = runMm1(engine, intervalMs * NS_PER_MS);
      const { account } = engine.local(0);
      expect({
        ...sent,
        fills: account.fills,
        position: (account.positionLots / LOTS_PER_UNIT).toFixed(3),
        balance: account.balance.toFixed(6),
      }).toEqual({ orders, cancels, fills, position, balance });
      // The published fee has six decimals, so half a digit of it is rounding already.
      expect(Math.abs(account.fee - (fee as number))).toBeLessThanOrEqual(1e-6 + 0.5e-6);
    });
  }
});
