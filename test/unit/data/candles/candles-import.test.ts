// The whole way of a candle file: read, written, opened again, and reported in words.

import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openBars } from "../../../../src/data/bars/bars-file.ts";
import { candleReportLines, importCandles } from "../../../../src/data/candles/candles-import.ts";

const folder = mkdtempSync(join(tmpdir(), "candles-import-"));
const instrument = {
  venueName: "test",
  symbol: "ABC/USD",
  contract: "spot",
  base: "ABC",
  quote: "USD",
  contractSize: "1",
} as const;

test("writes a bar file that opens again, and says what was concluded and what is missing", async () => {
  const [file, out] = [join(folder, "a.csv"), join(folder, "a.arrow")];
  writeFileSync(
    file,
    [
      "date,open,high,low,close,volume",
      "1704067200000,10.5,11,10,10.5,3",
      "1704067260000,10.5,11,10,10.5,0",
      "1704067380000,10.5,11,10,10.5,1",
    ].join("\n"),
  );
  const result = await importCandles({ file, out, instrument });
  expect(openBars(out).header).toEqual(result.header);
  expect(candleReportLines(result)).toEqual([
    "instrument      test ABC/USD spot, tick 0.5, lot 1",
    "bars            3 of 60 s, opening 2024-01-01T00:00:00.000000Z to 2024-01-01T00:03:00.000000Z",
    "missing         1 bars in between, at most 1, from 2024-01-01T00:02:00.000000Z",
    "empty           1 bars without volume: nothing fills in them",
    "concluded       time unit ms from the file",
    "concluded       period (µs) 60000000 from the file",
    "concluded       tick size 0.5 from the file",
    "concluded       lot size 1 from the file",
  ]);
});

test("writes nothing when the file cannot be believed, and never over the file itself", async () => {
  const [file, out] = [join(folder, "b.csv"), join(folder, "b.arrow")];
  writeFileSync(file, "date,open,high,low,close,volume\n1704067200000,10,9,10,10,3\n");
  await expect(importCandles({ file, out, instrument, periodUs: 60_000_000 })).rejects.toThrow(
    /:2:/,
  );
  expect(existsSync(out)).toBe(false);
  await expect(importCandles({ file, out: file, instrument })).rejects.toThrow(
    /an output that is not an input/,
  );
});
