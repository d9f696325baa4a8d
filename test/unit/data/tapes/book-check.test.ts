// The importer's fast book against two Maps, far beyond its window, and what it says of an empty side.

import fc from "fast-check";
import { expect, test } from "vitest";
import { BookCheck } from "../../../../src/data/tapes/book-check.ts";
import { ROW_CLEAR, ROW_GAP, ROW_TRADE } from "../../../../src/domain/tape.ts";

/** Prices close together, and ones further apart than the window of 2^18 ticks. */
const tick = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 600_000, max: 600_050 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2_147_483_647, 262_144, 262_143) },
);
const change = fc.record({
  ask: fc.constantFrom(0, 1),
  tick,
  lots: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 })),
  clear: fc.integer({ min: 0, max: 60 }).map((draw) => draw === 0),
});

test("is the book of two Maps after every change", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const book = new BookCheck();
      const maps = [new Map<number, number>(), new Map<number, number>()] as const;
      for (const { ask, tick, lots, clear } of changes) {
        if (clear) {
          book.clear();
          for (const map of maps) map.clear();
        }
        book.set(ask as 0 | 1, tick, lots);
        const map = maps[ask as 0 | 1];
        if (lots === 0) map.delete(tick);
        else map.set(tick, lots);
        const bid = Math.max(...maps[0].keys());
        const askTick = Math.min(...maps[1].keys());
        expect(book.bestBid).toBe(bid);
        expect(book.bestAsk).toBe(askTick);
        expect(book.bestBidLots).toBe(maps[0].get(bid) ?? 0);
        expect(book.bestAskLots).toBe(maps[1].get(askTick) ?? 0);
        expect(book.lotsAt(ask as 0 | 1, tick)).toBe(lots);
      }
      for (const side of [0, 1] as const) {
        for (const [tick, lots] of maps[side]) expect(book.lotsAt(side, tick)).toBe(lots);
      }
    }),
    { numRuns: 60 },
  );
});

test("forgets everything at a clear or a gap, and nothing at a print", () => {
  for (const kind of [ROW_CLEAR, ROW_GAP]) {
    const book = new BookCheck();
    book.set(0, 10, 1);
    expect(book.note(ROW_TRADE)).toBe(false);
    expect(book.bestBid).toBe(10);
    expect(book.note(kind)).toBe(true);
    expect([book.bestBid, book.bestAsk]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  }
});
