// Holds the SYNTH-1 generator against its published checksums, counts and sample rows.
// Every pinned value comes from the stream's publication, none from this code.

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Synth1Columns } from "../../sim/market/synth-1.ts";
import { SYNTH1_ASK, SYNTH1_BID, synth1 } from "../../sim/market/synth-1.ts";
import { synth1Binary, synth1Text } from "../../sim/market/synth-1-encoding.ts";
import { SYNTH1_ORIGIN_US, synth1Tape } from "../../sim/market/synth-1-tape.ts";
import {
  META_ASK,
  META_KIND,
  META_LAST,
  META_SNAPSHOT,
  ROW_DEPTH,
  ROW_TRADE,
} from "../../src/domain/tape.ts";

const PUBLISHED = [
  {
    rows: 1_000,
    text: "7b4787b03c583fb2c91603dfb8109cbdab70bca6f96381b62efa8a14793117c3",
    binary: "86468669e94536092293b6bd8ec77ec022ddae0cc4e66739ac66e4bcc5b51e7c",
  },
  {
    rows: 1_000_000,
    text: "5eed32f3c682af0419800674b39009086c9e93f2d04694b7ec361454f4df8507",
    binary: "6fb5ffafbcf00cf389b720d5c7b4ab9825f3b17592a5f0c99922b35b2308c6b5",
    counts: {
      depthBid: 421_034,
      depthAsk: 423_006,
      tradeBuy: 78_357,
      tradeSell: 77_603,
      removals: 76_732,
      lots: 388_564_655,
      lowestTick: 299_918,
      highestTick: 300_163,
      localHeld: 72_980,
    },
    best: [300_116, 300_117],
    lastRow: "D,S,300117,154,831284799901,831286396880",
  },
  {
    rows: 5_000_000,
    text: "910c7bcdd4b8389e3c7c51598cace64b8461ca2d7018c2d08cb2c617cd3cdd0f",
    binary: "8f031ab63c2fcce209ac18efc767d3d74f1ab13f4efa6e56d48f38e9234e20fc",
    counts: {
      depthBid: 2_111_347,
      depthAsk: 2_109_822,
      tradeBuy: 389_435,
      tradeSell: 389_396,
      removals: 383_309,
      lots: 1_941_308_293,
      lowestTick: 299_861,
      highestTick: 300_252,
      localHeld: 364_459,
    },
    best: [299_941, 299_942],
    lastRow: "D,B,299935,863,4157423027977,4157424579518",
  },
] as const;

function sha256(chunks: Iterable<Uint8Array>): string {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}

function line(columns: Synth1Columns, row: number): string {
  const kind = columns.kind[row] === ROW_TRADE ? "T" : "D";
  const side = columns.side[row] === SYNTH1_BID ? "B" : "S";
  const { tick, lots, exchNs, localNs } = columns;
  return [kind, side, tick[row], lots[row], exchNs[row], localNs[row]].join(",");
}

function countsOf(columns: Synth1Columns) {
  const { rows, kind, side, tick, lots, exchNs, localNs } = columns;
  const counts = { depthBid: 0, depthAsk: 0, tradeBuy: 0, tradeSell: 0, removals: 0, lots: 0 };
  let lowestTick = Number.POSITIVE_INFINITY;
  let highestTick = 0;
  let localHeld = 0;
  for (let row = 0; row < rows; row++) {
    const depth = kind[row] === ROW_DEPTH;
    const bid = side[row] === SYNTH1_BID;
    if (depth && bid) counts.depthBid++;
    else if (depth) counts.depthAsk++;
    else if (bid) counts.tradeBuy++;
    else counts.tradeSell++;
    if (depth && lots[row] === 0) counts.removals++;
    counts.lots += lots[row] as number;
    lowestTick = Math.min(lowestTick, tick[row] as number);
    highestTick = Math.max(highestTick, tick[row] as number);
    const held = row > 0 && localNs[row] === localNs[row - 1];
    if (held && exchNs[row] !== exchNs[row - 1]) localHeld++;
  }
  return { ...counts, lowestTick, highestTick, localHeld };
}

/** The best bid and ask of the finished book, the slow way. */
function bestOf(columns: Synth1Columns): [number, number] {
  const bids = new Map<number, number>();
  const asks = new Map<number, number>();
  for (let row = 0; row < columns.rows; row++) {
    if (columns.kind[row] !== ROW_DEPTH) continue;
    const book = columns.side[row] === SYNTH1_BID ? bids : asks;
    if (columns.lots[row] === 0) book.delete(columns.tick[row] as number);
    else book.set(columns.tick[row] as number, columns.lots[row] as number);
  }
  return [Math.max(...bids.keys()), Math.min(...asks.keys())];
}

describe("SYNTH-1", () => {
  test("prints the published first rows", () => {
    const columns = synth1(200);
    expect(line(columns, 0)).toBe("D,B,300000,874,0,1000000");
    expect(line(columns, 1)).toBe("D,S,300001,863,0,1000000");
    expect(line(columns, 100)).toBe("D,B,299982,208,1944139,3131692");
    expect(line(columns, 108)).toBe("T,B,300001,28,11243277,13081470");
  });

  for (const published of PUBLISHED) {
    test(`has the published checksums and counts at ${published.rows} rows`, () => {
      const columns = synth1(published.rows);
      expect(sha256(synth1Text(columns))).toBe(published.text);
      expect(sha256(synth1Binary(columns))).toBe(published.binary);
      if (!("counts" in published)) return;
      expect(line(columns, published.rows - 1)).toBe(published.lastRow);
      expect(countsOf(columns)).toEqual(published.counts);
      expect(bestOf(columns)).toEqual(published.best);
    });
  }
});

describe("the tape of SYNTH-1", () => {
  const rows = 150_000;
  const tape = synth1Tape(rows);
  const columns = synth1(rows);

  test("holds the stream's rows in batches of 65,536, times floored to microseconds", () => {
    expect(tape.batchCount).toBe(3);
    let row = 0;
    for (let index = 0; index < tape.batchCount; index++) {
      const batch = tape.batch(index);
      for (let at = 0; at < batch.rows; at++, row++) {
        const meta = batch.meta[at] as number;
        const ask = (meta & META_ASK) !== 0 ? SYNTH1_ASK : SYNTH1_BID;
        const expected = [
          columns.kind[row],
          columns.side[row],
          columns.tick[row],
          columns.lots[row],
          SYNTH1_ORIGIN_US + Math.floor((columns.exchNs[row] as number) / 1_000),
          SYNTH1_ORIGIN_US + Math.floor((columns.localNs[row] as number) / 1_000),
        ];
        const found = [
          meta & META_KIND,
          ask,
          batch.price[at],
          batch.size[at],
          batch.venueAt[at],
          batch.receivedAt[at],
        ];
        if (found.join() !== expected.join()) expect(found).toEqual(expected);
      }
    }
    expect(row).toBe(rows);
    expect(tape.header.rows).toBe(rows);
    expect(tape.header.lastVenueAt).toBe(tape.batch(2).venueAt.at(-1));
  });

  test("makes the opening one snapshot message and every later step one message", () => {
    const { meta } = tape.batch(0);
    const flags = Array.from(meta.subarray(0, 100), (each) => each & (META_SNAPSHOT | META_LAST));
    expect(flags.slice(0, 99).every((each) => each === META_SNAPSHOT)).toBe(true);
    expect(flags[99]).toBe(META_SNAPSHOT | META_LAST);
    for (let row = 100; row < meta.length; row++) {
      const last = ((meta[row] as number) & META_LAST) !== 0;
      const stepEnds = columns.exchNs[row] !== columns.exchNs[row + 1];
      if (last !== stepEnds) expect({ row, last }).toEqual({ row, last: stepEnds });
    }
    expect(((meta[100] as number) & META_SNAPSHOT) === 0).toBe(true);
  });
});
