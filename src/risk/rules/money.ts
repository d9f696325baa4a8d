// Limits in money are given in 1e-8 of the currency; ledgers are at least that fine, so no limit is ever rounded.

import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";

const LIMIT_DECIMALS = 8;

/** A limit in ledger units of 10^-decimals. */
export function e8ToUnits(limitE8: bigint, decimals: number): bigint {
  assert(decimals >= LIMIT_DECIMALS, `a ledger has at least 8 decimals, was ${decimals}`);
  let units = limitE8;
  for (let step = LIMIT_DECIMALS; step < decimals; step += 1) units *= 10n;
  return units;
}

/** Decimals at which a run counts the money of all its instruments together. */
export function runDecimals(instruments: readonly Instrument[]): number {
  return instruments.reduce((most, each) => Math.max(most, each.moneyDecimals), LIMIT_DECIMALS);
}
