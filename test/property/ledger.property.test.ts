// The law of the ledger: whatever is traded, paid and settled, all accounts together are zero, realised is cash flow
// plus the cost of what is held, and when flat realised is the sum of the cash flows. The oracle adds up BigInts.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { FundingPaid, OrderFilled } from "../../src/domain/event.ts";
import { instrumentId, venueId } from "../../src/domain/units.ts";
import { Ledger } from "../../src/state/ledger.ts";
import { Position } from "../../src/state/position.ts";
import { StateStore } from "../../src/state/state-store.ts";
import { BenchBook } from "../support/bench-book.ts";
import { BENCH_CASH, benchInstruments } from "../support/bot-bench.ts";

const UNITS = 10_000n;

const trade = fc.record({
  signedLots: fc.integer({ min: -1_000_000, max: 1_000_000 }).filter((lots) => lots !== 0),
  price: fc.integer({ min: 1, max: 2_000_000 }),
  fee: fc.integer({ min: -1000, max: 100_000 }),
  funding: fc.integer({ min: -100_000, max: 100_000 }),
});

test("a position's profit is its cash flow plus the cost of what it holds, exactly", () => {
  fc.assert(
    fc.property(fc.array(trade, { maxLength: 200 }), (trades) => {
      const position = new Position();
      let flow = 0n;
      let profit = 0n;
      for (const { signedLots, price } of trades) {
        position.trade(signedLots, price, 0 as never);
        flow -= BigInt(signedLots) * BigInt(price);
        profit += BigInt(position.profit);
        expect(profit).toBe(flow + BigInt(position.costTickLots));
        if (position.lots === 0) expect(position.costTickLots).toBe(0);
        else expect(Math.sign(position.costTickLots)).toBe(Math.sign(position.lots));
      }
    }),
  );
});

test("the accounts sum to zero and agree with sums made apart, after every event", () => {
  fc.assert(
    fc.property(fc.array(trade, { maxLength: 60 }), (trades) => {
      const book = new BenchBook();
      const state = new StateStore({
        instruments: benchInstruments(),
        startingCash: [BENCH_CASH],
        books: () => book,
      });
      let cash = BENCH_CASH;
      let lots = 0n;
      trades.forEach(({ signedLots, price, fee, funding }, index) => {
        const side = signedLots > 0 ? "bid" : "ask";
        const size = Math.abs(signedLots);
        const at = { at: index, venueAt: index, instrument: 0 };
        state.filled({ kind: "OrderFilled", ...at, side, size, price, fee } as OrderFilled);
        state.funded({ kind: "FundingPaid", ...at, amount: funding } as FundingPaid);
        cash += BigInt(funding - fee) - BigInt(signedLots) * BigInt(price) * UNITS;
        lots += BigInt(signedLots);
        const account = state.account(venueId(0));
        const { costTickLots } = state.position(instrumentId(0));
        expect(account.cash).toBe(cash + BigInt(costTickLots) * UNITS);
        expect(account.cash).toBe(BENCH_CASH + account.realised - account.fees + account.funding);
        expect(account.equity()).toBe(cash + lots * 1000n * UNITS);
        const saved = (state.snapshot() as { state: { ledger: string[] } }).state.ledger;
        expect(saved.reduce((sum, each) => sum + BigInt(each), 0n)).toBe(0n);
      });
    }),
    { numRuns: 50 },
  );
});

test("postings of any order leave the sum at zero", () => {
  const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const posting = fc.record({
    kind: fc.constantFrom("trade", "fee", "funding", "correct"),
    instrument: fc.constantFrom(0, 1),
    amount,
    cost: amount,
  });
  fc.assert(
    fc.property(fc.array(posting), (postings) => {
      const ledger = new Ledger([5n, 7n], [0, 1]);
      for (const { kind, instrument, amount: units, cost } of postings) {
        if (kind === "trade") ledger.trade(instrument, units, cost, units + cost);
        else if (kind === "fee") ledger.fee(instrument, units);
        else if (kind === "funding") ledger.funding(instrument, units);
        else ledger.correct(instrument, units);
        expect(ledger.total()).toBe(0n);
      }
    }),
  );
});
