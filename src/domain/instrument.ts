// What is traded, and the exact size of its units in money.
// Ledger units are chosen so that one tick × one lot is a whole number of them: a trade never rounds.

import { Decimal } from "decimal.js";
import { assert } from "./assert.ts";
import { decimalToSteps } from "./decimal.ts";
import type { InstrumentId, MoneyUnits, VenueId } from "./units.ts";
import { moneyUnits } from "./units.ts";

/** How a contract pays. "inverse" (paid in the base coin) can be recorded and replayed, not yet traded. */
export type ContractKind = "spot" | "linear" | "inverse";

/** What a recording or a config says of an instrument; decimal strings, as the venue writes them. */
export type InstrumentSpec = Readonly<{
  venueName: string;
  symbol: string;
  contract: ContractKind;
  base: string;
  quote: string;
  tickSize: string;
  lotSize: string;
  /** Units of the base (or of the quote, for inverse) in one contract; "1" where sizes are in the base. */
  contractSize: string;
  /** Least size of an order, as `lotSize`; one lot where it is not said. */
  minSize?: string | undefined;
}>;

/** An instrument of a run. `moneyPerTickLot` ledger units are one tick times one lot, exactly. */
export type Instrument = InstrumentSpec &
  Readonly<{
    id: InstrumentId;
    venue: VenueId;
    /** The ledger's unit of the quote currency is 10^-moneyDecimals. */
    moneyDecimals: number;
    moneyPerTickLot: MoneyUnits;
    /** Least lots of an order; undefined: one. */
    minLots?: number | undefined;
  }>;

/** Fees and funding are kept to at least this many decimals, as fine as any venue here reports. */
const MONEY_DECIMALS_MIN = 8;

/** Gives a recorded instrument its place in a run. @throws {OffGrid} when the least size is no whole number of lots */
export function instrumentOf(spec: InstrumentSpec, id: InstrumentId, venue: VenueId): Instrument {
  const tickLot = new Decimal(spec.tickSize).times(spec.lotSize).times(spec.contractSize);
  assert(tickLot.greaterThan(0), `tick × lot is positive, was ${tickLot.toFixed()}`);
  const moneyDecimals = Math.max(MONEY_DECIMALS_MIN, tickLot.decimalPlaces());
  const perTickLot = tickLot.times(new Decimal(10).toPower(moneyDecimals)).toNumber();
  const instrument = { ...spec, id, venue, moneyDecimals, moneyPerTickLot: moneyUnits(perTickLot) };
  const { minSize, lotSize } = spec;
  return minSize === undefined
    ? instrument
    : { ...instrument, minLots: decimalToSteps(minSize, lotSize) };
}
