// A raw capture of depth diffs, made up here and written to a temporary folder, brought to a tape and thrown away.
// Counted are levels; inside the clock: reading, checking, the tape written to disk.

import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importBinanceRaw } from "../../data/binance/binance-raw.ts";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { Benchmark } from "./harness.ts";

const MESSAGES = 40_000;
/** Half on each side; what a busy perpetual sends in 100 ms. */
const LEVELS_PER_MESSAGE = 50;
const START_MS = 1_700_000_000_000;
const instrument: InstrumentSpec = {
  venueName: "binance-usdm",
  symbol: "BTCUSDT",
  contract: "linear",
  base: "BTC",
  quote: "USDT",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
};

export const importBenchmarks: readonly Benchmark[] = [
  {
    name: "import-binance-raw",
    text: "raw capture of depth diffs to a tape, 50 levels a message",
    unit: "levels",
    target: 5_000_000,
    prepare() {
      const folder = mkdtempSync(join(tmpdir(), "rehearse-bench-"));
      const file = join(folder, "capture.txt");
      const out = join(folder, "tape.arrow");
      writeCapture(file);
      return {
        count: MESSAGES * LEVELS_PER_MESSAGE,
        async run() {
          await importBinanceRaw({ files: [file], out, instrument });
          return () => createHash("sha256").update(readFileSync(out)).digest("hex");
        },
        close: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  },
];

/** A snapshot and diffs whose levels follow a congruential generator; the book never crosses. */
function writeCapture(path: string): void {
  const file = openSync(path, "w");
  let state = 1;
  const levels = (sign: 1 | -1): [string, string][] =>
    Array.from({ length: LEVELS_PER_MESSAGE / 2 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const ticks = 600_000 + sign * (1 + ((state >>> 16) % 2_000));
      const lots = state % 3 === 0 ? 0 : 1 + ((state >>> 8) % 5_000);
      return [(ticks / 10).toFixed(1), (lots / 1_000).toFixed(3)];
    });
  try {
    const first = { lastUpdateId: 1, E: START_MS, T: START_MS, bids: levels(-1), asks: levels(1) };
    writeSync(file, `${START_MS + 10}000000 ${JSON.stringify(first)}\n`);
    for (let message = 1; message <= MESSAGES; message += 1) {
      const T = START_MS + message * 100;
      const sides = { b: levels(-1), a: levels(1) };
      const ids = { U: message + 1, u: message + 1, pu: message };
      const data = { e: "depthUpdate", E: T + 1, T, s: "BTCUSDT", ...ids, ...sides };
      const line = JSON.stringify({ stream: "btcusdt@depth@0ms", data });
      writeSync(file, `${T + 10}000000 ${line}\n`);
    }
  } finally {
    closeSync(file);
  }
}
