// Candle files by hand: what is read, what is repaired and said, what is refused and how.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { eachBar } from "../../../../src/data/bars/bars-collect.ts";
import { openBars, writeBars } from "../../../../src/data/bars/bars-file.ts";
import { readCandles } from "../../../../src/data/candles/candles-csv.ts";
import type { CandleImportOptions } from "../../../../src/data/candles/candles-survey.ts";
import { DataError } from "../../../../src/data/data-error.ts";

const folder = mkdtempSync(join(tmpdir(), "candles-"));
const instrument = {
  venueName: "test",
  symbol: "ABC/USD",
  contract: "spot",
  base: "ABC",
  quote: "USD",
  contractSize: "1",
} as const;
const HEADER = "date,open,high,low,close,volume";
const MINUTE_MS = 60_000;
/** A round minute of 2024. */
const START_MS = 1_704_067_200_000;

let files = 0;
function fileOf(content: string | Buffer, suffix = "csv"): string {
  files += 1;
  const path = join(folder, `${files}.${suffix}`);
  writeFileSync(path, content);
  return path;
}
const row = (minute: number, rest: string) => `${START_MS + minute * MINUTE_MS},${rest}`;

function read(lines: readonly string[], options: Partial<CandleImportOptions> = {}) {
  return readCandles(fileOf(`${lines.join("\n")}\n`), { instrument, ...options });
}

describe("readCandles", () => {
  const good = [HEADER, row(0, "10.5,11,10,10.25,3.5"), row(1, "10.25,10.25,10.25,10.25,0")];

  test("brings prices to ticks and volumes to lots, and says what it concluded", async () => {
    const { bars, report } = await read(good);
    expect(bars.header).toMatchObject({
      instrument: { tickSize: "0.25", lotSize: "3.5" },
      periodUs: 60_000_000,
      bars: 2,
      firstOpenAt: START_MS * 1_000,
      missingBars: 0,
    });
    expect([...eachBar(bars)]).toEqual([
      { openAt: START_MS * 1e3, open: 42, high: 44, low: 40, close: 41, volume: 1, complete: true },
      {
        openAt: (START_MS + MINUTE_MS) * 1_000,
        open: 41,
        high: 41,
        low: 41,
        close: 41,
        volume: 0,
        complete: false,
      },
    ]);
    expect(report.emptyBars).toBe(1);
    expect(report.inferred).toEqual([
      "time unit ms from the file",
      "period (µs) 60000000 from the file",
      "tick size 0.25 from the file",
      "lot size 3.5 from the file",
    ]);
  });

  test("reads gzip, CRLF, a byte order mark and columns in any order alike", async () => {
    const text =
      "\uFEFFvolume,close,low,high,open,open_time\r\n3.5,10.25,10,11,10.5,1704067200000\r\n";
    const options = { instrument: { ...instrument, tickSize: "0.25", lotSize: "0.5" } };
    const { bars } = await readCandles(fileOf(gzipSync(text), "csv.gz"), {
      ...options,
      periodUs: 60_000_000,
      lastBarComplete: true,
    });
    expect([...eachBar(bars)]).toEqual([
      { openAt: START_MS * 1e3, open: 42, high: 44, low: 40, close: 41, volume: 7, complete: true },
    ]);
  });

  test("knows a Binance klines file without a header by its twelve columns, in ms or µs", async () => {
    const kline = (at: string, next: string) =>
      `${at},10.5,11.0,10.0,10.25,3.5,${next},37.0,12,1.5,16.0,0`;
    for (const zeros of ["", "000"]) {
      const { bars } = await read([
        kline(`1704067200000${zeros}`, "1704067259999"),
        kline(`1704067260000${zeros}`, "1704067319999"),
      ]);
      expect(bars.header).toMatchObject({ bars: 2, firstOpenAt: START_MS * 1_000 });
    }
  });

  test("drops a repeated bar, counts missing ones, and undoes the noise of doubles", async () => {
    const { bars, report } = await read([
      ...good,
      good[2] as string,
      row(3, "10.5,11,10,10.250000000000002,3.5"),
      row(9, "10.5,11,10,10.25,3.5"),
    ]);
    expect(bars.header).toMatchObject({ bars: 4, missingBars: 6 });
    expect(report).toMatchObject({ duplicates: 1, emptyBars: 1, doubleNoise: 1 });
    expect(report.longestGap).toEqual({ bars: 5, from: (START_MS + 4 * MINUTE_MS) * 1_000 });
  });

  test("rounds volumes down only when asked to, and counts them", async () => {
    const options = { instrument: { ...instrument, lotSize: "1" } };
    await expect(read(good, options)).rejects.toThrow(/expected a multiple of 1, was 3.5/);
    const { report, bars } = await read(good, { ...options, volumeOffLot: "round-down" });
    expect(report.volumesRoundedDown).toBe(1);
    expect([...eachBar(bars)][0]?.volume).toBe(3);
  });

  test.each([
    ["another format", ["id,price,qty", "1,2,3"], /:1: expected columns date/],
    ["nothing", [], /an empty file/],
    ["one bar and no period", good.slice(0, 2), /enough rows to conclude the period/],
    ["a high below the close", [...good, row(2, "10.5,10.5,10,11,1")], /:4: expected low ≤ open/],
    ["a time going back", [...good, row(0, "10.5,11,10,10.25,7")], /:4: expected a bar after/],
    ["two bars at one time", [...good, row(1, "10.5,11,10,10.25,7")], /:4: expected a bar after/],
    ["a price of NaN", [...good, row(2, "NaN,11,10,10.25,7")], /:4: expected a multiple.*was NaN/],
    ["a price of zero", [...good, row(2, "0,11,0,10.25,7")], /:4: expected a price from 1/],
    ["a time of words", [HEADER, "2024-01-01,1,1,1,1,1"], /:2: expected an opening time since/],
    [
      "a time off the period",
      [...good, `${START_MS + 150_001},1,1,1,1,1`],
      /multiple of 60000000 µs/,
    ],
    ["a line cut off", [...good, row(2, "10.5,11,10")], /:4: expected at least 5 columns, was 4/],
  ])("refuses %s, naming line, value and what to do", async (_, lines, message) => {
    const reading = read(lines);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(DataError);
    await expect(reading).rejects.toThrow(/; .+/);
  });

  test("refuses a price off the grid it was told", async () => {
    const options = { instrument: { ...instrument, tickSize: "0.5" } };
    await expect(read(good, options)).rejects.toThrow(/:2: expected a multiple of 0.5, was 10.25;/);
  });

  test("refuses gzip that was cut off, and what is no gzip, and a file that is not there", async () => {
    const whole = gzipSync(`${good.join("\n")}\n`.repeat(50));
    const cut = fileOf(whole.subarray(0, whole.length - 12), "csv.gz");
    await expect(readCandles(cut, { instrument })).rejects.toThrow(/damaged or cut off/);
    const plain = fileOf(good.join("\n"), "csv.gz");
    await expect(readCandles(plain, { instrument })).rejects.toThrow(DataError);
    await expect(readCandles(join(folder, "none.csv.gz"), { instrument })).rejects.toThrow(
      DataError,
    );
    await expect(readCandles(join(folder, "none.csv"), { instrument })).rejects.toThrow(DataError);
  });
});

describe("a bar file", () => {
  test("gives back every bar and the header", async () => {
    const lines = Array.from({ length: 70_000 }, (_, minute) =>
      row(minute, "10.5,11,10,10.25,3.5"),
    );
    const { bars } = await read([HEADER, ...lines]);
    const path = join(folder, "bars.arrow");
    writeBars(path, bars);
    const opened = openBars(path);
    expect(opened.header).toEqual(bars.header);
    expect(opened.batchCount).toBe(2);
    for (const index of [0, 1]) {
      const { rows, ...columns } = bars.batch(index);
      const back = opened.batch(index);
      expect(back.rows).toBe(rows);
      for (const [name, column] of Object.entries(columns)) {
        // Bytes, since comparing 70,000 numbers one by one takes a second.
        const bytes = (view: ArrayBufferView) =>
          Buffer.from(view.buffer, view.byteOffset, view.byteLength);
        expect(bytes(back[name as keyof typeof columns]).equals(bytes(column)), name).toBe(true);
      }
    }
  });

  test("that is something else is refused", () => {
    expect(() => openBars(fileOf("hello"))).toThrow(DataError);
    expect(() => openBars(join(folder, "none.arrow"))).toThrow(DataError);
  });
});
