// The numbers behind a fast reader of decimals: how to turn "digits with k decimals" into whole steps of a grid.
// A reader that has seen mantissa m and k decimals has m × multiply[k] ÷ divide[k] steps, exactly when that is whole.

import { decimalToSteps, OffGrid } from "../domain/decimal.ts";

/** More decimals than this, or more digits than `DIGITS_MAX`, take the slow way through decimal.js. */
const DECIMALS_MAX = 15;
/** Fifteen digits are a safe integer whatever they are. */
export const DIGITS_MAX = 15;

/** One grid: a tick size or a lot size. */
export class DecimalSteps {
  /** The grid as given, for messages. */
  readonly grid: string;
  readonly multiply = new Float64Array(DECIMALS_MAX + 1);
  readonly divide = new Float64Array(DECIMALS_MAX + 1);

  /** @throws {OffGrid} when `grid` is not a positive decimal of at most 15 decimals. */
  constructor(grid: string) {
    const parts = /^(\d+)(?:\.(\d{1,15}))?$/.exec(grid);
    const decimals = (parts?.[2] ?? "").length;
    const mantissa = Number(`${parts?.[1] ?? ""}${parts?.[2] ?? ""}`);
    if (parts === null || mantissa <= 0) throw new OffGrid(grid, "a positive decimal");
    this.grid = grid;
    for (let seen = 0; seen <= DECIMALS_MAX; seen += 1) {
      this.multiply[seen] = seen < decimals ? Number(`1e${decimals - seen}`) : 1;
      this.divide[seen] = mantissa * (seen > decimals ? Number(`1e${seen - decimals}`) : 1);
    }
  }

  /**
   * Steps of the decimal that is bytes [from, to).
   * @throws {OffGrid} when it is not a number on the grid.
   */
  steps(bytes: Uint8Array, from: number, to: number): number {
    let mantissa = 0;
    let point = -1;
    if (to <= from || to - from > DIGITS_MAX + 1) return this.slowSteps(bytes, from, to);
    for (let at = from; at < to; at += 1) {
      const digit = (bytes[at] as number) - 48;
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
      else if (digit === -2 && point < 0 && at > from) point = at;
      else return this.slowSteps(bytes, from, to);
    }
    const decimals = point < 0 ? 0 : to - point - 1;
    const units = mantissa * (this.multiply[decimals] as number);
    const steps = units / (this.divide[decimals] as number);
    return (steps | 0) === steps ? steps : this.slowSteps(bytes, from, to);
  }

  /**
   * The same by way of text, for what the fast path leaves: exponents, many digits, wrong values.
   * @throws {OffGrid} when it is not a number on the grid.
   */
  slowSteps(bytes: Uint8Array, from: number, to: number): number {
    return decimalToSteps(textBetween(bytes, from, to), this.grid);
  }
}

/** Bytes [from, to) as text. */
export function textBetween(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8");
}
