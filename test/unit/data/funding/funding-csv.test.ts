// Funding files by hand and, where the recordings are, the published counts of the real ones.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFunding } from "../../../../src/data/funding/funding-csv.ts";
import { needsRecordings, recordings } from "../../../support/recordings.ts";

const folder = mkdtempSync(join(tmpdir(), "funding-"));
const HOUR_US = 3_600_000_000;

function read(lines: readonly string[]) {
  const path = join(folder, "funding.csv");
  writeFileSync(path, lines.join("\n"));
  return readFunding(path, { intervalUs: HOUR_US });
}

describe("readFunding", () => {
  test("keeps the recorded time and the rate in 1e-8, and counts what is late or missing", async () => {
    const { rows, report } = await read([
      "date,open,high,low,close,volume",
      "1683849600048,-0.0006133368,0,0,0,0",
      "1683853215000,0.0000125,0,0,0,0",
      "1683864000000,1e-05,0,0,0,0",
    ]);
    expect(rows).toEqual([
      { at: 1_683_849_600_048_000, rateE8: -61_334 },
      { at: 1_683_853_215_000_000, rateE8: 1_250 },
      { at: 1_683_864_000_000_000, rateE8: 1_000 },
    ]);
    expect(report).toMatchObject({
      rows: 3,
      lateRows: 1,
      worstLatenessUs: 15_000_000,
      gaps: 1,
      missingRows: 2,
      negativeRates: 1,
      rounded: 1,
    });
  });

  test("reads the columns of Binance's archive", async () => {
    const { rows } = await read([
      "calc_time,funding_interval_hours,last_funding_rate",
      "1683849600000,8,0.00010000",
    ]);
    expect(rows).toEqual([{ at: 1_683_849_600_000_000, rateE8: 10_000 }]);
  });

  test.each([
    ["other columns", ["id,price"], /:1: expected columns date \+ open/],
    [
      "a time going back",
      ["date,open", "1683849600048,0", "1683849600047,0"],
      /:3: .*after the row/,
    ],
    ["a rate that is no number", ["date,open", "1683849600048,x"], /:2: .*between -1 and 1, was x/],
    ["an empty rate", ["date,open", "1683849600048,"], /:2: expected a rate between/],
    ["no rows", ["date,open"], /rows of funding rates/],
    ["an empty file", [], /rows of funding rates/],
  ])("refuses %s", async (_, lines, message) => {
    await expect(read(lines)).rejects.toThrow(message);
  });
});

describe.skipIf(recordings === undefined)(`recorded funding${needsRecordings}`, () => {
  // Figures: the data set's own notes, measured when it was made.
  test.each([
    ["BTC", 18_778, 1_998],
    ["ETH", 18_778, 2_324],
  ])("%s has the published rows and negative hours", async (coin, rows, negativeRates) => {
    const name = `${coin}_USDC_USDC-1h-funding_rate.csv.gz`;
    const file = join(recordings ?? "", "hyperliquid-perp-candles-funding-btc-eth", name);
    const { report } = await readFunding(file, { intervalUs: HOUR_US });
    expect(report).toMatchObject({ rows, negativeRates, lateRows: 5, gaps: 84 });
    expect(Math.floor(report.worstLatenessUs / 1e6)).toBe(1_433);
  });
});
