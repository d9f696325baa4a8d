// The order-level book against a real NASDAQ day: after every message, level for level and share for share.
// Oracle: the orderbook file recorded beside the messages (LOBSTER samples, 2012-06-21; read locally, never committed).
//
// What is compared, and how every row becomes comparable. A level-N file shows N levels a side and only messages that
// touch them; orders of before the open and changes out of sight are in no message. So, row by row:
//   - a level that was in the row before, or that the message is about, follows from the messages alone: the importer
//     refuses the file at the first such level that differs by one share (LobsterWindow);
//   - a level that comes into sight is new information: its unexplained lots are inferred, as rows marked so;
//   - after that, the book built from the tape's rows alone must show the whole recorded row. This test compares all.
// So nothing inferred can hide a fault of a level in sight; how many levels came into sight is pinned below.

import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { MarketSink } from "../../sim/exchange/market.ts";
import { OrderLevelMarket } from "../../sim/exchange/order-level-market.ts";
import { maskOrders } from "../../sim/market/mask-orders.ts";
import { readLobster } from "../../src/data/lobster/lobster.ts";
import { orderTapeInMemory } from "../../src/data/tapes/order-tape-builder.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type { OrderTapeBatch } from "../../src/domain/order-tape.ts";
import { META_ASK, META_KIND, META_LAST, ROW_DEPTH, ROW_TRADE } from "../../src/domain/tape.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import type { OrderTapeSource } from "../../src/ports/order-tape-source.ts";
import { needsRecordings, recordings } from "../support/recordings.ts";

const FOLDER = join(recordings ?? "", "nasdaq-lobster-amzn-aapl-20120621");
const EASTERN_DAYLIGHT_MINUTES = -240;

/**
 * Of each file: messages; hidden executions; reduces, deletes and executions of orders never added; levels that came
 * into sight. Counted apart from this code, by a script over the raw files.
 */
const files = [
  {
    name: "AMZN",
    levels: 5,
    messages: 155_935,
    hidden: 2_445,
    unknown: [110, 7_329, 1_052],
    revealed: 33_850,
  },
  {
    name: "AAPL",
    levels: 1,
    messages: 118_497,
    hidden: 11_332,
    unknown: [86, 6_335, 8_559],
    revealed: 30_073,
  },
  {
    name: "AMZN",
    levels: 1,
    messages: 57_515,
    hidden: 2_445,
    unknown: [4, 4_392, 3_071],
    revealed: 13_955,
  },
] as const;

type Recorded = (typeof files)[number];

function path({ name, levels }: Recorded, kind: "message" | "orderbook"): string {
  return join(FOLDER, `${name}_2012-06-21_34200000_57600000_${kind}_${levels}.csv.gz`);
}

async function readRecorded(file: Recorded) {
  return await readLobster(path(file, "message"), {
    bookFile: path(file, "orderbook"),
    utcOffsetMinutes: EASTERN_DAYLIGHT_MINUTES,
  });
}

async function bookRows(file: Recorded): Promise<string[]> {
  const text = createReadStream(path(file, "orderbook")).pipe(createGunzip());
  const rows: string[] = [];
  for await (const line of createInterface({ input: text })) rows.push(line);
  return rows;
}

const silent: MarketSink = {
  accepted: () => undefined,
  refused: () => undefined,
  filled: () => undefined,
  closed: () => undefined,
  fillable: () => 0,
  funding: () => undefined,
};

/**
 * The tape with message n at time n, so that a market can be stopped after each: the recording has many messages a
 * microsecond.
 */
function numbered(source: OrderTapeSource): OrderTapeSource {
  const batches: OrderTapeBatch[] = [];
  let message = 0;
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch = source.batch(index);
    const venueAt = new Float64Array(batch.rows);
    for (let row = 0; row < batch.rows; row += 1) {
      venueAt[row] = message;
      if (((batch.meta[row] ?? 0) & META_LAST) !== 0) message += 1;
    }
    batches.push({ ...batch, venueAt });
  }
  return orderTapeInMemory(source.header, batches);
}

/** The market's best levels as a LOBSTER book row. */
function rowOf(market: OrderLevelMarket, levels: number): string {
  const fields: number[] = [];
  let ask = market.book.level(1);
  let bid = market.book.level(0);
  for (let level = 0; level < levels; level += 1) {
    fields.push((ask?.price ?? 0) * 100, ask?.lots ?? 0, (bid?.price ?? 0) * 100, bid?.lots ?? 0);
    ask = ask && market.book.level(1, ask.price);
    bid = bid && market.book.level(0, bid.price);
  }
  return fields.join(",");
}

describe.skipIf(recordings === undefined)(`a recorded NASDAQ day${needsRecordings}`, () => {
  test.each(files)("$name, $levels levels: every row of the book", async (file) => {
    const { source, report } = await readRecorded(file);
    const rows = await bookRows(file);
    const instrument = instrumentOf(source.header.instrument, instrumentId(0), venueId(0));
    const rules = { selfTrade: "expire-maker", amend: "keep-when-smaller" } as const;
    const market = new OrderLevelMarket(instrument, numbered(source), rules, silent);
    let differing = 0;
    for (const [index, row] of rows.entries()) {
      market.advance((index + 1) as TimeUs); // message 0 is the CLEAR
      if (rowOf(market, file.levels) !== row) differing += 1;
    }
    expect(rows).toHaveLength(file.messages);
    expect(differing).toBe(0);
    expect(market.nextAt()).toBe(Number.POSITIVE_INFINITY);
    expect(market.book.surprises.repeatedOrders).toBe(0);
    expect(market.book.surprises.oversizedRows).toBe(0);
    const { rows: judged, confirmedLevels, revealedLevels } = report.window ?? {};
    expect(judged).toBe(file.messages);
    expect(revealedLevels).toBe(file.revealed);
    expect(confirmedLevels).toBe(file.messages * file.levels * 2 - file.revealed);
  });

  test.each(files)("$name, $levels levels: messages alone", async (file) => {
    const { source, report } = await readLobster(path(file, "message"), {
      utcOffsetMinutes: EASTERN_DAYLIGHT_MINUTES,
    });
    const { unknownReduces, unknownDeletes, unknownExecutions, inferredRows } = report.queue;
    expect([unknownReduces, unknownDeletes, unknownExecutions]).toEqual(file.unknown);
    expect(inferredRows).toBe(0);
    expect(report.hiddenExecutions).toBe(file.hidden);
    expect(source.header.rows).toBe(file.messages + 1); // and the CLEAR they begin with
    expect(new Date(source.header.firstVenueAt / 1_000).toISOString()).toMatch(
      /^2012-06-21T13:30:00/,
    );
  });

  test("masked to levels shows the same book, and every share that was printed", async () => {
    const file = files[0];
    const { source } = await readRecorded(file);
    const rows = await bookRows(file);
    const tape = maskOrders(source);
    const levels = [new Map<number, number>(), new Map<number, number>()] as const;
    let message = -1; // the CLEAR before the first
    let differing = 0;
    let printed = 0;
    for (let index = 0; index < tape.batchCount; index += 1) {
      const { rows: count, meta, price, size } = tape.batch(index);
      for (let row = 0; row < count; row += 1) {
        const bits = meta[row] ?? 0;
        const kind = bits & META_KIND;
        const side = (bits & META_ASK) === 0 ? 0 : 1;
        if (kind === ROW_DEPTH) levels[side].set((price[row] ?? 0) * 100, size[row] ?? 0);
        else if (kind === ROW_TRADE) printed += size[row] ?? 0;
        if ((bits & META_LAST) === 0) continue;
        const shown = (rows[message] ?? "").split(",").map(Number);
        for (let column = 0; column + 1 < shown.length; column += 2) {
          const lots = levels[column % 4 === 0 ? 1 : 0].get(shown[column] ?? 0);
          if (lots !== shown[column + 1]) differing += 1;
        }
        message += 1;
      }
    }
    expect(message).toBe(file.messages);
    expect(differing).toBe(0);
    // Visible and hidden shares, and no locked or crossed book: as the recording's own notes count them.
    expect(printed).toBe(613_248 + 197_507);
    expect(tape.header).toMatchObject({ lockedBooks: 0, crossedBooks: 0 });
  });
});
