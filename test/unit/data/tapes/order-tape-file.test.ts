// Order tapes on disk: what is written is read back, by us and by a plain Arrow reader; damage is refused by name.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, describe, expect, test } from "vitest";
import { DataError } from "../../../../src/data/data-error.ts";
import { openOrderTape } from "../../../../src/data/tapes/order-tape-reader.ts";
import { OrderTapeWriter } from "../../../../src/data/tapes/order-tape-writer.ts";
import type { OrderTapeSource } from "../../../../src/ports/order-tape-source.ts";
import type { OrderTapeLine } from "../../../support/order-tapes.ts";
import { orderTapeOf } from "../../../support/order-tapes.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-order-tape-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const AT = 1_709_300_000_000_001;
const LINES: readonly OrderTapeLine[] = [
  { at: AT, what: "clear" },
  { at: AT + 1, what: "restate", side: "ask", ref: -7, price: 101, lots: 20 },
  { at: AT + 1, what: "add", side: "bid", ref: 9_007_199_254_740_991, price: -99, lots: 2 },
  { at: AT + 2, what: "execute", side: "ask", ref: -7, price: 101, lots: 2_147_483_647 },
  { at: AT + 3, what: "halt", price: -1 },
  { at: AT + 4, what: "hidden", side: "ask", price: 100, lots: 1 },
];

function write(name: string, source: OrderTapeSource): string {
  const path = join(folder, name);
  const writer = new OrderTapeWriter(path);
  for (let index = 0; index < source.batchCount; index += 1) writer.write(source.batch(index));
  writer.finish(source.header);
  return path;
}

/** Every batch's columns, cut to their rows. */
function columns(source: OrderTapeSource): unknown[] {
  return Array.from({ length: source.batchCount }, (_, index) => {
    const { rows, meta, orderRef, price, size, venueAt, receivedAt } = source.batch(index);
    const all = [meta, orderRef, price, size, venueAt, receivedAt];
    return all.map((column) => [...column.subarray(0, rows)]);
  });
}

function refusal(action: () => unknown): DataError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error("expected a refusal");
}

test("a tape is read back as it was written, batch by batch, header and all", () => {
  const source = orderTapeOf(LINES, 4);
  const tape = openOrderTape(write("round.arrow", source));
  expect(tape.header).toEqual(source.header);
  expect(tape.batchCount).toBe(2);
  expect(columns(tape)).toEqual(columns(source));
  tape.close();
});

test("another Arrow reader sees timestamps, order numbers and the metadata", () => {
  const table = tableFromIPC(readFileSync(write("plain.arrow", orderTapeOf(LINES, 4))));
  expect(table.numRows).toBe(LINES.length);
  expect(table.schema.fields.map((field) => `${field.name}: ${field.type}`)).toEqual([
    "received_at: Timestamp<MICROSECOND, UTC>",
    "venue_at: Timestamp<MICROSECOND, UTC>",
    "order_ref: Int64",
    "kind: Uint8",
    "side: Uint8",
    "price_ticks: Int32",
    "size_lots: Int32",
    "flags: Uint8",
  ]);
  expect([...(table.getChild("order_ref") ?? [])]).toEqual(LINES.map(({ ref = 0 }) => BigInt(ref)));
  expect(table.schema.metadata.get("symbol")).toBe("COIN");
});

test("a tape without rows is a tape", () => {
  const tape = openOrderTape(write("none.arrow", orderTapeOf([])));
  expect(tape.header.rows).toBe(0);
  expect(tape.batchCount).toBe(0);
  tape.close();
});

test("a tape given up leaves nothing behind", () => {
  const path = join(folder, "given-up.arrow");
  const writer = new OrderTapeWriter(path);
  writer.write(orderTapeOf(LINES).batch(0));
  writer.abort();
  writer.abort();
  expect(existsSync(path)).toBe(false);
  expect(existsSync(`${path}.tmp`)).toBe(false);
});

describe("a file that is no order tape", () => {
  test("is refused when it is absent, empty, of another format, or cut off", () => {
    const whole = readFileSync(write("whole.arrow", orderTapeOf(LINES)));
    const cases = [
      { name: "absent.arrow", bytes: undefined, expected: /a readable file/ },
      { name: "empty.arrow", bytes: Buffer.alloc(0), expected: /an empty file/ },
      { name: "text.arrow", bytes: Buffer.from("34200,1,2,3\n".repeat(9)), expected: /Arrow IPC/ },
      { name: "cut.arrow", bytes: whole.subarray(0, whole.length - 9), expected: /cut off/ },
    ];
    for (const { name, bytes, expected } of cases) {
      const path = join(folder, name);
      if (bytes !== undefined) writeFileSync(path, bytes);
      const error = refusal(() => openOrderTape(path));
      expect(error.message).toMatch(expected);
      expect(error.message).toContain(path);
    }
  });

  test("is refused when a batch lies about its rows", () => {
    const source = orderTapeOf(LINES, 4);
    const writer = new OrderTapeWriter(join(folder, "lie.arrow"));
    writer.write(source.batch(0));
    expect(() => writer.finish(source.header)).toThrow(/counts its tape's rows/);
    writer.abort();
  });
});
