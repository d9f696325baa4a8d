// Fees and funding against exact integer arithmetic, on both sides of what a double can hold.

import fc from "fast-check";
import { expect, test } from "vitest";
import { rateOf, unitsOf } from "../../../../sim/exchange/fee.ts";

/** Nearest whole number to amount × rate / 1e8, halves up, by counting remainders. */
function oracle(amount: bigint, rateE8: bigint): bigint {
  const product = amount * rateE8;
  const remainder = ((product % 100_000_000n) + 100_000_000n) % 100_000_000n;
  const floor = (product - remainder) / 100_000_000n;
  return remainder >= 50_000_000n ? floor + 1n : floor;
}

const rate = fc.integer({ min: -1_000_000, max: 1_000_000 });

test("a rate of any amount is the nearest unit, halves up, rebates and short values included", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), rate, (amount, rateE8) => {
      expect(BigInt(rateOf(amount, rateE8))).toBe(oracle(BigInt(amount), BigInt(rateE8)));
    }),
    { numRuns: 2_000, seed: 20261121 },
  );
});

test("and beyond 2^53, where the amount itself no longer fits a double", () => {
  // A hundredth of the largest amount still fits the safe integer a fee must be.
  const price = fc.integer({ min: 1, max: 2 ** 26 });
  const lots = fc.integer({ min: -(2 ** 26), max: 2 ** 26 });
  fc.assert(
    fc.property(price, lots, rate, (ticks, size, rateE8) => {
      const exact = BigInt(ticks) * BigInt(size) * 99n;
      const units = unitsOf(ticks, size, 99);
      expect(BigInt(units)).toBe(exact);
      expect(BigInt(rateOf(units, rateE8))).toBe(oracle(exact, BigInt(rateE8)));
    }),
    { numRuns: 2_000, seed: 20261121 },
  );
});
