// Fees and funding: the only two amounts that are rounded, to the nearest ledger unit, halves away from us.

import { assert } from "../../src/domain/assert.ts";
import type { MoneyUnits } from "../../src/domain/units.ts";

const E8 = 100_000_000;

/**
 * `rateE8` (1e-8, signed) of `amount` ledger units, rounded to the nearest unit, halves up (what we pay is not less).
 * Exact for every amount: beyond 2^53 it goes through BigInt.
 */
export function rateOf(amount: number, rateE8: number): MoneyUnits {
  const whole = Math.floor(amount / E8);
  const rest = amount - whole * E8;
  const units = whole * rateE8 + Math.floor((rest * rateE8 + E8 / 2) / E8);
  if (Number.isSafeInteger(amount) && Number.isSafeInteger(units)) return units as MoneyUnits;
  const exact = (BigInt(amount) * BigInt(rateE8) * 2n + BigInt(E8)) / (2n * BigInt(E8));
  const rounded = Number(exact);
  assert(Number.isSafeInteger(rounded), `one fee fits a safe integer, was ${exact}`);
  return rounded as MoneyUnits;
}
