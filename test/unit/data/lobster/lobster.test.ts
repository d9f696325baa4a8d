// The LOBSTER importer over files written here: what its rows say, what it infers and marks, what it refuses.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { DataError } from "../../../../src/data/data-error.ts";
import type { LobsterOptions } from "../../../../src/data/lobster/lobster.ts";
import { importLobsterTape, readLobster } from "../../../../src/data/lobster/lobster.ts";
import { openOrderTape } from "../../../../src/data/tapes/order-tape-reader.ts";
import { ORDER_INFERRED, ORDER_SNAPSHOT } from "../../../../src/domain/order-tape.ts";
import { META_ASK, META_KIND, META_LAST } from "../../../../src/domain/tape.ts";
import type { OrderTapeSource } from "../../../../src/ports/order-tape-source.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-lobster-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MESSAGE_NAME = "COIN_2024-03-01_34200000_57600000_message_2.csv";
const OPTIONS: LobsterOptions = { utcOffsetMinutes: -300 };
/** 2024-03-01 00:00 in New York. */
const MIDNIGHT_US = Date.UTC(2024, 2, 1, 5) * 1_000;
const NAMES = ["add", "reduce", "delete", "execute", "hidden", "halt", "clear"];

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Rows as "add ask 7 20@101 last", in order; "?" marks an inferred row, "=" a restated one. */
function rowsOf(source: OrderTapeSource): string[] {
  const rows: string[] = [];
  for (let index = 0; index < source.batchCount; index += 1) {
    const { rows: count, meta, orderRef, price, size } = source.batch(index);
    for (let row = 0; row < count; row += 1) {
      const bits = meta[row] ?? 0;
      const words = [
        `${NAMES[bits & META_KIND]}`,
        (bits & META_ASK) === 0 ? "bid" : "ask",
        `${orderRef[row]}`,
        `${size[row]}@${price[row]}`,
        ...((bits & ORDER_INFERRED) === 0 ? [] : ["?"]),
        ...((bits & ORDER_SNAPSHOT) === 0 ? [] : ["="]),
        ...((bits & META_LAST) === 0 ? [] : ["last"]),
      ];
      rows.push(words.join(" "));
    }
  }
  return rows;
}

async function read(messages: readonly string[], book?: readonly string[], options = OPTIONS) {
  const file = write(MESSAGE_NAME, `${messages.join("\n")}\n`);
  if (book === undefined) return await readLobster(file, options);
  const bookFile = write(MESSAGE_NAME.replace("message", "orderbook"), `${book.join("\n")}\n`);
  return await readLobster(file, { ...options, bookFile });
}

async function refusal(action: Promise<unknown>): Promise<DataError> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
}

describe("messages alone", () => {
  test("become one row each, after a clear", async () => {
    const { source, report } = await read([
      "34200.000000000,1,7,20,1010000,-1",
      "34200.5,1,8,30,990000,1",
      "34200.5,2,8,10,990000,1",
      "34200.500001999,4,7,5,1010000,-1",
      "34201,3,7,15,1010000,-1",
      "34202,7,0,0,-1,-1",
      "34203,6,-1,500,1000000,-1",
    ]);
    expect(rowsOf(source)).toEqual([
      "clear bid 0 0@0 last",
      "add ask 7 20@10100 last",
      "add bid 8 30@9900 last",
      "reduce bid 8 10@9900 last",
      "execute ask 7 5@10100 last",
      "delete ask 7 15@10100 last",
      "halt bid 0 0@-1 last",
    ]);
    expect(report).toMatchObject({ messages: 7, halts: 1, crossPrints: 1, window: undefined });
  });

  test("carry the venue's time in microseconds since the epoch, by the day in the name", async () => {
    const { source } = await read([
      "34200.000001999,1,7,20,1010000,-1",
      "34200.632812672004,1,8,20,1010000,-1", // a printed double: the last digits are noise
    ]);
    expect([...source.batch(0).venueAt.subarray(0, 3)]).toEqual(
      [1, 1, 632_812].map((us) => MIDNIGHT_US + 34_200_000_000 + us),
    );
    expect(source.batch(0).receivedAt).toEqual(source.batch(0).venueAt);
    expect(source.header).toMatchObject({
      rows: 3,
      firstVenueAt: MIDNIGHT_US + 34_200_000_001,
      lastVenueAt: MIDNIGHT_US + 34_200_632_812,
      instrument: { symbol: "COIN", tickSize: "0.01", lotSize: "1" },
      importer: "lobster 1",
    });
    expect(source.header.sources[0]?.file).toBe(MESSAGE_NAME);
  });

  test("keep hidden executions as prints, rounded to where our displayed orders stand first", async () => {
    const { source, report } = await read([
      "34200,5,0,3,1010050,-1",
      "34200,5,0,4,1010050,1",
      "34200,5,0,5,1010000,1",
    ]);
    expect(rowsOf(source).slice(1)).toEqual([
      "hidden ask 0 3@10100 last",
      "hidden bid 0 4@10101 last",
      "hidden bid 0 5@10100 last",
    ]);
    expect(report).toMatchObject({ hiddenExecutions: 3, hiddenOffGrid: 2 });
  });

  test("about unknown orders are told as they are, and counted", async () => {
    const { source, report } = await read([
      "34200,4,50,3,1010000,-1",
      "34200,3,51,4,1010000,-1",
      "34200,2,52,5,1010000,-1",
    ]);
    expect(rowsOf(source).slice(1)).toEqual([
      "execute ask 50 3@10100 last",
      "delete ask 51 4@10100 last",
      "reduce ask 52 5@10100 last",
    ]);
    expect(report.queue).toMatchObject({
      unknownExecutions: 1,
      unknownDeletes: 1,
      unknownReduces: 1,
      inferredRows: 0,
    });
  });
});

describe("a tape file", () => {
  const good = ["34200,1,7,20,1010000,-1", "34201,4,7,5,1010000,-1"];

  test("holds the same rows as the tape in memory", async () => {
    const { source } = await read(good);
    const path = join(folder, "coin.arrow");
    const { header, report } = await importLobsterTape(join(folder, MESSAGE_NAME), path, OPTIONS);
    const tape = openOrderTape(path);
    expect(rowsOf(tape)).toEqual(rowsOf(source));
    expect(tape.header).toEqual(header);
    expect(report.messages).toBe(2);
    tape.close();
  });

  test("does not appear when the import is refused", async () => {
    const path = join(folder, "refused.arrow");
    const file = write(MESSAGE_NAME, `${good[0]}\n34199,4,7,5,1010000,-1\n`);
    await refusal(importLobsterTape(file, path, OPTIONS));
    expect([path, `${path}.tmp`].filter((name) => existsSync(name))).toEqual([]);
  });
});

describe("with the recorded book", () => {
  test("what rested before the open is inferred, and pays for messages about unknown orders", async () => {
    const { source, report } = await read(
      ["34200,1,7,20,1010000,-1", "34201,4,50,60,1010000,-1", "34202,3,51,40,1010000,-1"],
      [
        "1010000,120,990000,50,1020000,10,980000,5",
        "1010000,60,990000,50,1020000,10,980000,5",
        "1010000,20,990000,50,1020000,10,980000,5",
      ],
    );
    expect(rowsOf(source)).toEqual([
      "clear bid 0 0@0 last",
      "add ask 7 20@10100",
      "add bid -1 50@9900 ? =",
      "add bid -2 5@9800 ? =",
      "add ask -3 100@10100 ? =",
      "add ask -4 10@10200 ? = last",
      "execute ask -3 60@10100 ? last",
      "delete ask -3 40@10100 ? last",
    ]);
    expect(report.window).toMatchObject({ rows: 3 });
  });

  test("a level that comes into sight is restated, youngest lots leaving first", async () => {
    const { source, report } = await read(
      [
        "34200,1,1,10,990000,1",
        "34200,1,2,20,990000,1",
        "34201,1,3,5,1000000,1",
        "34202,3,3,5,1000000,1",
      ],
      ["1010000,9,990000,10", "1010000,9,990000,30", "1010000,9,1000000,5", "1010000,9,990000,22"],
    );
    expect(rowsOf(source).slice(3)).toEqual([
      "add bid 2 20@9900 last",
      "add bid 3 5@10000 last",
      "delete bid 3 5@10000",
      "reduce bid 2 8@9900 ? last",
    ]);
    expect(report.window).toMatchObject({ revealedLevels: 3, restatedLevels: 2 });
  });

  test("a level that is gone when the window reaches past it is deleted", async () => {
    const { source } = await read(
      ["34200,1,1,10,990000,1", "34201,1,2,5,1000000,1", "34202,3,2,5,1000000,1"],
      ["1010000,9,990000,10", "1010000,9,1000000,5", "1010000,9,980000,4"],
    );
    expect(rowsOf(source).slice(-3)).toEqual([
      "delete bid 2 5@10000",
      "add bid -2 4@9800 ? =",
      "delete bid 1 10@9900 ? last",
    ]);
  });

  test("an empty side is filled with dummy levels, which are no levels", async () => {
    const { report } = await read(
      ["34200,1,1,10,990000,1", "34201,3,1,10,990000,1"],
      ["9999999999,0,990000,10", "9999999999,0,-9999999999,0"],
    );
    expect(report.window).toMatchObject({ rows: 2, revealedLevels: 1 });
  });

  test.each([
    { fault: "a share too many", row: "1010000,9,990000,11", was: "11" },
    { fault: "a level that should be there", row: "1010000,9,-9999999999,0", was: "0" },
  ])("refuses $fault", async ({ row, was }) => {
    const messages = ["34200,1,1,4,990000,1", "34201,1,2,6,990000,1"];
    const error = await refusal(read(messages, ["1010000,9,990000,4", row]));
    expect(error.message).toMatch(/orderbook_2\.csv:2: expected 10 shares at the bid of 9900/);
    expect(error.value).toBe(was);
  });

  test.each([
    { fault: "fewer rows than messages", rows: ["1010000,9,990000,4"], place: /orderbook.*:2/ },
    {
      fault: "more rows than messages",
      rows: ["1010000,9,990000,4", "1010000,9,990000,10", "1010000,9,990000,10"],
      place: /message.*:3/,
    },
  ])("refuses $fault", async ({ rows, place }) => {
    const messages = ["34200,1,1,4,990000,1", "34201,1,2,6,990000,1"];
    const error = await refusal(read(messages, rows));
    expect(error.message).toMatch(place);
    expect(error.value).toBe("the end of the file");
  });

  test.each([
    { fault: "a column missing", row: "1010000,9,990000" },
    { fault: "a price off the grid", row: "1010050,9,990000,4" },
    { fault: "a size that is no number", row: "1010000,NaN,990000,4" },
  ])("refuses $fault", async ({ row }) => {
    const error = await refusal(read(["34200,1,1,4,990000,1"], [row]));
    expect(error.message).toMatch(/orderbook_2\.csv:1: expected/);
  });
});

describe("a message file that cannot be right", () => {
  const good = "34200,1,1,4,990000,1";

  test.each([
    { fault: "a wrong column count", line: "34201,1,2,4,990000", expected: "6 columns" },
    {
      fault: "a time that is no number",
      line: "NaN,1,2,4,990000,1",
      expected: "a time in seconds",
    },
    { fault: "a time past midnight", line: "86400,1,2,4,990000,1", expected: "a time in seconds" },
    {
      fault: "a time before the last",
      line: "34199.9,1,2,4,990000,1",
      expected: "not before 34200",
    },
    { fault: "an unknown type", line: "34201,8,2,4,990000,1", expected: "a type from 1 to 7" },
    { fault: "a size that is no number", line: "34201,1,2,NaN,990000,1", expected: "a size as" },
    { fault: "a size of nothing", line: "34201,1,2,0,990000,1", expected: "a size of 1" },
    { fault: "a price of nothing", line: "34201,1,2,4,0,1", expected: "a price > 0" },
    {
      fault: "a displayed price off the grid",
      line: "34201,1,2,4,990050,1",
      expected: "grid of 0.01",
    },
    { fault: "an unknown direction", line: "34201,1,2,4,990000,0", expected: "direction 1 or -1" },
  ])("is refused for $fault, by file, line and value", async ({ line, expected }) => {
    const error = await refusal(read([good, line]));
    expect(error.message).toContain(`${MESSAGE_NAME}:2: expected`);
    expect(error.message).toContain(expected);
    expect(error.line).toBe(2);
    expect(error.value).toBeDefined();
  });

  test("is refused when it is empty", async () => {
    const error = await refusal(readLobster(write(MESSAGE_NAME, ""), OPTIONS));
    expect(error.message).toMatch(/expected at least one message, was an empty file/);
  });

  test("is refused when it is absent", async () => {
    const error = await refusal(
      readLobster(join(folder, `absent-${MESSAGE_NAME}`), {
        ...OPTIONS,
        date: "2024-03-01",
      }).then(() => undefined),
    );
    expect(error.message).toMatch(/expected a readable file/);
  });

  test("is refused when the gzip stream is cut off", async () => {
    const whole = gzipSync(
      Array.from({ length: 5_000 }, (_, i) => `34200,1,${i + 1},4,990000,1`).join("\n"),
    );
    const cut = write(`${MESSAGE_NAME}.gz`, whole.subarray(0, whole.length - 20));
    const error = await refusal(readLobster(cut, OPTIONS));
    expect(error.message).toMatch(
      /message_2\.csv\.gz:\d+: expected a file that is readable to its end/,
    );
    const read = write(`${MESSAGE_NAME}.gz`, whole);
    expect((await readLobster(read, OPTIONS)).report.messages).toBe(5_000);
  });

  test("is refused without a day or a symbol", async () => {
    const file = write("unnamed.csv", good);
    expect((await refusal(readLobsterLater(file))).message).toMatch(/a name like SYMBOL/);
    const named = write("COIN_2024-13-01_x_message_1.csv", good);
    expect((await refusal(readLobsterLater(named))).message).toMatch(/a day as YYYY-MM-DD/);
  });

  async function readLobsterLater(file: string) {
    return await readLobster(file, OPTIONS);
  }
});
