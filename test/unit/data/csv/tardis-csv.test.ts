// Hand-written Tardis files: snapshots, changes and prints of two files in one tape; and the vendor's sample if there.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importTardisCsv } from "../../../../src/data/csv/tardis-csv.ts";
import { DataError } from "../../../../src/data/data-error.ts";
import type { ImportResult } from "../../../../src/data/importing/import-options.ts";
import { openTape } from "../../../../src/data/tapes/tape-reader.ts";
import type { InstrumentSpec } from "../../../../src/domain/instrument.ts";
import { META_ASK, META_KIND, META_LAST, META_VENUE_ONLY } from "../../../../src/domain/tape.ts";
import { needsRecordings, recordings } from "../../../support/recordings.ts";

const instrument: InstrumentSpec = {
  venueName: "binance-futures",
  symbol: "BTCUSDT",
  contract: "linear",
  base: "BTC",
  quote: "USDT",
  tickSize: "0.01",
  lotSize: "0.001",
  contractSize: "1",
};
const US = 1_582_329_602_000_000;
const BOOK = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount";
const TRADES = "exchange,symbol,timestamp,local_timestamp,id,side,price,amount";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tardis-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Rows as "venue µs, local µs, the rest", both after the start. */
function file(name: string, header: string, rows: readonly string[]): string {
  const path = join(folder, name);
  const lines = rows.map((row) => {
    const [venue, local, ...rest] = row.split(",");
    return ["binance-futures,BTCUSDT", US + Number(venue), US + Number(local), ...rest].join(",");
  });
  const text = `${[header, ...lines].join("\n")}\n`;
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}

async function run(...files: readonly string[]): Promise<ImportResult> {
  return await importTardisCsv({ files, out: join(folder, "out.arrow"), instrument });
}

/** Our view: kind, side, ticks, lots; a "." behind the last row of a message. */
function rows(): string[] {
  const tape = openTape(join(folder, "out.arrow"));
  const found: string[] = [];
  for (let index = 0; index < tape.batchCount; index += 1) {
    const batch = tape.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const meta = batch.meta[row] as number;
      if ((meta & META_VENUE_ONLY) !== 0) continue;
      const kind = `${"DTCGMFU"[meta & META_KIND]}${(meta & META_ASK) === 0 ? "b" : "a"}`;
      const end = (meta & META_LAST) === 0 ? "" : ".";
      found.push(`${kind} ${batch.price[row]} ${batch.size[row]}${end}`);
    }
  }
  tape.close();
  return found;
}

test("merges book and prints by local time; a snapshot forgets the book", async () => {
  const { header, report } = await run(
    file("book.csv.gz", BOOK, [
      "0,10,true,bid,9681.92,0.67",
      "0,10,true,ask,9682,0.84",
      "5,20,false,ask,9682,0",
      "5,20,false,ask,9682.01,1",
      "8,40,true,bid,9681,1",
    ]),
    file("trades.csv", TRADES, [
      "3,15,1,buy,9682,0.132",
      "6,20,2,sell,9681.92,0.001",
      "7,21,3,unknown,9682,0.001",
    ]),
  );
  expect(rows()).toEqual([
    ...["Cb 0 0", "Db 968192 670", "Da 968200 840."],
    "Tb 968200 132.",
    ...["Da 968200 0", "Da 968201 1000."],
    ...["Ta 968192 1.", "Ub 968200 1."],
    ...["Cb 0 0", "Db 968100 1000."],
  ]);
  expect(header).toMatchObject({ importer: "tardis-csv 1", clockCorrectionUs: 0 });
  expect(header.sources.map((source) => source.file)).toEqual(["book.csv.gz", "trades.csv"]);
  expect(report.crossedBooks).toBe(0);
});

describe("refuses, naming file and line, and leaves no tape:", () => {
  const quotes =
    "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount";
  for (const [what, header, lines, message] of [
    ["quotes", quotes, [], "t.csv:1: expected columns"],
    [
      "a price off the grid",
      TRADES,
      ["0,1,1,buy,9682.005,1"],
      "t.csv:2: expected a multiple of 0.01",
    ],
    ["a price that is none", TRADES, ["0,1,1,buy,NaN,1"], "was NaN"],
    [
      "time that goes back",
      TRADES,
      ["0,9,1,buy,1,1", "0,8,2,buy,1,1"],
      "t.csv:3: expected a received",
    ],
    [
      "a side it does not know",
      TRADES,
      ["0,9,1,long,1,1"],
      "t.csv:2: expected buy | sell | unknown",
    ],
    ["changes without a snapshot", BOOK, ["0,9,false,bid,1,1"], "expected a snapshot before"],
    ["a level of no side", BOOK, ["0,9,true,unknown,1,1"], "t.csv:2: expected"],
  ] as const) {
    test(what, async () => {
      const outcome = await run(file("t.csv", header, lines)).catch((error: unknown) => error);
      expect(outcome).toBeInstanceOf(DataError);
      expect((outcome as DataError).message).toContain(message);
      expect(readdirSync(folder)).toEqual(["t.csv"]);
    });
  }
});

describe.skipIf(recordings === undefined)(`the vendor's sample${needsRecordings}`, () => {
  test("holds 5,267 purchases and 4,732 sales", async () => {
    const sample = "tardis-csv-binance-usdm-btc-20200222/tardis_trades.csv";
    const { report } = await run(join(recordings ?? "", sample));
    const found = rows();
    expect(found.filter((row) => row.startsWith("Tb")).length).toBe(5_267);
    expect(found.filter((row) => row.startsWith("Ta")).length).toBe(4_732);
    expect(report.outages[0]?.us).toBeGreaterThan(22_000_000);
  });
});
