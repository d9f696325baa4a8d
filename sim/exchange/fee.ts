// Fees and funding: the only two amounts that are rounded, to the nearest ledger unit, halves against us.

import { assert } from "../../src/domain/assert.ts";
import type { MoneyUnits } from "../../src/domain/units.ts";

const E8 = 100_000_000;
const E8_EXACT = BigInt(E8);

/** Ledger units of `lots` at `price` ticks: a number while that is exact, else a bigint. */
export function unitsOf(price: number, lots: number, unitsPerTickLot: number): number | bigint {
  const units = price * lots * unitsPerTickLot;
  if (Number.isSafeInteger(units)) return units;
  return BigInt(price) * BigInt(lots) * BigInt(unitsPerTickLot);
}

/**
 * `rateE8` (1e-8, signed) of `amount` ledger units, rounded to the nearest unit, halves up (what we pay is not less).
 * @throws {BrokenPromise} when the result does not fit a safe integer.
 */
export function rateOf(amount: number | bigint, rateE8: number): MoneyUnits {
  const units = typeof amount === "number" ? rateOfSafe(amount, rateE8) : undefined;
  if (units !== undefined && Number.isSafeInteger(units)) return units as MoneyUnits;
  const doubled = BigInt(amount) * BigInt(rateE8) * 2n + E8_EXACT;
  const rounded = Number(floorDivided(doubled, 2n * E8_EXACT));
  assert(Number.isSafeInteger(rounded), `one fee fits a safe integer, was ${rounded}`);
  return rounded as MoneyUnits;
}

/** Each part stays below 2^53 for rates up to 90 %: the whole hundred millions, and the rest. */
function rateOfSafe(amount: number, rateE8: number): number {
  const whole = Math.floor(amount / E8);
  const rest = amount - whole * E8;
  return whole * rateE8 + Math.floor((rest * rateE8 + E8 / 2) / E8);
}

/** BigInt divides towards zero; rounding halves up needs the floor. */
function floorDivided(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
