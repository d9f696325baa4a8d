// One scale for the money of a run whose instruments keep theirs at different scales.
// The common unit is ten times finer than the finest ledger, so that a mid (half a tick) is a whole number too.

import { Decimal } from "decimal.js";
import { moneyToDecimal } from "../domain/decimal.ts";
import type { Instrument } from "../domain/instrument.ts";

/** What a mid of half a tick needs: 10 of our units to one of the finest ledger, 5 to its half. */
const HALF_TICK_UNITS = 10n;

export class MoneyScale {
  /** Our unit is 10^-decimals of the currency. */
  readonly decimals: number;
  /** Units of one tick × one lot, per instrument. Even: half a tick is whole. */
  readonly perTickLot: readonly bigint[];
  /** Units of one ledger unit of the instrument. */
  readonly perLedgerUnit: readonly bigint[];

  constructor(instruments: readonly Instrument[]) {
    const finest = Math.max(0, ...instruments.map((instrument) => instrument.moneyDecimals));
    this.decimals = finest + 1;
    this.perLedgerUnit = instruments.map(
      (instrument) => tenTo(finest - instrument.moneyDecimals) * HALF_TICK_UNITS,
    );
    this.perTickLot = instruments.map(
      (instrument, index) =>
        BigInt(instrument.moneyPerTickLot) * (this.perLedgerUnit[index] as bigint),
    );
  }

  /** A decimal string of the currency in units; digits finer than a unit are cut. */
  unitsOf(decimal: string): bigint {
    return BigInt(new Decimal(decimal).times(new Decimal(10).toPower(this.decimals)).toFixed(0, 1));
  }

  /** Units as a plain decimal string without needless zeros. */
  text(units: bigint): string {
    const text = moneyToDecimal(units, this.decimals);
    return text.replace(/\.?0+$/, "");
  }
}

function tenTo(power: number): bigint {
  let value = 1n;
  for (let step = 0; step < power; step += 1) value *= 10n;
  return value;
}
