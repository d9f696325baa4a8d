// Where decimal strings meet ticks and lots: the only rounding-free door in and out.
// For edges only (config, manifests, reports); importers of large files have their own digit scanner.

import { Decimal } from "decimal.js";

/** A decimal that is not a whole multiple of its grid, or not a number. `value` and `grid` are the texts as given. */
export class OffGrid extends Error {
  override readonly name = "OffGrid";
  readonly value: string;
  readonly grid: string;

  constructor(value: string, grid: string) {
    super(`expected a multiple of ${grid}, was ${value}`);
    this.value = value;
    this.grid = grid;
  }
}

/**
 * The number of `grid` steps in `value`, exactly.
 * @throws {OffGrid} when `value` is not a number or not on the grid; nothing is ever rounded silently.
 */
export function decimalToSteps(value: string, grid: string): number {
  let steps: Decimal;
  try {
    steps = new Decimal(value).dividedBy(grid);
  } catch {
    throw new OffGrid(value, grid);
  }
  const count = steps.toNumber();
  if (!steps.isInteger() || !Number.isSafeInteger(count)) throw new OffGrid(value, grid);
  return count;
}

/** `steps` × `grid` as a plain decimal string with the grid's number of decimals. */
export function stepsToDecimal(steps: number, grid: string): string {
  const unit = new Decimal(grid);
  return unit.times(steps).toFixed(unit.decimalPlaces());
}

/** Ledger units as a decimal string: 10^-decimals each. */
export function moneyToDecimal(units: bigint, decimals: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : `.${digits.slice(digits.length - decimals)}`;
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

/** left − right, both plain decimal strings, exact. */
export function decimalDifference(left: string, right: string): string {
  return new Decimal(left).minus(right).toFixed();
}
