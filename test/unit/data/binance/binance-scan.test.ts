// The byte scanner against JSON.parse: any message, keys in any order, any white space.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BinanceScanner,
  EVENT_AGG_TRADE,
  EVENT_BOOK_TICKER,
  EVENT_DEPTH,
  EVENT_OTHER,
  EVENT_SNAPSHOT,
  EVENT_TRADE,
  MALFORMED,
} from "../../../../src/data/binance/binance-scan.ts";
import { OffGrid } from "../../../../src/domain/decimal.ts";

/** Multiples of 0.1 and 0.001, written with trailing zeros or without. */
const price = fc
  .record({ ticks: fc.integer({ min: 1, max: 9_999_999 }), zeros: fc.nat(3) })
  .map(({ ticks, zeros }) => `${Math.floor(ticks / 10)}.${ticks % 10}${"0".repeat(zeros)}`);
const size = fc
  .integer({ min: 0, max: 2_000_000_000 })
  .map((lots) => `${Math.floor(lots / 1000)}.${String(lots % 1000).padStart(3, "0")}`);
const levels = fc.array(fc.tuple(price, size), { maxLength: 8 });
const id = fc.nat(9_007_199_254_740_991);
const time = fc.integer({ min: 1, max: 2_000_000_000_000 });

const messages = fc.oneof(
  fc.record({
    e: fc.constant("depthUpdate"),
    E: time,
    T: time,
    U: id,
    u: id,
    pu: id,
    b: levels,
    a: levels,
  }),
  fc.record({ lastUpdateId: id, E: time, T: time, bids: levels, asks: levels }),
  fc.record({
    e: fc.constant("trade"),
    E: time,
    T: time,
    t: id,
    p: price,
    q: size,
    m: fc.boolean(),
  }),
  fc.record({
    e: fc.constant("aggTrade"),
    E: time,
    T: time,
    a: id,
    p: price,
    q: size,
    m: fc.boolean(),
  }),
  fc.record({ e: fc.constant("bookTicker"), u: id, b: price, B: size, a: price, A: size }),
  fc.record({
    e: fc.constant("markPriceUpdate"),
    E: time,
    r: fc.double({ noNaN: true }),
    i: fc.string(),
  }),
);
const extras = fc.dictionary(
  fc.constantFrom("x", "ps", "long key", "f"),
  fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.array(fc.string()), fc.integer()),
);
const shape = fc.record({
  message: messages,
  extras,
  shuffle: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  space: fc.constantFrom("", " ", "\n  "),
  envelope: fc.boolean(),
});

/** The object with its keys in another order. */
function shuffled(value: object, order: readonly number[]): object {
  const entries = Object.entries(value).map((entry, at) => [order[at] ?? 0, entry] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, entry]) => entry));
}

const steps = (text: string, grid: number): number => Math.round(Number(text) / grid);
const EVENTS: Readonly<Record<string, number>> = {
  depthUpdate: EVENT_DEPTH,
  trade: EVENT_TRADE,
  aggTrade: EVENT_AGG_TRADE,
  bookTicker: EVENT_BOOK_TICKER,
};

test("reads what JSON.parse reads", () => {
  const scanner = new BinanceScanner("0.1", "0.001");
  fc.assert(
    fc.property(shape, ({ message, extras, shuffle, space, envelope }) => {
      const data = shuffled({ ...extras, ...message }, shuffle);
      const text = JSON.stringify(envelope ? { stream: "s@x", data } : data, null, space);
      const bytes = Buffer.from(`#${text}\n1`, "utf8");
      const end = bytes.length - 2;
      expect(scanner.scan(bytes, 1, end)).toBe(end);
      // biome-ignore lint/suspicious/noExplicitAny: fields differ by event, and absent ones are part of the check
      const want = message as any;
      const isSnapshot = "lastUpdateId" in message;
      expect(scanner.event).toBe(isSnapshot ? EVENT_SNAPSHOT : (EVENTS[want.e] ?? EVENT_OTHER));
      expect(scanner.eventTime).toBe(want.E ?? 0);
      expect(scanner.transactionTime).toBe(want.T ?? 0);
      expect(scanner.firstId).toBe(want.U ?? -1);
      expect(scanner.finalId).toBe(want.u ?? want.lastUpdateId ?? -1);
      expect(scanner.previousId).toBe(want.pu ?? -1);
      expect(scanner.buyerIsMaker).toBe(want.m ?? false);
      for (const [side, found] of [
        [want.bids ?? want.b, scanner.bids],
        [want.asks ?? want.a, scanner.asks],
      ] as const) {
        const list = Array.isArray(side) ? (side as [string, string][]) : [];
        expect(found.count).toBe(list.length);
        for (const [at, [priceText, sizeText]] of list.entries()) {
          expect(found.ticks[at]).toBe(steps(priceText, 0.1));
          expect(found.lots[at]).toBe(steps(sizeText, 0.001));
        }
      }
      if (want.p !== undefined) {
        expect(scanner.ticksOf(bytes, 0x70)).toBe(steps(want.p, 0.1));
        expect(scanner.lotsOf(bytes, 0x71)).toBe(steps(want.q, 0.001));
        expect(want.e === "trade" ? scanner.tradeId : scanner.aggregateId).toBe(want.t ?? want.a);
      }
    }),
    { numRuns: 500 },
  );
});

test("holds more levels than it has room for at first", () => {
  const scanner = new BinanceScanner("1", "1");
  const bids = Array.from({ length: 5_000 }, (_, at) => [String(at + 1), "7"]);
  const bytes = Buffer.from(JSON.stringify({ lastUpdateId: 1, bids, asks: [] }));
  expect(scanner.scan(bytes, 0, bytes.length)).toBe(bytes.length);
  expect(scanner.bids.count).toBe(5_000);
  expect(scanner.bids.ticks[4_999]).toBe(5_000);
});

describe("a message that is cut off", () => {
  const text = `{"e":"depthUpdate","E":5,"b":[["100.2","0.004"]],"a":[],"x":["y"],"m":true}`;
  test("is malformed or off the grid wherever the cut is, even with another line behind it", () => {
    const scanner = new BinanceScanner("0.1", "0.001");
    for (let cut = 1; cut < text.length; cut += 1) {
      const bytes = Buffer.from(`${text.slice(0, cut)}\n123 ${text}\n`, "utf8");
      let end = MALFORMED;
      try {
        end = scanner.scan(bytes, 0, cut);
      } catch (error) {
        expect(error).toBeInstanceOf(OffGrid);
      }
      expect(end, text.slice(0, cut)).toBe(MALFORMED);
    }
  });
});
