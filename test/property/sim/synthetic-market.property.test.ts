// What the synthetic market promises for every seed: a feed a real venue could have sent.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SyntheticMarketConfig } from "../../../sim/market/synthetic-market.ts";
import { syntheticTapes } from "../../../sim/market/synthetic-tape.ts";
import {
  META_LAST,
  META_SNAPSHOT,
  ROW_CLEAR,
  ROW_DEPTH,
  ROW_FUNDING,
  ROW_MARK,
  ROW_TRADE,
} from "../../../src/domain/tape.ts";
import type { TapeRow } from "../../support/tape-rows.ts";
import { NaiveBook, rowsOf } from "../../support/tape-rows.ts";

const START = 1_704_095_100_000_000;
const SECONDS = 60;

function configOf(seed: string): SyntheticMarketConfig {
  return {
    seed,
    startUs: START,
    durationUs: SECONDS * 1_000_000,
    startPriceTicks: 600_000,
    fundingAtUs: START + 30_000_000,
    fundingRateE8: 1250,
  };
}

const seeds = fc.integer({ min: 0, max: 1_000_000 }).map(String);

function everyTape(check: (rows: readonly TapeRow[]) => void): void {
  fc.assert(
    fc.property(seeds, (seed) => {
      for (const tape of syntheticTapes(configOf(seed))) check([...rowsOf(tape)]);
    }),
    { numRuns: 40, seed: 20_240_519 },
  );
}

describe("a synthetic market, whatever its seed,", () => {
  test("tells both clocks in order, and nothing before it happened", () => {
    everyTape((rows) => {
      let venueAt = START;
      let receivedAt = START;
      for (const row of rows) {
        if (row.venueAt < venueAt || row.receivedAt < receivedAt) expect.fail("a clock ran back");
        if (row.receivedAt < row.venueAt) expect.fail("received before it happened");
        ({ venueAt, receivedAt } = row);
      }
      expect(venueAt).toBeLessThanOrEqual(START + SECONDS * 1_000_000);
    });
  });

  test("opens with a snapshot of both sides, and sends no second one", () => {
    everyTape((rows) => {
      expect(rows[0]?.meta).toBe(ROW_CLEAR | META_SNAPSHOT);
      const end = rows.findIndex((row) => row.last);
      const opening = rows.slice(1, end + 1);
      expect(opening.every((row) => row.kind === ROW_DEPTH && row.size > 0)).toBe(true);
      expect(opening.some((row) => row.ask) && opening.some((row) => !row.ask)).toBe(true);
      expect(rows.slice(end + 1).some((row) => (row.meta & META_SNAPSHOT) !== 0)).toBe(false);
    });
  });

  test("is never locked, crossed or empty after a message, and every size is a size", () => {
    everyTape((rows) => {
      const book = new NaiveBook();
      for (const row of rows) {
        book.apply(row);
        if (row.size < 0 || row.price < 0) expect.fail("a negative size or price");
        if (!row.last) continue;
        if (book.bids.size < 6 || book.asks.size < 6) expect.fail("a side is nearly empty");
        if (book.bestBid() >= book.bestAsk()) expect.fail("locked or crossed");
      }
    });
  });

  test("prints only what is displayed at the best price then left, on the side that was hit", () => {
    everyTape((rows) => {
      const book = new NaiveBook();
      let printed = 0;
      let printedAt = 0;
      for (const row of rows) {
        if (row.kind !== ROW_TRADE) {
          book.apply(row);
          continue;
        }
        // The rows of one sweep share a time; what an earlier print of it took is still displayed.
        if (row.venueAt !== printedAt) printed = row.ask ? book.bestBid() : book.bestAsk();
        const hit = row.ask ? book.bids : book.asks;
        if (row.size < 1 || row.size > (hit.get(row.price) ?? 0)) expect.fail("prints too much");
        if (row.ask ? row.price > printed : row.price < printed) expect.fail("prints out of order");
        printed = row.price;
        printedAt = row.venueAt;
      }
    });
  });

  test("takes a print's lots off its level in the depth that follows at the same time", () => {
    everyTape((rows) => {
      const book = new NaiveBook();
      const owed = new Map<string, number>();
      for (const row of rows) {
        const key = `${row.kind === ROW_TRADE ? !row.ask : row.ask} ${row.price} ${row.venueAt}`;
        if (row.kind === ROW_TRADE) {
          const hit = row.ask ? book.bids : book.asks;
          owed.set(key, (hit.get(row.price) ?? 0) - row.size);
        } else if (row.kind === ROW_DEPTH && owed.has(key)) {
          if (row.size !== owed.get(key)) expect.fail("depth and print disagree");
          owed.delete(key);
        }
        book.apply(row);
      }
      expect(owed.size).toBe(0);
    });
  });

  test("names each level once a message, and ends every message", () => {
    everyTape((rows) => {
      const named = new Set<string>();
      let at = 0;
      for (const row of rows) {
        const key = `${row.kind} ${row.ask} ${row.price}`;
        if (named.size > 0 && row.venueAt !== at) expect.fail("a message spans two times");
        if (row.kind === ROW_DEPTH && named.has(key)) expect.fail("a level named twice");
        named.add(key);
        at = row.venueAt;
        if (row.last) named.clear();
      }
      expect(rows.at(-1)?.last).toBe(true);
    });
  });

  test("marks every three seconds and settles funding once", () => {
    everyTape((rows) => {
      expect(rows.filter((row) => row.kind === ROW_MARK)).toHaveLength(SECONDS / 3);
      const funding = rows.filter((row) => row.kind === ROW_FUNDING);
      expect(funding).toMatchObject([
        { size: 1250, venueAt: START + 30_000_000, meta: ROW_FUNDING | META_LAST },
      ]);
    });
  });
});

test("a synthetic market is a function of its config", () => {
  const [first, again, other] = ["a", "a", "b"].map((seed) =>
    JSON.stringify(syntheticTapes(configOf(seed)).map((tape) => [...rowsOf(tape)])),
  );
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test("the two venues of a synthetic market quote within a few dozen ticks of each other", () => {
  const [alpha, beta] = syntheticTapes(configOf("pair")).map((tape) => {
    const book = new NaiveBook();
    for (const row of rowsOf(tape)) book.apply(row);
    return (book.bestBid() + book.bestAsk()) / 2;
  });
  expect(Math.abs((alpha ?? 0) - (beta ?? 0))).toBeLessThan(60);
});
