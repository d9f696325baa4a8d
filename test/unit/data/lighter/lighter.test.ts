// Lighter recordings by hand: the chain, its gaps, history, aggressors, refusals; and the real session by its notes.

import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DataError } from "../../../../src/data/data-error.ts";
import { importLighter } from "../../../../src/data/lighter/lighter.ts";
import { openTape } from "../../../../src/data/tapes/tape-reader.ts";
import { counted } from "../../../support/counted.ts";
import { naiveReplay } from "../../../support/naive-replay.ts";
import { needsRecordings, recordings } from "../../../support/recordings.ts";

const folder = mkdtempSync(join(tmpdir(), "lighter-"));
const out = join(folder, "out.arrow");
const instrument = {
  venueName: "lighter",
  symbol: "ABC",
  contract: "linear",
  base: "ABC",
  quote: "USDC",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
} as const;

let files = 0;
function fileOf(content: string): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, content);
  return path;
}

type Levels = readonly (readonly [string, string])[];
const levels = (side: Levels) => side.map(([price, size]) => ({ price, size }));
type Entry = { ts: number; msg: unknown };

function book(offset: number, bids: Levels, asks: Levels, more: object = {}): Entry {
  const order_book = { code: 0, asks: levels(asks), bids: levels(bids), offset, ...more };
  const msg = { type: "update/order_book", channel: "order_book:1", order_book };
  return { ts: offset, msg: { ...msg, offset, timestamp: (offset - 0.5) * 1_000 } };
}
function snapshot(offset: number, bids: Levels, asks: Levels, more: object = {}): Entry {
  const entry = book(offset, bids, asks, more);
  return { ts: entry.ts, msg: { ...(entry.msg as object), type: "subscribed/order_book" } };
}
function trades(ts: number, type: string, ...ids: readonly number[]): Entry {
  const list = ids.map((trade_id) => ({
    trade_id,
    price: "10.1",
    size: "0.002",
    is_maker_ask: trade_id % 2 === 0,
    timestamp: ts * 1_000 - 100,
  }));
  return { ts, msg: { type, channel: "trade:1", trades: list, liquidation_trades: null } };
}

function run(entries: readonly Entry[], as: "array" | "lines" = "lines") {
  const texts = entries.map(({ ts, msg }) => ({ ts, msg: JSON.stringify(msg) }));
  const content =
    as === "array"
      ? JSON.stringify(texts, undefined, 2)
      : texts.map((entry) => JSON.stringify(entry)).join("\n");
  return importLighter({ files: [fileOf(content)], out, instrument });
}

function messages(): string[] {
  const told: string[] = [];
  const tape = openTape(out);
  const side = (one: ReadonlyMap<number, number>) =>
    [...one].sort((a, b) => a[0] - b[0]).map(([price, size]) => `${price}:${size}`);
  naiveReplay(tape, ({ bids, asks, trades: prints, bookChanged, gap }) => {
    const sides = bookChanged ? [`b ${side(bids).join(" ")} a ${side(asks).join(" ")}`] : [];
    const printed = prints.map((one) => `${one.aggressor} ${one.price}x${one.size}`);
    told.push([...(gap ? ["gap"] : []), ...sides, ...printed].join(" | "));
  });
  tape.close();
  return told;
}

const first = snapshot(5, [["10", "0.005"]], [["10.1", "0.006"]]);

describe("importLighter", () => {
  test.each(["array", "lines"] as const)(
    "applies chained changes to the snapshot (%s)",
    async (as) => {
      const { report } = await run(
        [
          first,
          book(
            6,
            [
              ["10", "0.000"],
              ["9.9", "0.001"],
            ],
            [],
          ),
          book(7, [], [["10.1", "0.007"]]),
        ],
        as,
      );
      expect(messages()).toEqual(["b 100:5 a 101:6", "b 99:1 a 101:6", "b 99:1 a 101:7"]);
      expect(report.gapCount).toBe(0);
      expect(counted(report, "book changes")).toBe(2);
    },
  );

  test("tells a gap when a message was lost, and no book until the next snapshot", async () => {
    const { report } = await run([
      first,
      book(6, [["9.9", "0.001"]], []),
      book(8, [["9.8", "0.001"]], []),
      book(9, [["9.7", "0.001"]], []),
      snapshot(20, [["9", "0.001"]], [["9.1", "0.001"]]),
      book(21, [["9", "0.002"]], []),
    ]);
    expect(messages()).toEqual([
      "b 100:5 a 101:6",
      "b 99:1 100:5 a 101:6",
      "gap",
      "b 90:1 a 91:1",
      "b 90:2 a 91:1",
    ]);
    expect(report.gapCount).toBe(1);
    expect(report.gaps[0]?.what).toContain("6 → 8");
    expect(counted(report, "book changes without a book to apply them to, left out")).toBe(2);
    expect(counted(report, "snapshots")).toBe(2);
  });

  test("chains by nonce where the venue tells where a change begins", async () => {
    const start = snapshot(5, [["10", "0.005"]], [], { nonce: 100 });
    const { report } = await run([
      start,
      book(9, [["10", "0.006"]], [], { begin_nonce: 100, nonce: 103 }),
      book(10, [["10", "0.007"]], [], { begin_nonce: 104, nonce: 105 }),
    ]);
    expect(report.gapCount).toBe(1);
    expect(counted(report, "book changes")).toBe(1);
  });

  test("leaves out the change a snapshot already holds", async () => {
    const { report } = await run([first, book(5, [["10", "0.009"]], [])]);
    expect(report).toMatchObject({ duplicatesDropped: 1, gapCount: 0 });
    expect(messages()).toEqual(["b 100:5 a 101:6"]);
  });

  test("leaves out replayed and repeated trades; the maker's side tells the aggressor", async () => {
    const { report } = await run([
      trades(4, "subscribed/trade", 1, 2),
      first,
      trades(6, "update/trade", 2, 3, 4),
    ]);
    expect(messages().at(-1)).toBe("seller 101x2 | buyer 101x2");
    expect(report).toMatchObject({ staleDropped: 2, duplicatesDropped: 1 });
    expect(counted(report, "trades")).toBe(2);
  });

  test("keeps mark prices that change and stand on a tick", async () => {
    const stats = (ts: number, mark_price: string): Entry => ({
      ts,
      msg: { type: "update/market_stats", channel: "market_stats:1", market_stats: { mark_price } },
    });
    const { report } = await run([
      stats(4, "10.0"),
      first,
      stats(6, "10.0"),
      stats(7, "10.0"),
      stats(8, "10.05"),
    ]);
    expect(counted(report, "mark prices")).toBe(1);
    expect(counted(report, "mark prices between two ticks, left out")).toBe(1);
  });

  test("passes over other markets and messages", async () => {
    const other = { ...(first.msg as object), channel: "order_book:2" };
    const { report } = await run([
      { ts: 1, msg: { type: "connected" } },
      first,
      { ts: 6, msg: other },
    ]);
    expect(counted(report, "messages of other channels and markets")).toBe(2);
    expect(counted(report, "snapshots")).toBe(1);
  });

  test.each([
    ["an empty file", "", /expected a recording, was an empty file/],
    ["no book", JSON.stringify([]), /expected a subscribed\/order_book message, was none/],
    ["another format", "time,price\n1,2", /:1: expected an entry/],
    ["an array cut off", JSON.stringify([first]).slice(0, -3), /whole to its last bracket/],
    ["an entry of another shape", JSON.stringify([first, { t: 1 }]), /:2: expected an entry/],
    [
      "a price off the grid",
      JSON.stringify([snapshot(5, [["10.05", "1"]], [])]),
      /:1: expected a multiple of 0.1, was 10.05/,
    ],
    ["a size of NaN", JSON.stringify([snapshot(5, [["10", "NaN"]], [])]), /:1: .* was NaN/],
    [
      "time going back",
      JSON.stringify([first, { ...book(6, [["10", "1"]], []), ts: 4 }]),
      /:2: expected a received time of at least/,
    ],
  ])("refuses %s and writes nothing", async (_, content, message) => {
    const target = join(folder, "never.arrow");
    const running = importLighter({ files: [fileOf(content)], out: target, instrument });
    await expect(running).rejects.toThrow(message);
    await expect(running).rejects.toBeInstanceOf(DataError);
    expect(existsSync(target)).toBe(false);
  });
});

describe.skipIf(recordings === undefined)(`recorded Lighter${needsRecordings}`, () => {
  test("the BTC session chains from 6961735 to 6964284 without a gap", async () => {
    const name = "lighter_mainnet_order_book_place_cancel_btc.json";
    const { report } = await importLighter({
      files: [join(recordings ?? "", "lighter-btc-ws-20251210", name)],
      out,
      instrument: { ...instrument, symbol: "BTC", base: "BTC", lotSize: "0.00001" },
    });
    // 50 trades and 50 liquidations come with the subscription.
    expect(report).toMatchObject({
      gapCount: 0,
      duplicatesDropped: 0,
      staleDropped: 100,
      lockedBooks: 0,
      crossedBooks: 0,
    });
    expect(counted(report, "trades")).toBe(673);
    // One snapshot, then every offset: the set's notes name the first and the last.
    expect(counted(report, "snapshots")).toBe(1);
    expect(counted(report, "book changes")).toBe(6_964_284 - 6_961_735);
    const tape = openTape(out);
    const books: string[] = [];
    naiveReplay(tape, ({ bids, asks, bookChanged }) => {
      if (bookChanged && books.length === 0) books.push(`${bids.size}/${asks.size}`);
    });
    tape.close();
    expect(books).toEqual(["3677/2024"]);
  });
});
