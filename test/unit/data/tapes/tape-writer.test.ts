// The tape file: what is written is what is read, both orders hold, and a failed import leaves nothing.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DataError } from "../../../../src/data/data-error.ts";
import { memoryTape, openTape } from "../../../../src/data/tapes/tape-reader.ts";
import type { TapeWriterOptions } from "../../../../src/data/tapes/tape-writer.ts";
import { TapeWriter } from "../../../../src/data/tapes/tape-writer.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_LOCAL_ONLY,
  META_SNAPSHOT,
  META_VENUE_ONLY,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_TRADE,
} from "../../../../src/domain/tape.ts";
import type { TapeSource } from "../../../../src/ports/tape-source.ts";

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
const options: TapeWriterOptions = { instrument, importer: "test 1" };
const START = 1_723_161_255_000_000;

type Row = Readonly<{
  kind: number;
  meta: number;
  price: number;
  size: number;
  venueAt: number;
  receivedAt: number;
}>;

function rowsOf(source: TapeSource): Row[] {
  const rows: Row[] = [];
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch = source.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const meta = batch.meta[row] as number;
      rows.push({
        kind: meta & META_KIND,
        meta,
        price: batch.price[row] as number,
        size: batch.size[row] as number,
        venueAt: batch.venueAt[row] as number,
        receivedAt: batch.receivedAt[row] as number,
      });
    }
  }
  return rows;
}

function read(path: string): Row[] {
  const tape = openTape(path);
  const rows = rowsOf(tape);
  tape.close();
  return rows;
}

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tape-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a tape file", () => {
  test("gives back rows, marks and header as they were written", () => {
    const path = join(folder, "a.arrow");
    const sources = [{ file: "raw.gz", sha256: "00" }];
    const writer = new TapeWriter(path, { ...options, sources, clockCorrectionUs: -1_500_000 });
    writer.begin(START + 1_500_000, START + 10);
    writer.row(ROW_CLEAR, 0, 0, 0, META_SNAPSHOT);
    writer.row(ROW_DEPTH, 0, 999, 5, META_SNAPSHOT);
    writer.row(ROW_DEPTH, 1, 1001, 7, META_SNAPSHOT);
    writer.end();
    writer.begin(START + 1_500_002, START + 20);
    writer.end();
    writer.begin(START + 1_500_002, START + 30);
    writer.row(ROW_TRADE, 1, 999, 2);
    writer.end();
    const header = writer.finish();
    const tape = openTape(path);
    expect(tape.header).toEqual(header);
    expect(header).toEqual({
      instrument,
      rows: 4,
      firstVenueAt: START,
      lastVenueAt: START + 2,
      firstReceivedAt: START + 10,
      lastReceivedAt: START + 30,
      lockedBooks: 0,
      crossedBooks: 0,
      clockCorrectionUs: -1_500_000,
      importer: "test 1",
      sources,
    });
    const first = { venueAt: START, receivedAt: START + 10 };
    expect(rowsOf(tape)).toEqual([
      { kind: ROW_CLEAR, meta: ROW_CLEAR | META_SNAPSHOT, price: 0, size: 0, ...first },
      { kind: ROW_DEPTH, meta: META_SNAPSHOT, price: 999, size: 5, ...first },
      {
        kind: ROW_DEPTH,
        meta: META_ASK | META_LAST | META_SNAPSHOT,
        price: 1001,
        size: 7,
        ...first,
      },
      {
        kind: ROW_TRADE,
        meta: ROW_TRADE | META_ASK | META_LAST,
        price: 999,
        size: 2,
        venueAt: START + 2,
        receivedAt: START + 30,
      },
    ]);
    tape.close();
  });

  test("reads in another Arrow reader with real timestamps, from the footer and as a stream", () => {
    const path = join(folder, "a.arrow");
    const writer = new TapeWriter(path, options);
    writer.begin(START, START + 1000);
    writer.row(ROW_DEPTH, 1, 1001, 7);
    writer.end();
    writer.finish();
    const bytes = readFileSync(path);
    for (const table of [tableFromIPC(bytes), tableFromIPC(bytes.subarray(8))]) {
      expect(table.numRows).toBe(1);
      expect(table.getChild("received_at")?.get(0)).toBe((START + 1000) / 1000);
      expect(table.getChild("price_ticks")?.get(0)).toBe(1001);
      expect(table.schema.metadata.get("tick_size")).toBe("0.1");
    }
  });

  test("keeps batches of 65,536 rows and any number of them", () => {
    const path = join(folder, "a.arrow");
    const writer = new TapeWriter(path, options);
    const total = 65_536 * 11 + 3;
    for (let row = 0; row < total; row += 1) {
      writer.begin(START + row, START + row + 5);
      writer.row(ROW_TRADE, 0, row, row & 255);
      writer.end();
    }
    writer.finish();
    const tape = openTape(path);
    expect(tape.batchCount).toBe(12);
    const held = tape.batch(4);
    for (let index = 5; index < 8; index += 1) tape.batch(index);
    expect(held.price[1]).toBe(65_536 * 4 + 1);
    let next = 0;
    for (let index = 0; index < tape.batchCount; index += 1) {
      const batch = tape.batch(index);
      for (let row = 0; row < batch.rows; row += 1) {
        if (batch.price[row] !== next || batch.venueAt[row] !== START + next) {
          expect.fail(`row ${next} differs`);
        }
        next += 1;
      }
    }
    expect(next).toBe(total);
    tape.close();
  });

  test("holds no rows when no message had one", () => {
    const path = join(folder, "a.arrow");
    const header = new TapeWriter(path, options).finish();
    expect(header.rows).toBe(0);
    expect(read(path)).toEqual([]);
  });

  test("takes a clock correction at the end, over every row already written", () => {
    const path = join(folder, "a.arrow");
    const writer = new TapeWriter(path, options);
    const total = 65_536 + 5;
    for (let row = 0; row < total; row += 1) {
      writer.begin(START + row * 1_000, START + row * 1_000 - 7);
      writer.row(ROW_TRADE, 0, row, 1);
      writer.end();
    }
    const clockCorrectionUs = writer.skew.correctionUs();
    expect(clockCorrectionUs).toBe(-1_007);
    const header = writer.finish({ clockCorrectionUs });
    expect(header).toMatchObject({
      clockCorrectionUs,
      firstVenueAt: START - 1_007,
      lastVenueAt: START - 1_007 + (total - 1) * 1_000,
    });
    const rows = read(path);
    expect(rows.every((row) => row.receivedAt - row.venueAt === 1_000)).toBe(true);
    expect(rows.map((row) => row.price)).toEqual(Array.from({ length: total }, (_, row) => row));
  });

  test("appears only when finished, and leaves nothing when given up", () => {
    const path = join(folder, "a.arrow");
    const writer = new TapeWriter(path, options);
    writer.begin(START, START);
    writer.row(ROW_TRADE, 0, 1, 1);
    writer.end();
    expect(existsSync(path)).toBe(false);
    writer.abort();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("the two orders", () => {
  const messages = fc.array(
    fc.record({ gap: fc.nat(20), lag: fc.nat(60), rows: fc.integer({ min: 1, max: 4 }) }),
    { maxLength: 60 },
  );

  test("each hold, and each view sees every message once", () => {
    const path = join(folder, "p.arrow");
    fc.assert(
      fc.property(messages, fc.constantFrom(5, 30, 1000), (list, reorderWindowUs) => {
        const writer = new TapeWriter(path, { ...options, reorderWindowUs });
        let now = START;
        for (const [index, message] of list.entries()) {
          now += message.gap;
          writer.begin(now - message.lag, now);
          for (let row = 0; row < message.rows; row += 1) writer.row(ROW_TRADE, 0, index, row + 1);
          writer.end();
        }
        const { lateMessages } = writer.counts;
        writer.finish();
        const rows = read(path);
        const local = rows.filter((row) => (row.meta & META_VENUE_ONLY) === 0);
        const venue = rows.filter((row) => (row.meta & META_LOCAL_ONLY) === 0);
        const expected = list.flatMap((message, index) =>
          Array.from({ length: message.rows }, (_, row) => `${index}.${row + 1}`),
        );
        const names = (view: Row[]) => view.map((row) => `${row.price}.${row.size}`);
        expect(names(local)).toEqual(expected);
        expect(names(venue).sort()).toEqual([...expected].sort());
        for (const [view, time] of [
          [local, "receivedAt"],
          [venue, "venueAt"],
        ] as const) {
          const times = view.map((row) => row[time]);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
        // With a window longer than any lag nothing is late, and the venue's times are as given.
        if (reorderWindowUs === 1000) expect(lateMessages).toBe(0);
        const messagesWhole = (view: Row[]) =>
          view.every((row, at) => {
            const ends = (row.meta & META_LAST) !== 0;
            const next = view[at + 1];
            return ends === (next === undefined || next.price !== row.price);
          });
        expect(messagesWhole(local) && messagesWhole(venue)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("stand once for messages already in order", () => {
    const path = join(folder, "a.arrow");
    const writer = new TapeWriter(path, options);
    for (let at = 0; at < 100; at += 1) {
      writer.begin(START + at, START + 2 * at);
      writer.row(ROW_TRADE, 0, at, 1);
      writer.end();
    }
    writer.finish();
    const rows = read(path);
    expect(rows.length).toBe(100);
    expect(rows.every((row) => (row.meta & (META_VENUE_ONLY | META_LOCAL_ONLY)) === 0)).toBe(true);
  });

  test("move a message later than the window up to the last one written, and count it", () => {
    const path = join(folder, "a.arrow");
    const writer = new TapeWriter(path, { ...options, reorderWindowUs: 10 });
    for (const [venue, received] of [
      [100, 100],
      [150, 150],
      [90, 200],
    ] as const) {
      writer.begin(START + venue, START + received);
      writer.row(ROW_TRADE, 0, venue, 1);
      writer.end();
    }
    expect(writer.counts).toMatchObject({ lateMessages: 1, lateUsMax: 10 });
    writer.finish();
    const found = read(path).map((row) => [row.price, row.venueAt - START]);
    const [first, second, late] = [
      [100, 100],
      [150, 150],
      [90, 100],
    ];
    expect(found).toEqual([first, late, second, late]);
  });
});

describe("a writer refuses", () => {
  const where = () => ({ file: "raw.gz", line: 17 });
  const writer = () => new TapeWriter(join(folder, "a.arrow"), { ...options, where });

  test("ticks and lots beyond 32 bits, naming file, line and value", () => {
    const tape = writer();
    tape.begin(START, START);
    expect(() => tape.row(ROW_DEPTH, 0, 2_147_483_648, 1)).toThrow(
      "raw.gz:17: expected ticks and lots that are whole and fit 32 bits, was price 2147483648",
    );
    expect(() => tape.row(ROW_DEPTH, 0, 1, 0.5)).toThrow(DataError);
    expect(() => tape.row(ROW_DEPTH, 0, 1, -1)).toThrow("a level size of at least 0, was -1");
    tape.abort();
  });

  test("a path it cannot write to", () => {
    const path = join(folder, "no", "such", "a.arrow");
    expect(() => new TapeWriter(path, options)).toThrow(DataError);
  });

  test("received time that goes backwards, and times that are none", () => {
    const tape = writer();
    tape.begin(START, START);
    tape.end();
    expect(() => tape.begin(START, START - 1)).toThrow(`was ${START - 1}; sort the file`);
    expect(() => tape.begin(Number.NaN, START)).toThrow("expected a venue time in µs");
    tape.abort();
  });
});

describe("a reader refuses", () => {
  function written(): string {
    const path = join(folder, "a.arrow");
    const writer = new TapeWriter(path, options);
    for (let at = 0; at < 1000; at += 1) {
      writer.begin(START + at, START + at);
      writer.row(ROW_TRADE, 0, at, 1);
      writer.end();
    }
    writer.finish();
    return path;
  }

  test("an absent file, an empty one, another format", () => {
    expect(() => openTape(join(folder, "none.arrow"))).toThrow(DataError);
    const path = join(folder, "bad");
    writeFileSync(path, "");
    expect(() => openTape(path)).toThrow("was an empty file");
    writeFileSync(path, "a,b,c\n1,2,3\n4,5,6\n7,8,9\n");
    expect(() => openTape(path)).toThrow("expected an Arrow IPC file");
  });

  test("a tape cut off at any place", () => {
    const bytes = readFileSync(written());
    const path = join(folder, "cut.arrow");
    for (const share of [0.0001, 0.1, 0.5, 0.9, 0.9999]) {
      writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * share)));
      expect(() => openTape(path)).toThrow(DataError);
    }
  });

  test("a file whose footer or batch header was overwritten", () => {
    const good = written();
    const bytes = readFileSync(good);
    const path = join(folder, "torn.arrow");
    const footerTorn = Buffer.from(bytes);
    footerTorn.fill(0x5a, bytes.length - 300, bytes.length - 10);
    writeFileSync(path, footerTorn);
    expect(() => openTape(path)).toThrow(DataError);
    const batchTorn = Buffer.from(bytes);
    const schemaBytes = bytes.readInt32LE(12) + 16;
    batchTorn.fill(0xff, schemaBytes + 8, schemaBytes + 200);
    writeFileSync(path, batchTorn);
    const tape = openTape(path);
    expect(() => tape.batch(0)).toThrow(DataError);
    tape.close();
  });
});

test("a tape in memory serves the batches it was given", () => {
  const path = join(folder, "a.arrow");
  const writer = new TapeWriter(path, options);
  writer.begin(START, START);
  writer.row(ROW_TRADE, 0, 3, 1);
  writer.end();
  const header = writer.finish();
  const file = openTape(path);
  const memory = memoryTape(header, [file.batch(0)]);
  expect(rowsOf(memory)).toEqual(rowsOf(file));
  file.close();
});
