// Mapped CSV by hand: every promise of the importer, every refusal; and the recorded sets against their own notes.

import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { importCsv } from "../../../../src/data/csv/csv-generic.ts";
import type { CsvMapping } from "../../../../src/data/csv/csv-generic-mapping.ts";
import { csvMappingSchema, csvPresets } from "../../../../src/data/csv/csv-generic-mapping.ts";
import { DataError } from "../../../../src/data/data-error.ts";
import { openTape } from "../../../../src/data/tapes/tape-reader.ts";
import { counted } from "../../../support/counted.ts";
import type { NaiveMessage } from "../../../support/naive-replay.ts";
import { naiveReplay } from "../../../support/naive-replay.ts";
import { needsRecordings, recordings } from "../../../support/recordings.ts";

const folder = mkdtempSync(join(tmpdir(), "csv-"));
const out = join(folder, "out.arrow");
const instrument = {
  venueName: "test",
  symbol: "ABC-USD",
  contract: "linear",
  base: "ABC",
  quote: "USD",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
} as const;
const standx = csvPresets.standx[0] as CsvMapping;
const HEADER = "recv_ts_us,exch_ts_ms,type,side,price,size";

let files = 0;
function fileOf(content: string | Buffer, suffix = "csv"): string {
  files += 1;
  const path = join(folder, `${files}.${suffix}`);
  writeFileSync(path, content);
  return path;
}

function run(lines: readonly string[], mapping: CsvMapping = standx) {
  const recording = [fileOf(`${lines.join("\n")}\n`)];
  return importCsv({ files: recording, mappings: [mapping], out, instrument });
}

/** Messages of the tape as short text: "b 100:5 | a 101:7 | buyer 101x2". */
function messages(path = out): string[] {
  const told: string[] = [];
  const tape = openTape(path);
  const side = (levels: ReadonlyMap<number, number>) =>
    [...levels].sort((a, b) => a[0] - b[0]).map(([price, size]) => `${price}:${size}`);
  naiveReplay(tape, ({ bids, asks, trades, bookChanged, venueAt, receivedAt }: NaiveMessage) => {
    const prints = trades.map((one) => `${one.aggressor} ${one.price}x${one.size}`);
    const book = bookChanged ? [`b ${side(bids).join(" ")} a ${side(asks).join(" ")}`] : [];
    told.push([`${receivedAt}/${venueAt}`, ...book, ...prints].join(" | "));
  });
  tape.close();
  return told;
}

const snapshot = ["100,0,snapshot,bid,10,0.005", "100,0,snapshot,ask,10.1,0.007"];

describe("importCsv", () => {
  test("makes a message of rows that share their times, and infers who initiated a print", async () => {
    const { report, header } = await run([
      HEADER,
      ...snapshot,
      "200,0,trade,,10.1,0.002",
      "200,0,trade,,10,0.001",
      "300,0,update,ask,10.1,0",
      "300,0,update,ask,10.3,0.001",
      "400,0,trade,,10.2,0.001",
    ]);
    expect(messages()).toEqual([
      "100/0 | b 100:5 a 101:7",
      "200/0 | buyer 101x2 | seller 100x1",
      "300/0 | b 100:5 a 103:1",
      "400/0 | unknown 102x1",
    ]);
    expect(report).toMatchObject({ messages: 4, lockedBooks: 0, crossedBooks: 0 });
    expect(report.counted).toEqual([
      { what: "books", count: 2 },
      { what: "snapshots", count: 1 },
      { what: "trades", count: 3 },
      { what: "trades taken for a buyer's by the book", count: 1 },
      { what: "trades taken for a seller's by the book", count: 1 },
      { what: "trades whose aggressor is unknown", count: 1 },
    ]);
    expect(header.importer).toBe("csv 1");
  });

  test("says nothing of a print's aggressor on a locked book", async () => {
    const { report } = await run([
      HEADER,
      ...snapshot,
      "200,0,update,bid,10.1,0.001",
      "300,0,trade,,10.1,0.002",
    ]);
    expect(report).toMatchObject({ lockedBooks: 1 });
    expect(counted(report, "trades whose aggressor is unknown")).toBe(1);
  });

  test("forgets the book at a new snapshot, and leaves out changes before the first", async () => {
    const { report } = await run([
      HEADER,
      "50,0,update,bid,9,0.001",
      ...snapshot,
      "200,0,snapshot,bid,9.9,0.001",
    ]);
    expect(messages()).toEqual(["100/0 | b 100:5 a 101:7", "200/0 | b 99:1 a "]);
    expect(counted(report, "snapshots")).toBe(2);
    expect(counted(report, "level changes before the first snapshot, left out")).toBe(1);
  });

  test("keeps changes in order when the venue's clock steps back, and says how often", async () => {
    const { report } = await run([
      HEADER,
      "20000,9,snapshot,bid,10,0.005",
      "21000,8,update,bid,10,0.001",
    ]);
    expect(counted(report, "books whose venue time stepped back, moved up")).toBe(1);
    expect(messages()).toEqual(["20000/9000 | b 100:5 a ", "21000/9000 | b 100:1 a "]);
  });

  test("shifts the venue's clock when rows arrive before they were sent, and says so", async () => {
    const { header, report } = await run([
      HEADER,
      "1000000,1500,snapshot,bid,10,0.005",
      "1200000,1600,update,bid,10,0.001",
    ]);
    expect(messages()).toEqual(["1000000/999000 | b 100:5 a ", "1200000/1099000 | b 100:1 a "]);
    expect(header.clockCorrectionUs).toBe(-501_000);
    expect(report.clock).toContain("-501.000 ms added to every venue time");
  });

  test("merges files by received time, the first given first on a tie", async () => {
    const book = fileOf(
      gzipSync(
        ["ts_ms,exch_ts_ms,seq,type,side,price,size", "2,1,7,snapshot,bid,10,0.005"].join("\n"),
      ),
      "csv.gz",
    );
    const trades = fileOf(
      ["ts_ms,exch_ts_ms,trade_id,side,price,size", "1,1,1,buy,10,1", "2,1,2,sell,10,1"].join("\n"),
    );
    const { header } = await importCsv({
      files: [book, trades],
      mappings: csvPresets["deep-book"],
      out,
      instrument,
    });
    expect(messages()).toEqual([
      "1000/1000 | buyer 100x1000",
      "2000/1000 | b 100:5 a ",
      "2000/1000 | seller 100x1000",
    ]);
    expect(header.sources).toHaveLength(2);
    expect(header.sources[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("takes another delimiter, another unit and one clock", async () => {
    const mapping = csvMappingSchema.parse({
      delimiter: ";",
      received: { column: "t", unit: "s" },
      type: { column: "kind", snapshot: ["S"], update: ["U"], trade: ["T"] },
      side: { column: "way", bid: ["1"], ask: ["2"] },
      price: "p",
      size: "q",
    });
    await run(["kind;way;q;p;t", "S;1;0.005;10;1.5", "T;2;0.001;10;2.0000019"], mapping);
    expect(messages()).toEqual(["1500000/1500000 | b 100:5 a ", "2000001/2000001 | seller 100x1"]);
  });
});

describe("importCsv refuses", () => {
  afterEach(() => {
    // Nothing half-written is left beside the recordings or under the tape's name.
    expect(readdirSync(folder).filter((name) => /tmp|partial/.test(name))).toEqual([]);
  });

  test.each([
    ["another header", ["id,price", "1,2"], /:1: expected columns recv_ts_us.*, was id, price/],
    ["an empty file", [], /expected a recording, was an empty file/],
    [
      "a price off the grid",
      [HEADER, "1,0,snapshot,bid,10.05,1"],
      /:2: .*multiple of 0.1, was 10.05/,
    ],
    ["a price of NaN", [HEADER, "1,0,snapshot,bid,NaN,1"], /:2: .*multiple of 0.1, was NaN/],
    ["an empty size", [HEADER, "1,0,snapshot,bid,10,"], /:2: .*multiple of 0.001, was ;/],
    ["a negative size", [HEADER, "1,0,snapshot,bid,10,-1"], /:2: .*a size above 0.*was -1/],
    ["an empty print", [HEADER, ...snapshot, "200,0,trade,,10,0"], /:4: .*a size above 0/],
    [
      "an unknown type",
      [HEADER, "1,0,quote,bid,10,1"],
      /:2: .*snapshot \| update \| trade, was quote/,
    ],
    ["an unknown side", [HEADER, "1,0,snapshot,x,10,1"], /:2: expected bid \| ask, was x/],
    ["a time of words", [HEADER, "now,0,snapshot,bid,10,1"], /:2: expected a time in us, was now/],
    ["a line cut off", [HEADER, "1,0,snapshot,bid"], /:2: expected at least 5 columns, was 4/],
    ["a size beyond 32 bits", [HEADER, "1,0,snapshot,bid,10,3000000"], /:2: .*below 2\^31 steps/],
    [
      "changes without a book",
      [HEADER, "1,0,update,bid,10,1"],
      /a snapshot before the first change/,
    ],
    [
      "time going back",
      [HEADER, ...snapshot, "99,0,update,bid,10,1"],
      /:4: .*received time of at least/,
    ],
  ])("%s, naming line and value, and writes nothing", async (_, lines, message) => {
    const target = join(folder, "never.arrow");
    const recording = [fileOf(lines.join("\n"))];
    const running = importCsv({ files: recording, mappings: [standx], out: target, instrument });
    await expect(running).rejects.toThrow(message);
    await expect(running).rejects.toBeInstanceOf(DataError);
    expect(existsSync(target)).toBe(false);
  });

  test("gzip that was cut off", async () => {
    const whole = gzipSync([HEADER, ...snapshot].join("\n"));
    const recording = [fileOf(whole.subarray(0, -10), "csv.gz")];
    const running = importCsv({ files: recording, mappings: [standx], out, instrument });
    await expect(running).rejects.toThrow(/damaged or cut off/);
  });
});

describe.skipIf(recordings === undefined)(`recorded csv${needsRecordings}`, () => {
  const set = (name: string) => join(recordings ?? "", name);
  const bitcoin = { ...instrument, symbol: "BTC-USD", base: "BTC", lotSize: "0.0001" };

  /** Imports one day and replays it naively; figures are those of the data set's notes. */
  async function replayStandx(day: string) {
    const file = set(`standx-btc-perp-l2-deltas-202601/standx_btc_${day}.csv.gz`);
    const { report } = await importCsv({
      files: [file],
      mappings: csvPresets.standx,
      out,
      outageUs: 15_000_000,
      instrument: { ...bitcoin, tickSize: "0.01" },
    });
    const tape = openTape(out);
    const seen = { books: 0, locked: 0, crossed: 0, notTwenty: 0, trades: 0, wrongAggressor: 0 };
    let bid = Number.NEGATIVE_INFINITY;
    let ask = Number.POSITIVE_INFINITY;
    naiveReplay(tape, (message) => {
      for (const { price, aggressor } of message.trades) {
        seen.trades += 1;
        const apart = bid < ask;
        const expected =
          apart && price >= ask ? "buyer" : apart && price <= bid ? "seller" : "unknown";
        if (aggressor !== expected) seen.wrongAggressor += 1;
      }
      if (!message.bookChanged) return;
      seen.books += 1;
      bid = Math.max(...message.bids.keys());
      ask = Math.min(...message.asks.keys());
      if (bid === ask) seen.locked += 1;
      if (bid > ask) seen.crossed += 1;
      if (message.bids.size !== 20 || message.asks.size !== 20) seen.notTwenty += 1;
    });
    tape.close();
    return { report, seen };
  }

  test.each([
    ["2026-01-06", 246_896, 165_660, "46.1", 4, [107.9, 26.5, 16.6, 16.1]],
    ["2026-01-07", 238_661, 138_195, "45.3", 2, [18.3, 15.1]],
  ] as const)("StandX %s: twenty levels, never crossed", async (...day) => {
    const [date, books, trades, locked, silences, longest] = day;
    const { report, seen } = await replayStandx(date);
    expect(seen).toMatchObject({ books, trades, crossed: 0, notTwenty: 0, wrongAggressor: 0 });
    expect(((100 * seen.locked) / seen.books).toFixed(1)).toBe(locked);
    expect(report.lockedBooks).toBe(seen.locked);
    expect(report).toMatchObject({ crossedBooks: 0, outageCount: silences });
    expect(counted(report, "books")).toBe(books);
    expect(counted(report, "trades")).toBe(trades);
    expect(report.outages.map(({ us }) => Math.round(us / 1e5) / 10)).toEqual(longest);
  });

  test("the deep book keeps a thousand levels a side", async () => {
    const name = "binance-usdm-btc-deep-book-20260216";
    const { report } = await importCsv({
      files: [
        set(`${name}/book_deltas_btc_fut_2026-02-16_04.csv.gz`),
        set(`${name}/trades_btc_fut_2026-02-16_04.csv.gz`),
      ],
      mappings: csvPresets["deep-book"],
      out,
      instrument: { ...bitcoin, lotSize: "0.001" },
    });
    // 2,559 books were recorded; 3 brought no change and so have no row.
    expect(report).toMatchObject({ crossedBooks: 0, lockedBooks: 0 });
    expect(counted(report, "books")).toBe(2_556);
    expect(counted(report, "trades")).toBe(11_947);
    const tape = openTape(out);
    const sizes = new Set<string>();
    const sides = { buyer: 0, seller: 0, unknown: 0 };
    naiveReplay(tape, ({ bids, asks, trades }) => {
      if (bids.size + asks.size > 0) sizes.add(`${bids.size}/${asks.size}`);
      for (const { aggressor } of trades) sides[aggressor] += 1;
    });
    tape.close();
    expect([...sizes]).toEqual(["1000/1000"]);
    expect(sides).toEqual({ buyer: 6_744, seller: 5_203, unknown: 0 });
  });
});
