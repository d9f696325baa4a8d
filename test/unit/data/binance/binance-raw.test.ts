// Hand-written Binance captures: how a book gets into step, loses it and finds it again, and what is refused.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importBinanceRaw } from "../../../../src/data/binance/binance-raw.ts";
import { DataError } from "../../../../src/data/data-error.ts";
import type { ImportOptions, ImportResult } from "../../../../src/data/importing/import-options.ts";
import { ImportStopped } from "../../../../src/data/importing/import-options.ts";
import { importReportLines } from "../../../../src/data/importing/import-report.ts";
import { checkTape } from "../../../../src/data/tapes/tape-check.ts";
import { openTape } from "../../../../src/data/tapes/tape-reader.ts";
import type { InstrumentSpec } from "../../../../src/domain/instrument.ts";
import { META_ASK, META_KIND, META_VENUE_ONLY } from "../../../../src/domain/tape.ts";

const instrument: InstrumentSpec = {
  venueName: "binance-usdm",
  symbol: "ABCUSDT",
  contract: "linear",
  base: "ABC",
  quote: "USDT",
  tickSize: "0.10",
  lotSize: "0.001",
  contractSize: "1",
};
const MS = 1_700_000_000_000;

type Level = readonly [string, string];

/** A line received `at` ms after the start. */
function line(at: number, message: object): string {
  return `${MS + at}000123 ${JSON.stringify(message)}`;
}

function depth(
  at: number,
  ids: readonly [first: number, final: number, previous: number],
  bids: readonly Level[],
  asks: readonly Level[] = [],
): string {
  const [U, u, pu] = ids;
  const T = MS + at - 10;
  const data = { e: "depthUpdate", E: T + 1, T, s: "ABCUSDT", U, u, pu, b: bids, a: asks };
  return line(at, { stream: "abcusdt@depth@0ms", data });
}

function snapshot(at: number, id: number, bids: readonly Level[], asks: readonly Level[]): string {
  return line(at, { lastUpdateId: id, E: MS + at - 20, T: MS + at - 21, bids, asks });
}

function trade(at: number, id: number, price: string, more: object = {}): string {
  const T = MS + at - 10;
  const data = { e: "trade", E: T, T, s: "ABCUSDT", t: id, p: price, q: "0.006", X: "MARKET" };
  return line(at, { stream: "abcusdt@trade", data: { ...data, m: false, ...more } });
}

function ticker(at: number, id: number, bid: Level, ask: Level): string {
  const T = MS + at - 10;
  const [b, B] = bid;
  const [a, A] = ask;
  const data = { e: "bookTicker", u: id, s: "ABCUSDT", b, B, a, A, T, E: T };
  return line(at, { stream: "abcusdt@bookTicker", data });
}

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "raw-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(lines: readonly string[], name = "abc.txt"): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((one) => `${one}\n`).join(""));
  return path;
}

async function run(
  files: readonly string[],
  more: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  return await importBinanceRaw({ files, out: join(folder, "out.arrow"), instrument, ...more });
}

/** Our view of the tape: kind, side, ticks and lots of each row; kinds as letters. */
function rows(): string[] {
  const tape = openTape(join(folder, "out.arrow"));
  const found: string[] = [];
  for (let index = 0; index < tape.batchCount; index += 1) {
    const { rows: count, meta, price, size } = tape.batch(index);
    for (let row = 0; row < count; row += 1) {
      const bits = meta[row] as number;
      if ((bits & META_VENUE_ONLY) !== 0) continue;
      const kind = "DTCGMFU"[bits & META_KIND];
      found.push(`${kind}${(bits & META_ASK) === 0 ? "b" : "a"} ${price[row]} ${size[row]}`);
    }
  }
  tape.close();
  return found;
}

const BIDS: readonly Level[] = [
  ["100.10", "5.000"],
  ["100.00", "1"],
];
const ASKS: readonly Level[] = [["100.30", "2.5"]];
const SNAPSHOT_ROWS = ["Cb 0 0", "Db 1001 5000", "Db 1000 1000", "Da 1003 2500"];

describe("a capture", () => {
  test("gets into step with a snapshot that comes after the first diffs", async () => {
    const { report } = await run([
      write([
        depth(0, [1, 5, 0], [["99.00", "1"]]),
        depth(1, [6, 9, 5], [["100.10", "5.000"]]),
        depth(2, [10, 14, 9], [["100.20", "0.004"]]),
        snapshot(3, 12, BIDS, ASKS),
        depth(4, [15, 16, 14], [["100.20", "0"]]),
      ]),
    ]);
    expect(rows()).toEqual([...SNAPSHOT_ROWS, "Db 1002 4", "Db 1002 0"]);
    expect(report.counted).toContainEqual({ what: "diffs older than a snapshot", count: 2 });
    expect(report.gapCount).toBe(0);
  });

  test("waits for the diffs when the snapshot comes first", async () => {
    await run([
      write([
        snapshot(0, 12, BIDS, ASKS),
        depth(1, [6, 9, 5], [["100.10", "7"]]),
        depth(2, [10, 14, 9], [["100.20", "0.004"]]),
      ]),
    ]);
    expect(rows()).toEqual([...SNAPSHOT_ROWS, "Db 1002 4"]);
  });

  test("marks a gap, drops the book and goes on with the next snapshot that fits", async () => {
    const { report } = await run([
      write([
        snapshot(0, 12, BIDS, ASKS),
        depth(1, [10, 14, 9], []),
        depth(2, [20, 25, 19], [["100.20", "1"]]),
        depth(3, [26, 30, 25], [["100.20", "2"]]),
        snapshot(4, 15, BIDS, ASKS),
        snapshot(5, 27, BIDS, ASKS),
        depth(6, [31, 33, 30], [["100.20", "3"]]),
      ]),
    ]);
    expect(rows()).toEqual([
      ...SNAPSHOT_ROWS,
      "Gb 0 0",
      ...SNAPSHOT_ROWS,
      "Db 1002 2000",
      "Db 1002 3000",
    ]);
    expect(report.gaps).toEqual([
      { at: (MS + 2) * 1_000 + 0, what: "depth diff with pu 19 after update 14" },
    ]);
    const older = "snapshots left out, older than the diffs at hand";
    expect(report.counted).toContainEqual({ what: older, count: 1 });
  });

  test("goes on in the next file without a snapshot of its own, plain or gzip", async () => {
    const first = write([snapshot(0, 12, BIDS, ASKS), depth(1, [13, 14, 12], [])], "1.txt");
    const second = join(folder, "2.gz");
    const text = `${depth(2, [15, 16, 14], [["100.20", "1"]])}\n`;
    // Recorders append a new gzip member each time they start.
    writeFileSync(second, Buffer.concat([gzipSync(text), gzipSync(`${trade(3, 7, "100.2")}\n`)]));
    const { header } = await run([first, second]);
    expect(rows()).toEqual([...SNAPSHOT_ROWS, "Db 1002 1000", "Tb 1002 6"]);
    expect(header.sources.map(({ file }) => file)).toEqual(["1.txt", "2.gz"]);
    expect(header.sources[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("follows spot diffs, which have no pu and no T", async () => {
    const spot = (at: number, U: number, u: number, b: readonly Level[]) =>
      line(at, { e: "depthUpdate", E: MS + at, s: "ABCUSDT", U, u, b, a: [] });
    const bare = line(1, { lastUpdateId: 12, bids: BIDS, asks: ASKS });
    await run([
      write([spot(0, 10, 12, []), bare, spot(2, 13, 14, [["100.2", "1"]]), spot(3, 16, 17, [])]),
    ]);
    expect(rows()).toEqual([...SNAPSHOT_ROWS, "Db 1002 1000", "Gb 0 0"]);
  });

  test("takes prints once, from one stream, with the aggressor's side", async () => {
    const { report } = await run([
      write([
        trade(0, 1, "100.20"),
        trade(1, 2, "100.2000", { m: true }),
        trade(2, 2, "100.20"),
        trade(3, 3, "0", { X: "NA" }),
        line(4, { e: "aggTrade", E: MS, T: MS, s: "ABCUSDT", a: 9, p: "1", q: "1", m: true }),
        trade(5, 6, "100.30"),
      ]),
    ]);
    expect(rows()).toEqual(["Tb 1002 6", "Ta 1002 6", "Tb 1003 6"]);
    expect(report.duplicatesDropped).toBe(1);
    expect(report.counted).toEqual([
      { what: "prints outside the book (X is not MARKET) left out", count: 1 },
      { what: "prints of the second trade stream left out", count: 1 },
      { what: "trade ids missing", count: 3 },
      { what: "trades", count: 3 },
    ]);
  });

  test("compares bookTicker at shared ids, before and after the book gets there", async () => {
    const { report } = await run([
      write([
        ticker(0, 14, ["100.10", "5.000"], ["100.30", "2.500"]),
        ticker(0, 15, ["1.00", "5.000"], ["100.30", "2.500"]),
        snapshot(1, 12, BIDS, ASKS),
        depth(2, [13, 14, 12], []),
        ticker(3, 14, ["100.10", "4.000"], ["100.30", "2.500"]),
        depth(4, [16, 17, 14], []),
        ticker(5, 16, ["100.10", "4.000"], ["100.30", "2.500"]),
      ]),
    ]);
    expect(report).toMatchObject({ compared: 2, agreed: 1 });
  });

  test("leaves messages of other symbols and streams out, and says so", async () => {
    const { report } = await run([
      write([
        trade(0, 1, "100.20"),
        trade(1, 2, "7", { s: "XYZUSDT" }),
        line(2, {
          stream: "x",
          data: { e: "markPriceUpdate", s: "ABCUSDT", r: "-0.1e-3", n: null },
        }),
        line(3, { result: null, id: 1 }),
      ]),
    ]);
    expect(report.rows).toBe(1);
    expect(report.counted.slice(0, 2)).toEqual([
      { what: "messages of other symbols left out", count: 2 },
      { what: "messages of other streams left out", count: 1 },
    ]);
  });

  test("makes the fastest message take a millisecond where the receive clock is slow", async () => {
    const lines = [0, 100, 200].map((at) =>
      trade(at, at + 1, "100.20", { T: MS + at + 1_270 + (at === 100 ? 3 : 9) }),
    );
    const { header, report } = await run([write(lines)]);
    // Received 1,279, 1,273 and 1,279 ms before sent; the largest decides.
    expect(header.clockCorrectionUs).toBe(-1_280_000);
    expect(header.firstReceivedAt - header.firstVenueAt).toBe(1_000);
    expect(report.clock).toContain("-1280.000 ms added to every venue time");
    expect(checkTape(join(folder, "out.arrow")).rowsFromTheFuture).toBe(0);
  });

  test("leaves clocks alone that make sense", async () => {
    const { header } = await run([write([trade(0, 1, "100.20")])]);
    expect(header.clockCorrectionUs).toBe(0);
    expect(header.firstReceivedAt - header.firstVenueAt).toBe(10_000);
  });

  test("names silences, locked books and crossed books in its report", async () => {
    const { report } = await run([
      write([
        snapshot(0, 12, BIDS, ASKS),
        depth(1, [13, 14, 12], [["100.30", "1"]]),
        depth(7_001, [15, 16, 14], [["100.40", "1"]]),
      ]),
    ]);
    expect(report).toMatchObject({ lockedBooks: 1, crossedBooks: 1, outageCount: 1 });
    const text = importReportLines(report).join("\n");
    expect(text).toContain("1 crossed, 1 locked");
    expect(text).toContain("2023-11-14T22:13:20.001000Z for 7.0 s");
  });

  test("tells how far it is, and stops when told to without a tape", async () => {
    const file = write([trade(0, 1, "100.20")]);
    const seen: number[][] = [];
    await run([file], { onProgress: (...progress) => seen.push(progress) });
    expect(seen.at(-1)?.slice(1)).toEqual([seen.at(-1)?.[2], seen.at(-1)?.[2]]);
    rmSync(join(folder, "out.arrow"));
    await expect(run([file], { shouldStop: () => true })).rejects.toThrow(ImportStopped);
    expect(readdirSync(folder)).toEqual(["abc.txt"]);
  });
});

describe("a capture is refused, naming file, line and value, and no tape is left", () => {
  const good = [snapshot(0, 12, BIDS, ASKS), depth(1, [13, 14, 12], [])];
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    [
      "another format",
      ["time,price", "1,2"],
      'abc.txt:1: expected a line of "<received ns> <JSON>"',
    ],
    ["JSON alone", [trade(0, 1, "1").slice(20)], "abc.txt:1: expected a line of"],
    ["received times in ms", [trade(0, 1, "1").replace("000123 ", " ")], "abc.txt:1: expected"],
    [
      "a line cut off",
      [...good, depth(2, [15, 16, 14], BIDS).slice(0, -30)],
      "abc.txt:3: expected",
    ],
    [
      "a price off the grid",
      [...good, depth(2, [15, 16, 14], [["100.25", "1"]])],
      "abc.txt:3: expected a multiple of 0.10, was 100.25; check tick and lot size",
    ],
    [
      "a size off the grid",
      [...good, depth(2, [15, 16, 14], [["100.20", "0.0005"]])],
      "abc.txt:3: expected a multiple of 0.001, was 0.0005",
    ],
    [
      "a price that is no number",
      [...good, depth(2, [15, 16, 14], [["NaN", "1"]])],
      "abc.txt:3: expected a multiple of 0.10, was NaN",
    ],
    [
      "a size beyond 32 bits",
      [...good, depth(2, [15, 16, 14], [["100.20", "2147483.648"]])],
      "abc.txt:3: expected a multiple of 0.001 below 2^31 steps, was 2147483.648",
    ],
    ["a print off the grid", [trade(0, 1, "100.25")], "abc.txt:1: expected a multiple of 0.10"],
    ["a print without a price", [trade(0, 1, "0.0")], "abc.txt:1: expected a multiple of one"],
    [
      "received time that goes back",
      [trade(5, 1, "100.20"), trade(4, 2, "100.20")],
      "abc.txt:2: expected a received time of at least",
    ],
    ["a file without a message of the symbol", [trade(0, 1, "1", { s: "XYZ" })], "was XYZ; check"],
    [
      "a snapshot among messages of another symbol",
      [trade(0, 1, "1", { s: "XYZ" }), snapshot(1, 13, [["100.10", "1"]], [["100.20", "1"]])],
      "expected messages of ABCUSDT, was XYZ; check",
    ],
    ["diffs without any snapshot", [depth(0, [1, 2, 0], [])], "expected a REST snapshot"],
  ];
  for (const [what, lines, message] of cases) {
    test(what, async () => {
      const outcome = await run([write(lines)]).catch((error: unknown) => error);
      expect(outcome).toBeInstanceOf(DataError);
      expect((outcome as DataError).message).toContain(message);
      expect(readdirSync(folder)).toEqual(["abc.txt"]);
    });
  }

  test("a gzip file that is cut off", async () => {
    const lines = Array.from({ length: 500 }, (_, at) => trade(at, at + 1, "100.20"));
    const zipped = gzipSync(lines.join("\n"));
    const path = join(folder, "cut.gz");
    writeFileSync(path, zipped.subarray(0, zipped.length - 20));
    await expect(run([path])).rejects.toThrow(/cut\.gz:\d+: expected a file that is readable/);
    writeFileSync(path, lines.join("\n"));
    await expect(run([path])).rejects.toThrow("its first bytes are not gzip");
    expect(existsSync(join(folder, "out.arrow"))).toBe(false);
  });

  test("an empty file, a missing one, none at all, and an output that is an input", async () => {
    await expect(run([write([])])).rejects.toThrow("was an empty file");
    await expect(run([join(folder, "none.gz")])).rejects.toThrow("expected a readable file");
    await expect(run([])).rejects.toThrow("expected at least one file");
    const file = write([trade(0, 1, "100.20")]);
    await expect(run([file], { out: file })).rejects.toThrow("an output that is not an input");
  });
});
