// Bars out of bars and out of prints: by hand, and against what exchanges published themselves.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { BarValues } from "../../../../src/data/bars/bars-collect.ts";
import { eachBar } from "../../../../src/data/bars/bars-collect.ts";
import { BarsFromTrades, resampleBars } from "../../../../src/data/bars/bars-resample.ts";
import { readCandles } from "../../../../src/data/candles/candles-csv.ts";
import { DecimalGrid } from "../../../../src/data/fields/decimal-grid.ts";
import type { BarSource } from "../../../../src/ports/bar-source.ts";
import { barInstrument, barsOf, MINUTE_US } from "../../../support/bars.ts";
import { needsRecordings, recordings } from "../../../support/recordings.ts";

const values = (source: BarSource) =>
  [...eachBar(source)].map((bar) => [
    bar.openAt / MINUTE_US,
    bar.open,
    bar.high,
    bar.low,
    bar.close,
    bar.volume,
    bar.complete,
  ]);

describe("resampleBars", () => {
  test("joins minutes, and calls only what the recording covers complete", () => {
    const minutes = barsOf(
      [[5, 6, 4, 5, 1], [5, 9, 5, 7, 2], undefined, [7, 8, 3, 4, 3], [4, 4, 4, 4, 4]],
      { firstOpenAt: MINUTE_US },
    );
    expect(values(resampleBars(minutes, 2 * MINUTE_US))).toEqual([
      [0, 5, 6, 4, 5, 1, false],
      [2, 5, 9, 5, 7, 2, true],
      [4, 7, 8, 3, 4, 7, true],
    ]);
    expect(values(resampleBars(minutes, 3 * MINUTE_US)).at(-1)).toEqual([3, 7, 8, 3, 4, 7, true]);
    expect(values(resampleBars(minutes, 10 * MINUTE_US))).toEqual([[0, 5, 9, 3, 4, 10, false]]);
  });

  test("hands an unfinished part on", () => {
    const minutes = barsOf([
      [5, 6, 4, 5, 1],
      [5, 9, 5, 7, 2],
    ]);
    minutes.batch(0).complete[1] = 0;
    expect(values(resampleBars(minutes, 2 * MINUTE_US))).toEqual([[0, 5, 9, 4, 7, 3, false]]);
  });

  test("does not take a period that is no multiple", () => {
    expect(() => resampleBars(barsOf([[1, 1, 1, 1, 1]]), MINUTE_US * 1.5)).toThrow(/multiple/);
  });
});

describe("BarsFromTrades", () => {
  const origin = {
    instrument: barInstrument,
    periodUs: MINUTE_US,
    importer: "hand",
    sources: [],
  };

  test("leaves out a minute without a print; the last minute is complete only when known to be", () => {
    for (const [until, complete] of [
      [3 * MINUTE_US - 1, false],
      [3 * MINUTE_US, true],
    ] as const) {
      const bars = new BarsFromTrades(origin);
      bars.trade(1, 10, 1);
      bars.trade(MINUTE_US - 1, 12, 2);
      bars.trade(2 * MINUTE_US, 9, 3);
      expect(values(bars.finish(until))).toEqual([
        [0, 10, 12, 10, 12, 3, true],
        [2, 9, 9, 9, 9, 3, complete],
      ]);
    }
  });
});

const spot = (symbol: string, base: string) =>
  ({
    venueName: "recorded",
    symbol,
    contract: "spot",
    base,
    quote: "USDT",
    contractSize: "1",
  }) as const;

describe.skipIf(recordings === undefined)(`recorded candles${needsRecordings}`, () => {
  const folder = join(recordings ?? "", "binance-spot-candles-2024");
  const grids = [
    ["BTC", "0.01", "0.000001", 5_980, 249],
    ["ETH", "0.01", "0.0001", 5_980, 249],
    ["SOL", "0.01", "0.001", 6_002, 250],
    ["XRP", "0.0001", "1", 6_002, 250],
    ["DOGE", "0.00001", "1", 6_002, 250],
  ] as const;

  test.each(grids)("%s: five minutes rebuild every hour and day", async (...grid) => {
    const [coin, tickSize, lotSize, hours, days] = grid;
    const instrument = { ...spot(`${coin}/USDT`, coin), tickSize, lotSize };
    const bars = async (period: string) =>
      (await readCandles(join(folder, `${coin}_USDT-${period}.csv.gz`), { instrument })).bars;
    const fives = await bars("5m");
    for (const [period, count] of [
      ["1h", hours],
      ["1d", days],
    ] as const) {
      const published = await bars(period);
      expect(published.header.bars).toBe(count);
      const rebuilt = new Map<number, BarValues>();
      const { periodUs } = published.header;
      for (const bar of eachBar(resampleBars(fives, periodUs))) rebuilt.set(bar.openAt, bar);
      const differing = [...eachBar(published)].filter((bar) => {
        const ours = rebuilt.get(bar.openAt);
        const { complete: _, ...recorded } = bar;
        return (
          ours === undefined || JSON.stringify({ ...ours, ...recorded }) !== JSON.stringify(ours)
        );
      });
      expect(differing).toEqual([]);
    }
  });

  test("trades rebuild all 2,469 published minutes of XRP/ETH", async () => {
    const set = join(recordings ?? "", "freqtrade-trades-and-candles");
    const instrument = { ...spot("XRP/ETH", "XRP"), tickSize: "0.00000001", lotSize: "1" };
    const { bars: published } = await readCandles(join(set, "XRP_ETH-1m.csv.gz"), { instrument });
    const text = gunzipSync(readFileSync(join(set, "XRP_ETH-trades.json.gz"))).toString();
    const trades = JSON.parse(text) as [number, string, null, string, number, number, number][];
    const ticks = new DecimalGrid(instrument.tickSize);
    const built = new BarsFromTrades({
      instrument,
      periodUs: MINUTE_US,
      importer: "test",
      sources: [],
    });
    for (const [at, , , , price, amount] of trades) {
      const bytes = Buffer.from(price.toFixed(8));
      built.trade(at * 1_000, ticks.steps(bytes, 0, bytes.length), amount);
    }
    expect(published.header.bars).toBe(2_469);
    expect(values(built.finish())).toEqual(values(published));
  });

  // The set's notes: the venue itself published other bars for these hours than for their twelve parts.
  test.each([
    ["BTC", ["2025-04-20T10", "2025-06-08T10", "2025-07-19T10"]],
    ["ETH", ["2025-04-20T10", "2025-07-19T10"]],
  ] as const)(
    "Hyperliquid %s: five minutes rebuild 3,210 hours but the known few",
    async (coin, known) => {
      const set = join(recordings ?? "", "hyperliquid-perp-candles-funding-btc-eth");
      const tickSize = coin === "BTC" ? "1" : "0.1";
      const instrument = { ...spot(coin, coin), contract: "linear", tickSize } as const;
      const bars = async (period: string) => {
        const file = join(set, `${coin}_USDC_USDC-${period}-futures.csv.gz`);
        return (await readCandles(file, { instrument: { ...instrument, lotSize: "0.00001" } }))
          .bars;
      };
      const [fives, hours] = [await bars("5m"), await bars("1h")];
      const published = new Map([...eachBar(hours)].map((bar) => [bar.openAt, bar]));
      const rebuilt = [...eachBar(resampleBars(fives, hours.header.periodUs))];
      const shared = rebuilt.filter(({ openAt, complete }) => complete && published.has(openAt));
      const prices = (bar: BarValues | undefined) => [bar?.open, bar?.high, bar?.low, bar?.close];
      const differing = shared.filter(
        (bar) => prices(bar).join() !== prices(published.get(bar.openAt)).join(),
      );
      expect(shared).toHaveLength(3_210);
      const hourOf = ({ openAt }: BarValues) => new Date(openAt / 1e3).toISOString().slice(0, 13);
      expect(differing.map(hourOf)).toEqual(known);
    },
  );
});
