// Hyperliquid recordings by hand: differences, history, repeats, silences, refusals; and the real ones by their notes.

import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError } from "../../../../src/data/data-error.ts";
import { importHyperliquid } from "../../../../src/data/hyperliquid/hyperliquid.ts";
import { openTape } from "../../../../src/data/tapes/tape-reader.ts";
import { counted } from "../../../support/counted.ts";
import { naiveReplay } from "../../../support/naive-replay.ts";
import { needsRecordings, recordings } from "../../../support/recordings.ts";

const folder = mkdtempSync(join(tmpdir(), "hyperliquid-"));
const out = join(folder, "out.arrow");
const instrument = {
  venueName: "hyperliquid",
  symbol: "ABC",
  contract: "linear",
  base: "ABC",
  quote: "USDC",
  contractSize: "1",
} as const;

let files = 0;
function fileOf(content: string | Buffer, suffix = "jsonl"): string {
  files += 1;
  const path = join(folder, `${files}.${suffix}`);
  writeFileSync(path, content);
  return path;
}

type Levels = readonly (readonly [string, string])[];
const levels = (side: Levels) => side.map(([px, sz]) => ({ px, sz, n: 1 }));
/** A book at venue time `ms`, received half a second later. */
function book(ms: number, bids: Levels, asks: Levels, coin = "ABC"): string {
  const data = { coin, time: ms, levels: [levels(bids), levels(asks)] };
  return `${(ms + 500) * 1e6} ${JSON.stringify({ channel: "l2Book", data })}`;
}
function trade(receivedMs: number, ...prints: readonly [number, "A" | "B", string, number][]) {
  const data = prints.map(([time, side, px, tid]) => ({
    coin: "ABC",
    side,
    px,
    sz: "2",
    time,
    tid,
  }));
  return `${receivedMs * 1e6} ${JSON.stringify({ channel: "trades", data })}`;
}
const START = 1_700_000_000_000;
const [bid, ask] = [[["10", "5"]], [["11", "6"]]] as const;

function run(lines: readonly string[], grid = { tickSize: "1", lotSize: "1" }) {
  const recording = [fileOf(lines.join("\n"))];
  return importHyperliquid({ files: recording, out, instrument: { ...instrument, ...grid } });
}

function messages(): string[] {
  const told: string[] = [];
  const tape = openTape(out);
  const side = (one: ReadonlyMap<number, number>) =>
    [...one].sort((a, b) => a[0] - b[0]).map(([price, size]) => `${price}:${size}`);
  naiveReplay(tape, (message) => {
    const at = message.venueAt / 1_000 - START;
    const prints = message.trades.map((one) => `${one.aggressor} ${one.price}x${one.size}`);
    const changed = message.bookChanged;
    const sides = changed ? [`b ${side(message.bids).join(" ")} a ${side(message.asks)}`] : [];
    told.push([String(at), ...(message.gap ? ["gap"] : []), ...sides, ...prints].join(" | "));
  });
  tape.close();
  return told;
}

describe("importHyperliquid", () => {
  test("turns whole books into changes and leaves out books that repeat or are older", async () => {
    const { report, header } = await run([
      book(START, bid, ask),
      book(START, bid, ask),
      book(
        START + 500,
        [
          ["10", "5"],
          ["9", "1"],
        ],
        [["12", "6"]],
      ),
      book(START + 400, bid, ask),
    ]);
    expect(messages()).toEqual(["0 | b 10:5 a 11:6", "500 | b 9:1 10:5 a 12:6"]);
    expect(report).toMatchObject({ staleDropped: 1, messages: 2 });
    expect(counted(report, "books")).toBe(3);
    expect(counted(report, "books equal to the one before")).toBe(1);
    // clear + 2 levels, then one removed, one added, one added
    expect(header.rows).toBe(6);
  });

  test("leaves out trades replayed on subscribing and trades seen before", async () => {
    const { report } = await run([
      trade(START + 400, [START - 9, "A", "10", 1]),
      book(START, bid, ask),
      trade(
        START + 600,
        [START - 1, "A", "10", 2],
        [START + 50, "A", "10", 3],
        [START + 50, "B", "11", 4],
      ),
      trade(START + 700, [START + 50, "A", "10", 3], [START + 60, "B", "11", 5]),
    ]);
    expect(messages()).toEqual([
      "0 | b 10:5 a 11:6",
      "50 | seller 10x2 | buyer 11x2",
      "60 | buyer 11x2",
    ]);
    expect(report).toMatchObject({ staleDropped: 2, duplicatesDropped: 1 });
    expect(counted(report, "trades")).toBe(3);
  });

  test("marks a gap in a silence, restates the book after it, and takes the replay for history", async () => {
    const { report } = await run([
      book(START, bid, ask),
      trade(START + 20_000, [START + 15_000, "A", "10", 1]),
      book(START + 20_000, bid, [["12", "6"]]),
    ]);
    expect(messages()).toEqual(["0 | b 10:5 a 11:6", "10000 | gap", "20000 | b 10:5 a 12:6"]);
    expect(report).toMatchObject({ gapCount: 1, outageCount: 1, staleDropped: 1 });
  });

  test("restates the book when the recorder subscribed again", async () => {
    const data = { method: "subscribe", subscription: { type: "l2Book", coin: "ABC" } };
    const line = `${(START + 600) * 1e6} ${JSON.stringify({ channel: "subscriptionResponse", data })}`;
    const { header } = await run([book(START, bid, ask), line, book(START + 500, bid, ask)]);
    expect(header.rows).toBe(6);
  });

  test("reads the archive's framing, and passes over other coins and channels", async () => {
    const raw = JSON.parse(book(START, bid, ask).split(" ")[1] as string);
    const time = "2023-11-14T22:13:20.496545473";
    const { report, header } = await run([
      JSON.stringify({ time, ver_num: 1, raw }),
      book(START + 1, bid, ask, "XYZ"),
      `${(START + 502) * 1e6} ${JSON.stringify({ channel: "bbo", data: {} })}`,
    ]);
    expect(header).toMatchObject({ firstReceivedAt: START * 1_000 + 496_545, rows: 3 });
    expect(counted(report, "messages of other channels and coins")).toBe(2);
  });

  test("compares its book with the feed's own best bid and ask of the same time", async () => {
    const best = (ms: number, px: string) => {
      const sides = [
        { px, sz: "5", n: 1 },
        { px: "11", sz: "6", n: 1 },
      ];
      const data = { coin: "ABC", time: ms, bbo: sides };
      return `${(ms + 600) * 1e6} ${JSON.stringify({ channel: "bbo", data })}`;
    };
    const { report } = await run([
      book(START, bid, ask),
      best(START, "10"),
      best(START + 50, "10"),
      best(START + 200, "9"),
      book(START + 400, bid, ask),
      best(START + 400, "9"),
    ]);
    expect(report).toMatchObject({ compared: 2, agreed: 1 });
  });

  test("concludes tick and lot from the recording when it was not told", async () => {
    const recording = [fileOf(book(START, [["10.5", "0.25"]], [["11", "0.75"]]))];
    const { report, header } = await importHyperliquid({ files: recording, out, instrument });
    expect(header.instrument).toMatchObject({ tickSize: "0.5", lotSize: "0.25" });
    expect(counted(report, "tick size concluded from the recording: 0.5")).toBe(1);
  });

  const half = book(START, bid, ask).slice(0, 60);
  test.each([
    ["an empty file", [], /expected a recording, was an empty file/],
    ["another coin's file", [book(START, bid, ask, "XYZ")], /expected at least one book of ABC/],
    ["another format", ["time,price", "1,2"], /:1: expected "<received ns>/],
    ["a message cut off", [book(START, bid, ask), half], /:2: expected "<received ns>/],
    [
      "a book of another shape",
      ['1700000000000000000 {"channel":"l2Book","data":{}}'],
      /:1: expected/,
    ],
    ["a price off the grid", [book(START, [["10.5", "1"]], ask)], /:1: .*multiple of 1, was 10.5/],
    ["a size of NaN", [book(START, [["10", "NaN"]], ask)], /:1: .*multiple of 1, was NaN/],
    [
      "time going back",
      [book(START, bid, ask), trade(START, [START, "A", "10", 1])],
      /:2: .*received time/,
    ],
  ])("refuses %s and writes nothing", async (_, lines, message) => {
    const target = join(folder, "never.arrow");
    const running = importHyperliquid({
      files: [fileOf(lines.join("\n"))],
      out: target,
      instrument: { ...instrument, tickSize: "1", lotSize: "1" },
    });
    await expect(running).rejects.toThrow(message);
    await expect(running).rejects.toBeInstanceOf(DataError);
    expect(existsSync(target)).toBe(false);
  });

  test("refuses gzip that was cut off", async () => {
    const recording = [fileOf(gzipSync(book(START, bid, ask)).subarray(0, -9), "gz")];
    const running = importHyperliquid({ files: recording, out, instrument });
    await expect(running).rejects.toThrow(/damaged or cut off/);
  });
});

describe.skipIf(recordings === undefined)(`recorded Hyperliquid${needsRecordings}`, () => {
  /** Levels a side after every book, and what the naive replay saw. */
  function replay() {
    const tape = openTape(out);
    const sizes = new Set<string>();
    const seen = { crossed: 0, gaps: 0, trades: 0 };
    naiveReplay(tape, ({ bids, asks, trades, gap }) => {
      if (bids.size + asks.size > 0) sizes.add(`${bids.size}/${asks.size}`);
      if (Math.max(...bids.keys()) >= Math.min(...asks.keys())) seen.crossed += 1;
      if (gap) seen.gaps += 1;
      seen.trades += trades.length;
    });
    tape.close();
    return { ...seen, sizes: [...sizes] };
  }

  test("the raw BTC session: 46 books of 20 levels, history left out", async () => {
    const file = join(recordings ?? "", "hyperliquid-btc-raw-20250126", "btcusd_20250126.gz");
    const { report, header } = await importHyperliquid({
      files: [file],
      out,
      instrument: { ...instrument, symbol: "BTC", base: "BTC" },
    });
    expect(header.instrument).toMatchObject({ tickSize: "1", lotSize: "0.00001" });
    expect(report).toMatchObject({ gapCount: 0, crossedBooks: 0 });
    expect(counted(report, "books")).toBe(46);
    expect(counted(report, "books equal to the one before")).toBe(1);
    const trades = counted(report, "trades");
    expect(trades + report.staleDropped + report.duplicatesDropped).toBe(64);
    expect(report.staleDropped).toBeGreaterThan(0);
    expect(replay()).toEqual({ crossed: 0, gaps: 0, trades, sizes: ["20/20"] });
  });

  test.each([
    ["BTC", "1", "0.00001", 6_675, 0, 2_193],
    ["ETH", "0.1", "0.0001", 6_884, 17, 2_388],
  ] as const)("the %s session with an 18 s hole: one gap", async (...row) => {
    const [symbol, tickSize, lotSize, trades, repeated, compared] = row;
    const name = `hyperliquid-btc-eth-ws-shaped-20250904/${symbol}_20250904.jsonl.gz`;
    const { report, header } = await importHyperliquid({
      files: [join(recordings ?? "", name)],
      out,
      instrument: { ...instrument, symbol, base: symbol },
    });
    expect(header.instrument).toMatchObject({ tickSize, lotSize });
    expect(report).toMatchObject({ gapCount: 1, crossedBooks: 0, lockedBooks: 0 });
    // bbo is a second channel with its own best bid and ask: where both speak of one time they agree, always.
    expect(report).toMatchObject({ compared, agreed: compared });
    expect(counted(report, "books")).toBe(3_785);
    const kept = counted(report, "trades");
    expect(kept + report.staleDropped + report.duplicatesDropped).toBe(trades);
    expect(report.duplicatesDropped).toBeLessThanOrEqual(repeated);
    expect(replay()).toEqual({ crossed: 0, gaps: 1, trades: kept, sizes: ["20/20"] });
  });
});
