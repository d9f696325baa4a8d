// Holds the compatibility engine against hftbacktest 2.4.4 on RQ-1: random submits of every time in
// force, market orders, cancels and modifies, six queue models, several latencies.
// The figures were printed by that package itself (bench/peers/hftbacktest_requests.py describes
// RQ-1 and repeats them); the hash covers position, fills, cash, codes and orders after every turn.

import { describe, expect, test } from "vitest";
import { CompatEngine } from "../../sim/exchange/compatibility/engine.ts";
import type { QueueModelSpec } from "../../sim/exchange/compatibility/queue-models.ts";
import { synth1 } from "../../sim/market/synth-1.ts";

const NS_PER_MS = 1_000_000;
const ROWS = 300_000;
const MODULUS = 2_147_483_647;
const TIMES_IN_FORCE = ["GTX", "GTX", "GTC", "IOC", "FOK"] as const;

const QUEUE_MODELS: Readonly<Record<string, QueueModelSpec>> = {
  "risk-averse": { kind: "risk-averse" },
  "power-1(3)": { kind: "power-1", exponent: 3 },
  "power-2(3)": { kind: "power-2", exponent: 3 },
  "power-3(3)": { kind: "power-3", exponent: 3 },
  "log-1": { kind: "log-1", lotSize: 0.001 },
  "log-2": { kind: "log-2", lotSize: 0.001 },
};

type Figure = readonly [
  model: string,
  seed: number,
  turns: number,
  fills: number,
  positionLots: number,
  balance: string,
  fee: string,
  hash: number,
];

const FIGURES: readonly Figure[] = [
  ["risk-averse", 1, 17225, 8567, 2962, "-88861.185800", "887.374514", 1398180260],
  ["risk-averse", 2, 17068, 8792, 883, "-26487.509500", "886.276952", 192873570],
  ["power-1(3)", 3, 17156, 8663, 4748, "-142441.809500", "890.600476", 561640350],
  ["power-1(3)", 4, 17078, 8362, 2061, "-61832.558700", "898.628387", 774636928],
  ["power-2(3)", 5, 17278, 9100, 2870, "-86099.590100", "905.213189", 165009630],
  ["power-2(3)", 6, 17217, 8701, 619, "-18564.709600", "916.913011", 1667489956],
  ["power-3(3)", 7, 17061, 8624, 3836, "-115081.174400", "862.667288", 1130937435],
  ["power-3(3)", 8, 17166, 8723, 3158, "-94740.981800", "915.421807", 45872112],
  ["log-1", 9, 17097, 8452, 973, "-29192.688700", "912.685698", 397153162],
  ["log-1", 10, 17115, 8656, 803, "-24089.991900", "905.798178", 186871018],
  ["log-2", 11, 17261, 9006, 1861, "-55832.606800", "893.838921", 1872360774],
  ["log-2", 12, 17173, 8415, 2471, "-74132.129100", "899.579892", 335472480],
];

/** Runs RQ-1 to the end of data; draws come in the order its description gives. */
function runRequests(engine: CompatEngine, seed: number): { turns: number; hash: number } {
  const { account, book, orders } = engine.local(0);
  let state = seed;
  const draw = (modulus: number) => {
    state = (state * 48_271) % MODULUS;
    return (state >> 8) % modulus;
  };
  let turns = 0;
  let hash = 0;
  const mix = (value: number) => {
    const mixed = (hash * 1_000_003 + value) % MODULUS;
    hash = mixed < 0 ? mixed + MODULUS : mixed;
  };
  for (;;) {
    const milliseconds = draw(30);
    if (engine.elapse(milliseconds * NS_PER_MS + draw(1000)) !== 0) return { turns, hash };
    turns += 1;
    if (turns % 5 === 0) engine.local(0).clearInactive();
    const { bestBid, bestAsk } = book;
    let codes = 0;
    for (let look = 0; look < 3; look++) {
      const id = turns - 1 - draw(6);
      const what = draw(6);
      const to = { tick: bestBid - draw(3), lots: 1 + draw(9) };
      if (orders.get(id)?.status !== "new") continue;
      if (what === 0) codes = codes * 31 + engine.cancel(0, id);
      else if (what === 1) codes = codes * 31 + engine.modify(0, id, to);
    }
    const timeInForce = TIMES_IN_FORCE[draw(5)] ?? "GTC";
    const side = draw(2) === 0 ? "bid" : "ask";
    const kind = draw(20) === 0 ? "market" : "limit";
    const tick = (side === "bid" ? bestBid : bestAsk) + draw(3) - 1;
    const code = engine.submit(0, { id: turns, side, kind, timeInForce, tick, lots: 1 + draw(20) });
    mix(account.positionLots);
    mix(account.fills);
    mix(account.cashTickLots);
    mix(codes * 31 + code);
    mix(orders.size);
  }
}

describe("RQ-1 on SYNTH-1 ends as hftbacktest ends it", () => {
  const rows = synth1(ROWS);

  for (const [model, seed, turns, fills, positionLots, balance, fee, hash] of FIGURES) {
    test(`${model}, seed ${seed}`, () => {
      const queueModel = QUEUE_MODELS[model];
      if (queueModel === undefined) throw new Error(`no queue model is called ${model}`);
      const engine = new CompatEngine([
        {
          rows,
          queueModel,
          money: { tickLotsPerUnit: 10_000, makerFee: -0.00005, takerFee: 0.0007 },
          entryLatencyNs: (seed % 4) * 5 * NS_PER_MS,
          responseLatencyNs: (seed % 3) * 7 * NS_PER_MS,
        },
      ]);
      const ran = runRequests(engine, seed);
      const { account } = engine.local(0);
      expect({
        ...ran,
        fills: account.fills,
        positionLots: account.positionLots,
        balance: account.balance.toFixed(6),
      }).toEqual({ turns, hash, fills, positionLots, balance });
      expect(Math.abs(account.fee - Number(fee))).toBeLessThanOrEqual(1e-6 + 0.5e-6);
    });
  }
});
