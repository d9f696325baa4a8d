// One measure for the money of two runs whose instruments may stand on other grids: prices, sizes and money as whole
// numbers of units fine enough for either, so that a gap between them is split without a rounding.

import { Decimal } from "decimal.js";
import { moneyToDecimal } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";

/** No venue's tick, lot or contract is finer. */
const GRID_DECIMALS = 12;
/** A size × a price, and half of it for a mid: 10^-25 of the currency, of which there are five in a half. */
const MONEY_DECIMALS = 2 * GRID_DECIMALS + 1;

/** One instrument's grid. Money counts in 2 × 10^24 to one of the currency. */
export type Grid = Readonly<{ tick: bigint; lot: bigint; ledger: bigint }>;

export function gridOf({ tickSize, lotSize, contractSize, moneyDecimals }: Instrument): Grid {
  return {
    tick: whole(tickSize),
    lot: whole(new Decimal(lotSize).times(contractSize).toFixed()),
    ledger: 2n * 10n ** BigInt(2 * GRID_DECIMALS - moneyDecimals),
  };
}

/** The units of a decimal string of the currency; finer digits are cut. */
export function moneyOf(decimal: string): bigint {
  const [head = "", rest = ""] = decimal.replace("-", "").split(".");
  const units = BigInt(head + rest.slice(0, MONEY_DECIMALS).padEnd(MONEY_DECIMALS, "0")) / 5n;
  return decimal.startsWith("-") ? -units : units;
}

/** Units as a plain decimal string without needless zeros. */
export function textOfMoney(units: bigint): string {
  return moneyToDecimal(units * 5n, MONEY_DECIMALS).replace(/\.?0+$/, "");
}

function whole(decimal: string): bigint {
  return BigInt(new Decimal(`${decimal}e${GRID_DECIMALS}`).toFixed(0));
}
