// What a sparse market promises for every seed and every plan: a feed a real venue could have sent, and the same feed
// again from buffers that have served another world.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SparseMarketConfig } from "../../../sim/market/sparse-market.ts";
import { SparseMarket } from "../../../sim/market/sparse-market.ts";
import type { MarketShock } from "../../../sim/market/sparse-shocks.ts";
import { TAPE_SHOCKS } from "../../../sim/market/sparse-shocks.ts";
import { syntheticInstrument } from "../../../sim/market/synthetic-market.ts";
import { META_SNAPSHOT, ROW_CLEAR, ROW_MARK, ROW_TRADE } from "../../../src/domain/tape.ts";
import type { TapeSource } from "../../../src/ports/tape-source.ts";
import type { TapeRow } from "../../support/tape-rows.ts";
import { NaiveBook, rowsOf } from "../../support/tape-rows.ts";

const START = 1_704_067_200_000_000;
const SECONDS = 300;

const shock = fc.record({
  kind: fc.constantFrom(...TAPE_SHOCKS),
  entity: fc.nat(1),
  ordinal: fc.nat(SECONDS - 1),
  parameter: fc.oneof(
    fc.integer({ min: 1, max: 500 }),
    fc.integer({ min: 500_000, max: 30_000_000 }),
  ),
});
const config: fc.Arbitrary<SparseMarketConfig> = fc
  .record({
    seed: fc.nat(1_000_000).map(String),
    eventMeanUs: fc.constantFrom(100_000, 1_000_000, 3_000_000),
    grainTicks: fc.constantFrom(1, 6),
    levelLots: fc.constantFrom(1, 100, 10_000),
    moveTicks: fc.constantFrom(0.5, 5, 40),
    shocks: fc.array(shock, { maxLength: 4 }),
    quiet: fc.constantFrom<SparseMarketConfig["quiet"]>(
      [],
      [
        [0, 20],
        [100, 250],
      ],
    ),
  })
  .map(({ seed, moveTicks, shocks, quiet, ...flow }) => ({
    seed,
    startUs: START,
    seconds: SECONDS,
    startPriceTicks: 600_000,
    moveTicks,
    venues: ["alpha", "beta"].map((name) => ({
      instrument: syntheticInstrument(name),
      flow: { ...flow, tradeLots: 20, feedBaseUs: 10_000, feedExtraUs: 40_000 },
    })),
    // A jump's parameter is ticks, any other's a length: either is a number of the other's kind as well.
    shocks: shocks.map((each): MarketShock => {
      const jump = each.kind === "price-jumps" || each.kind === "market-whips";
      return jump ? { ...each, parameter: each.parameter % 500 } : each;
    }),
    quiet,
  }));

const market = new SparseMarket();

function everyTape(check: (rows: readonly TapeRow[], config: SparseMarketConfig) => void): void {
  fc.assert(
    fc.property(config, (told) => {
      for (const tape of market.generate(told)) check([...rowsOf(tape)], told);
    }),
    { numRuns: 60, seed: 20_261_121 },
  );
}

describe("a sparse market, whatever its seed and plan,", () => {
  test("tells both clocks in order, nothing before it happened, all within its span", () => {
    everyTape((rows) => {
      let venueAt = START;
      let receivedAt = START;
      for (const row of rows) {
        if (row.venueAt < venueAt || row.receivedAt < receivedAt) expect.fail("a clock ran back");
        if (row.receivedAt < row.venueAt) expect.fail("received before it happened");
        ({ venueAt, receivedAt } = row);
      }
      expect(venueAt).toBe(START + SECONDS * 1_000_000);
    });
  });

  test("opens with a snapshot, sends no second one, and ends every message", () => {
    everyTape((rows) => {
      expect(rows[0]?.meta).toBe(ROW_CLEAR | META_SNAPSHOT);
      const end = rows.findIndex((row) => row.last);
      expect(rows.slice(end + 1).some((row) => (row.meta & META_SNAPSHOT) !== 0)).toBe(false);
      expect(rows.at(-1)?.last).toBe(true);
      let at = 0;
      let open = false;
      for (const row of rows) {
        if (open && row.venueAt !== at) expect.fail("a message spans two times");
        at = row.venueAt;
        open = !row.last;
      }
    });
  });

  test("is never locked or crossed after a message, and every price and size is one", () => {
    everyTape((rows) => {
      const book = new NaiveBook();
      for (const row of rows) {
        book.apply(row);
        if (row.size < 0 || row.price < 0) expect.fail("a negative size or price");
        if (!row.last || book.bids.size === 0 || book.asks.size === 0) continue;
        if (book.bestBid() >= book.bestAsk()) expect.fail("locked or crossed");
      }
    });
  });

  test("has both sides but for what its plan pulls", () => {
    everyTape((rows, { shocks }) => {
      if (shocks.some(({ kind }) => kind === "book-empties")) return;
      const book = new NaiveBook();
      for (const row of rows) {
        book.apply(row);
        if (row.last && (book.bids.size < 4 || book.asks.size < 4)) expect.fail("nearly empty");
      }
    });
  });

  test("prints what is displayed, and takes it off in the depth that follows", () => {
    everyTape((rows) => {
      const book = new NaiveBook();
      const owed = new Map<string, number>();
      for (const row of rows) {
        const hitAsk = row.kind === ROW_TRADE ? !row.ask : row.ask;
        const key = `${hitAsk} ${row.price} ${row.venueAt}`;
        const there = (hitAsk ? book.asks : book.bids).get(row.price) ?? 0;
        if (row.kind === ROW_TRADE) {
          if (row.size < 1 || row.size > there) expect.fail("prints what is not there");
          owed.set(key, there - row.size);
        } else if (row.kind !== ROW_MARK && owed.has(key)) {
          if (row.size !== owed.get(key)) expect.fail("depth and print disagree");
          owed.delete(key);
        }
        book.apply(row);
      }
      expect(owed.size).toBe(0);
    });
  });
});

test("used buffers give the same world as new ones", () => {
  fc.assert(
    fc.property(config, config, (told, other) => {
      const once = textOf(new SparseMarket().generate(told));
      market.generate(other);
      expect(textOf(market.generate(told))).toBe(once);
    }),
    { numRuns: 30, seed: 20_261_122 },
  );
});

test("a second left out changes the times and kinds of no later event", () => {
  const [base] = fc.sample(config, { numRuns: 1, seed: 7 });
  if (base === undefined) return expect.fail("no config was drawn");
  const calm = { ...base, shocks: [], quiet: [] as SparseMarketConfig["quiet"] };
  const timesAfter = (told: SparseMarketConfig): readonly number[] =>
    (market.generate(told)[0] === undefined
      ? []
      : [...rowsOf(market.generate(told)[0] as TapeSource)]
    )
      .filter((row) => row.venueAt >= START + 250_000_000 && row.kind === ROW_MARK)
      .map((row) => row.venueAt);
  expect(timesAfter({ ...calm, quiet: [[0, 250]] })).toEqual(timesAfter(calm));
});

test("the two venues of a sparse market stay together", () => {
  fc.assert(
    fc.property(config, (told) => {
      const calm = { ...told, shocks: [], quiet: [] };
      const mids = market.generate(calm).map((tape) => {
        const book = new NaiveBook();
        for (const row of rowsOf(tape)) book.apply(row);
        return (book.bestBid() + book.bestAsk()) / 2;
      });
      const reach = 40 * told.moveTicks + 40 * (told.venues[0]?.flow.grainTicks ?? 1);
      expect(Math.abs((mids[0] ?? 0) - (mids[1] ?? 0))).toBeLessThan(reach);
    }),
    { numRuns: 40, seed: 20_261_123 },
  );
});

function textOf(tapes: readonly TapeSource[]): string {
  return JSON.stringify(tapes.map((tape) => [tape.header, [...rowsOf(tape)]]));
}
