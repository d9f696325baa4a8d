// Decimal text to whole steps of a grid, a tick or lot size: no float in between, no silent rounding.
// What the fast path cannot do exactly (exponents, more than 15 digits) goes through decimal.js, at the same verdict.

import { decimalToSteps, OffGrid } from "../../domain/decimal.ts";
import type { DecimalScan } from "./decimal-text.ts";
import { scanDecimal, scanDecimalText, textBetween } from "./decimal-text.ts";

/** More decimals than this take the slow way. */
const DECIMALS_MAX = 15;
/** Fifteen digits are a safe integer whatever they are. */
export const DIGITS_MAX = 15;
/** A shortest-form double carries up to 17 digits; a venue's own decimals here never carry more than 15. */
const NOISY_DIGITS = 16;
/** decimal.js would also take 0x10, 0b1, Infinity: none of them is a price. */
const DECIMAL = /^[-+]?[0-9]*\.?[0-9]*(?:e[-+]?[0-9]+)?$/i;

/** Turns decimals into steps of one grid. */
export class DecimalGrid {
  /** The grid as it was given, for messages. */
  readonly step: string;
  /** Mantissa m with k decimals is m × multiply[k] ÷ divide[k] steps, exactly when that is whole. */
  readonly multiply = new Float64Array(DECIMALS_MAX + 1);
  readonly divide = new Float64Array(DECIMALS_MAX + 1);
  /** Values that were a printed double a hair off the grid, taken for the grid value they stand for. */
  noisy = 0;
  readonly #undoesNoise: boolean;
  readonly #scan: DecimalScan = { mantissa: 0, decimals: 0 };

  /**
   * A printed double beside the grid ("1.2065000000000001") is taken for the value it stands for and counted, or, where
   * decimals come from a venue that writes none, refused.
   * @throws {OffGrid} when `step` is not a positive decimal of at most 15 digits.
   */
  constructor(step: string, noise: "undo-noise" | "refuse-noise" = "undo-noise") {
    const readable = scanDecimalText(step, this.#scan);
    const { mantissa, decimals } = this.#scan;
    if (!readable || mantissa <= 0 || decimals > DECIMALS_MAX) {
      throw new OffGrid(step, "a positive decimal");
    }
    this.step = step;
    this.#undoesNoise = noise === "undo-noise";
    for (let seen = 0; seen <= DECIMALS_MAX; seen += 1) {
      this.multiply[seen] = seen < decimals ? Number(`1e${decimals - seen}`) : 1;
      this.divide[seen] = mantissa * (seen > decimals ? Number(`1e${seen - decimals}`) : 1);
    }
  }

  /**
   * Steps of the decimal in `bytes[from, to)`.
   * @throws {OffGrid} when it is not a number, not on the grid, or not a safe number of steps.
   */
  steps(bytes: Uint8Array, from: number, to: number): number {
    const steps = scanDecimal(bytes, from, to, this.#scan) ? this.#exactSteps() : Number.NaN;
    return Number.isNaN(steps) ? this.slowSteps(textBetween(bytes, from, to)) : steps;
  }

  /** The same for text that is a string already. @throws {OffGrid} */
  stepsOf(text: string): number {
    const steps = scanDecimalText(text, this.#scan) ? this.#exactSteps() : Number.NaN;
    return Number.isNaN(steps) ? this.slowSteps(text) : steps;
  }

  /** The same by way of decimal.js, for what the fast paths leave: exponents, many digits, wrong values. @throws {OffGrid} */
  slowSteps(text: string): number {
    if (!DECIMAL.test(text)) throw new OffGrid(text, this.step);
    try {
      // 0 +: a text like "-0e5" is 0.
      return 0 + decimalToSteps(text, this.step);
    } catch (error) {
      const steps = this.#undoesNoise ? this.#undoNoise(text) : undefined;
      if (steps === undefined) throw error;
      this.noisy += 1;
      return steps;
    }
  }

  /** Steps of what was scanned; NaN when they are not whole, or not known to be. */
  #exactSteps(): number {
    const { mantissa, decimals } = this.#scan;
    const units = mantissa * (this.multiply[decimals] as number);
    const steps = units / (this.divide[decimals] as number);
    // 0 + : a text of "-0" is 0. A quotient of safe integers is whole only if it divides.
    return Number.isSafeInteger(units) && Number.isSafeInteger(steps) ? 0 + steps : Number.NaN;
  }

  /** 1.2065000000000001 was 1.2065 in somebody's double: accepted when within 2 units in the last place of a double. */
  #undoNoise(text: string): number | undefined {
    if (text.replace(/[^0-9]/g, "").length < NOISY_DIGITS) return undefined;
    const value = Number(text);
    const multiply = this.multiply[0] as number;
    const divide = this.divide[0] as number;
    const steps = Math.round((value * multiply) / divide);
    const onGrid = (steps * divide) / multiply;
    const near = Math.abs(onGrid - value) <= 2 * Number.EPSILON * Math.abs(value);
    return near && Number.isSafeInteger(steps) ? 0 + steps : undefined;
  }
}
