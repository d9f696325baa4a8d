// A whole-tape check finds what was broken in a file behind the writer's back.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bodyLayout } from "../../../../src/data/arrow/arrow-layout.ts";
import { DataError } from "../../../../src/data/data-error.ts";
import { checkTape } from "../../../../src/data/tapes/tape-check.ts";
import { tapeLayout } from "../../../../src/data/tapes/tape-layout.ts";
import { TapeWriter } from "../../../../src/data/tapes/tape-writer.ts";
import {
  META_LAST,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_GAP,
  ROW_TRADE,
} from "../../../../src/domain/tape.ts";

const instrument = {
  venueName: "test",
  symbol: "ABC",
  contract: "linear",
  base: "A",
  quote: "USD",
  tickSize: "0.1",
  lotSize: "0.001",
  contractSize: "1",
} as const;
const START = 1_723_161_255_000_000;
const ROWS = 6;

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-"));
  path = join(folder, "a.arrow");
  const writer = new TapeWriter(path, { instrument, importer: "test 1" });
  writer.begin(START, START + 100);
  writer.row(ROW_CLEAR, 0, 0, 0);
  writer.row(ROW_DEPTH, 0, 10, 1);
  writer.row(ROW_DEPTH, 1, 10, 1);
  writer.end();
  writer.begin(START + 50, START + 150);
  writer.row(ROW_TRADE, 0, 10, 1);
  writer.end();
  writer.begin(START + 60, START + 160);
  writer.row(ROW_DEPTH, 1, 9, 1);
  writer.end();
  writer.begin(START + 70, START + 170);
  writer.row(ROW_GAP, 0, 0, 0);
  writer.end();
  writer.finish();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Overwrites a byte of one column of one row. The body begins behind schema message and batch header. */
function damage(column: number, row: number, width: number, byte: number, value: number): void {
  const bytes = readFileSync(path);
  const schema = 8 + 8 + bytes.readInt32LE(12);
  const body = schema + 8 + bytes.readInt32LE(schema + 4);
  const at = body + (bodyLayout(tapeLayout, ROWS).offsets[column] as number) + row * width + byte;
  bytes[at] = value;
  writeFileSync(path, bytes);
}

test("counts what a good tape holds", () => {
  expect(checkTape(path)).toMatchObject({
    messages: 4,
    depthRows: 3,
    trades: 1,
    clears: 1,
    gaps: 1,
    lockedBooks: 1,
    crossedBooks: 1,
    venueOnlyRows: 0,
    localOnlyRows: 0,
    rowsFromTheFuture: 0,
  });
});

const RECEIVED = 0;
const VENUE = 1;
const KIND = 2;
const SIZE = 5;
const FLAGS = 6;

for (const [what, message, harm] of [
  [
    "received time that goes back",
    "3: expected a received time of",
    () => damage(RECEIVED, 2, 8, 1, 0),
  ],
  ["venue time that goes back", "4: expected a venue time of", () => damage(VENUE, 3, 8, 2, 0)],
  ["a message that does not end", "5: expected the message", () => damage(FLAGS, 3, 1, 0, 0)],
  [
    "a last message that does not end",
    "expected the last row to end",
    () => damage(FLAGS, 5, 1, 0, 0),
  ],
  [
    "a row no view sees",
    "expected a row that some view",
    () => damage(FLAGS, 5, 1, 0, 0xc0 | META_LAST),
  ],
  ["an unknown kind", "4: expected a kind of at most 6, was 7", () => damage(KIND, 3, 1, 0, 7)],
  ["a negative size", "2: expected a level size", () => damage(SIZE, 1, 4, 3, 0xff)],
  ["a print of nothing", "4: expected a print of more than", () => damage(SIZE, 3, 4, 0, 0)],
  ["books unlike the header's", "expected 1 locked books", () => damage(SIZE, 2, 4, 0, 0)],
] as const) {
  test(`finds ${what}`, () => {
    harm();
    expect(() => checkTape(path)).toThrow(DataError);
    expect(() => checkTape(path)).toThrow(message);
  });
}
