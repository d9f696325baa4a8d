// Real Binance recordings, imported and read back, against a rebuild that shares no code with the importer:
// JSON.parse and Maps. Where depth and bookTicker speak of one update id, all three must agree.
// Comparable points counted by whoever collected the recordings: 503 (BTC), 471 (ETH), 1,885 (COIN-M).

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importBinanceRaw } from "../../src/data/binance/binance-raw.ts";
import { importBinanceSpotJson } from "../../src/data/binance/binance-spot-json.ts";
import type { ImportResult } from "../../src/data/importing/import-options.ts";
import { openTape } from "../../src/data/tapes/tape-reader.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_LOCAL_ONLY,
  META_VENUE_ONLY,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
} from "../../src/domain/tape.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";

/** Best bid and ask as decimals: "price size price size". */
type Touch = string;

/** Sizes by price, both as numbers; the best is looked up anew only after it was removed. */
class Side {
  readonly #sizes = new Map<number, number>();
  readonly #better: (a: number, b: number) => number;
  #best: number | undefined;

  constructor(better: (a: number, b: number) => number) {
    this.#better = better;
  }

  set(price: number, size: number): void {
    if (size === 0) {
      this.#sizes.delete(price);
      if (price === this.#best) this.#best = undefined;
      return;
    }
    this.#sizes.set(price, size);
    if (this.#best !== undefined) this.#best = this.#better(this.#best, price);
  }

  clear(): void {
    this.#sizes.clear();
    this.#best = undefined;
  }

  touch(): readonly [number, number] {
    this.#best ??= [...this.#sizes.keys()].reduce((a, b) => this.#better(a, b));
    return [this.#best, this.#sizes.get(this.#best) ?? 0];
  }
}

type RawLevels = readonly (readonly [string, string])[];
/** Any message of a capture; which fields are there depends on `e`. */
type Raw = Readonly<{
  e?: string;
  u: number;
  lastUpdateId?: number;
  bids: RawLevels;
  asks: RawLevels;
  b: RawLevels;
  a: RawLevels;
  B: string;
  A: string;
  p: string;
  q: string;
  m: boolean;
}>;

/** Reads a capture the slow, obvious way. Messages of the book in the order they take effect, with the touch after. */
class NaiveBook {
  readonly touches: Touch[] = [];
  readonly trades: string[] = [];
  compared = 0;
  agreed = 0;
  readonly #bids = new Side(Math.max);
  readonly #asks = new Side(Math.min);
  readonly #tickers = new Map<number, Touch>();
  #held: Raw[] = [];
  #lastId = -1;

  line(text: string): void {
    const message = JSON.parse(text.slice(text.indexOf("{")));
    const data: Raw = message.data ?? message;
    if (data.lastUpdateId !== undefined) this.#snapshot(data);
    else if (data.e === "depthUpdate") {
      if (this.#lastId < 0) this.#held.push(data);
      else this.#diff(data);
    } else if (data.e === "trade") {
      this.trades.push(`${Number(data.p)} ${Number(data.q)} ${data.m}`);
    } else if (data.e === "bookTicker") {
      this.#tickers.set(data.u, [data.b, data.B, data.a, data.A].map(Number).join(" "));
    }
  }

  #snapshot(data: Raw): void {
    for (const [price, size] of data.bids) this.#bids.set(Number(price), Number(size));
    for (const [price, size] of data.asks) this.#asks.set(Number(price), Number(size));
    this.#lastId = data.lastUpdateId ?? -1;
    this.touches.push(this.#touch());
    for (const held of this.#held.splice(0)) this.#diff(held);
  }

  #diff(data: Raw): void {
    if (data.u < this.#lastId) return;
    for (const [price, size] of data.b) this.#bids.set(Number(price), Number(size));
    for (const [price, size] of data.a) this.#asks.set(Number(price), Number(size));
    this.#lastId = data.u;
    const touch = this.#touch();
    if (data.b.length + data.a.length > 0) this.touches.push(touch);
    const said = this.#tickers.get(data.u);
    if (said === undefined) return;
    this.compared += 1;
    if (said === touch) this.agreed += 1;
  }

  #touch(): Touch {
    return [...this.#bids.touch(), ...this.#asks.touch()].join(" ");
  }
}

/** The touch after every book message of a tape as one view sees it, and its prints; by Maps again. */
function fromTape(path: string, tick: number, lot: number, view: "local" | "venue") {
  const tape = openTape(path);
  const touches: Touch[] = [];
  const trades: string[] = [];
  const sides = [new Side(Math.max), new Side(Math.min)] as const;
  const round = (value: number): number => Number(value.toPrecision(12));
  const skip = view === "venue" ? META_LOCAL_ONLY : META_VENUE_ONLY;
  let changed = false;
  let now = 0;
  for (let index = 0; index < tape.batchCount; index += 1) {
    const batch = tape.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const meta = batch.meta[row] as number;
      if ((meta & skip) !== 0) continue;
      const time = (view === "venue" ? batch.venueAt[row] : batch.receivedAt[row]) as number;
      if (time < now) expect.fail(`${view} time goes back`);
      now = time;
      const flight = (batch.receivedAt[row] as number) - (batch.venueAt[row] as number);
      if (flight < 1_000) expect.fail(`received ${flight} µs after it was sent`);
      const kind = meta & META_KIND;
      const price = batch.price[row] as number;
      const size = batch.size[row] as number;
      const side = sides[(meta & META_ASK) === 0 ? 0 : 1];
      if (kind === ROW_CLEAR) for (const one of sides) one.clear();
      else if (kind === ROW_DEPTH) side.set(price, size);
      else if (kind === ROW_TRADE) {
        trades.push(`${round(price * tick)} ${round(size * lot)} ${(meta & META_ASK) !== 0}`);
      }
      changed ||= kind === ROW_DEPTH;
      if ((meta & META_LAST) === 0 || !changed) continue;
      changed = false;
      const [bid, bidLots] = sides[0].touch();
      const [ask, askLots] = sides[1].touch();
      touches.push([bid * tick, bidLots * lot, ask * tick, askLots * lot].map(round).join(" "));
    }
  }
  tape.close();
  return { touches, trades };
}

const usdm: Omit<InstrumentSpec, "symbol" | "base" | "tickSize"> = {
  venueName: "binance-usdm",
  contract: "linear",
  quote: "USDT",
  lotSize: "0.001",
  contractSize: "1",
};
const cases = [
  {
    name: "USD-M BTCUSDT",
    files: ["binance-usdm-btc-eth-raw-20240808/btcusdt_20240808.gz"],
    instrument: { ...usdm, symbol: "BTCUSDT", base: "BTC", tickSize: "0.1" },
    comparable: 503,
    depth: 6_551,
    trades: 21_313,
  },
  {
    name: "USD-M ETHUSDT",
    files: ["binance-usdm-btc-eth-raw-20240808/ethusdt_20240808.gz"],
    instrument: { ...usdm, symbol: "ETHUSDT", base: "ETH", tickSize: "0.01" },
    comparable: 471,
    depth: 6_586,
    trades: 14_076,
  },
  {
    name: "COIN-M BTCUSD_PERP, two files split at midnight",
    files: [
      "binance-coinm-btcusd-perp-raw-20240808/btcusd_perp_20240808.gz",
      "binance-coinm-btcusd-perp-raw-20240808/btcusd_perp_20240809.gz",
    ],
    instrument: {
      venueName: "binance-coinm",
      symbol: "BTCUSD_PERP",
      contract: "inverse",
      base: "BTC",
      quote: "USD",
      tickSize: "0.1",
      lotSize: "1",
      contractSize: "100",
    },
    comparable: 1_885,
    depth: 26_847 + 17_948,
    trades: 2_286 + 2_949,
  },
] as const;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "binance-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(recordings === undefined)(`Binance recordings${needsRecordings}`, () => {
  for (const { name, files, instrument, comparable, depth, trades } of cases) {
    test(`${name}: the tape's book is the naive one after every message`, async () => {
      const paths = files.map((file) => join(recordings ?? "", file));
      const out = join(folder, `${instrument.symbol}.arrow`);
      const { header, report } = await importBinanceRaw({ files: paths, out, instrument });
      const naive = new NaiveBook();
      for (const path of paths) {
        for (const line of gunzipSync(readFileSync(path)).toString("utf8").split("\n")) {
          if (line !== "") naive.line(line);
        }
      }
      expect({ compared: naive.compared, agreed: naive.agreed }).toEqual({
        compared: comparable,
        agreed: comparable,
      });
      const grid = [Number(instrument.tickSize), Number(instrument.lotSize)] as const;
      const tape = fromTape(out, ...grid, "local");
      // Diffs come in their own order, so the venue's cursor sees the same books; prints come between others.
      const venue = fromTape(out, ...grid, "venue");
      expect(venue.touches.length).toBe(tape.touches.length);
      expect(firstDifference(venue.touches, tape.touches)).toBeUndefined();
      expect(firstDifference(venue.trades, tape.trades)).toBeUndefined();
      expect(tape.touches.length).toBe(naive.touches.length);
      expect(firstDifference(tape.touches, naive.touches)).toBeUndefined();
      expect(firstDifference(tape.trades, naive.trades)).toBeUndefined();
      expect(tape.trades.length).toBe(trades);
      expect(counted(report, "depth diffs")).toBe(depth);
      expect(report.agreed).toBe(report.compared);
      expect(report.compared).toBeGreaterThanOrEqual(comparable);
      expect(report).toMatchObject({ gapCount: 0, crossedBooks: 0, lockedBooks: 0 });
      expect(report).toMatchObject({ outageCount: 0, duplicatesDropped: 0, lateMessages: 0 });
      // The recorder's clock was about 1.27 s slow.
      expect(header.clockCorrectionUs).toBeGreaterThan(-1_276_000);
      expect(header.clockCorrectionUs).toBeLessThan(-1_265_000);
    }, 60_000);
  }

  test("spot ETHBTC of 2020: one diff precedes the snapshot, nothing crosses", async () => {
    const part = (what: string): string =>
      join(
        recordings ?? "",
        `binance-spot-ethbtc-l2-deltas-20201101/ETHBTC/2020-11-01T09-00-00_${what}.json`,
      );
    const { report } = await importBinanceSpotJson({
      files: [part("snapshot"), part("update"), part("trades")],
      out: join(folder, "spot.arrow"),
      instrument: {
        venueName: "binance-spot",
        symbol: "ETHBTC",
        contract: "spot",
        base: "ETH",
        quote: "BTC",
        tickSize: "0.000001",
        lotSize: "0.001",
        contractSize: "1",
      },
    });
    expect(counted(report, "depth diffs")).toBe(3_600);
    expect(counted(report, "trades")).toBe(1_736);
    expect(counted(report, "diffs older than a snapshot")).toBe(1);
    expect(report).toMatchObject({ gapCount: 0, crossedBooks: 0, lockedBooks: 0 });
  });
});

function counted(report: ImportResult["report"], what: string): number | undefined {
  return report.counted.find((one) => one.what === what)?.count;
}

/** Where two lists part, with both values; undefined when one begins with the other. */
function firstDifference(left: readonly string[], right: readonly string[]): string | undefined {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? undefined : `${at}: ${left[at]} | ${right[at]}`;
}
