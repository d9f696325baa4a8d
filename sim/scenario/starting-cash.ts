// A venue's starting cash in the ledger units its account is kept in.

import { decimalToSteps } from "../../src/domain/decimal.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { ScenarioVenue } from "./scenario.ts";

/**
 * Ledger units of a venue's starting cash; the unit is that of its finest instrument.
 * @throws {OffGrid} when the decimal is finer than that unit.
 */
export function startingCashOf(venue: ScenarioVenue, listed: readonly Instrument[]): bigint {
  const decimals = listed.reduce((most, each) => Math.max(most, each.moneyDecimals), 0);
  const unit = decimals === 0 ? "1" : `0.${"0".repeat(decimals - 1)}1`;
  return BigInt(decimalToSteps(venue.startingCash, unit));
}
