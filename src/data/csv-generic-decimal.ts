// Decimal text straight from bytes to whole steps of a grid: no string, no float, no rounding.
// What the fast path cannot do exactly (exponents, more than 15 digits) goes through decimal.js, at the same verdict.

import { decimalToSteps, OffGrid } from "../domain/decimal.ts";

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
/** Largest mantissa that can still take one more digit and stay a safe integer. */
const MANTISSA_MAX = 900_719_925_474_098;
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));
/** A shortest-form double carries up to 17 digits; a venue's own decimals here never carry more than 15. */
const NOISY_DIGITS = 16;

/** decimal.js would also take 0x10, 0b1, Infinity: none of them is a price. */
const DECIMAL = /^[-+]?[0-9]*\.?[0-9]*(?:e[-+]?[0-9]+)?$/i;
/** Longer than any decimal a venue writes. */
const SCRATCH = Buffer.alloc(64);

/** What a scan leaves behind: the value is `mantissa` × 10^-`decimals`. */
type Scan = { mantissa: number; decimals: number };

/** Reads sign, digits and one point; false when the text is not such a decimal or too long to be exact. */
function scan(bytes: Uint8Array, from: number, to: number, into: Scan): boolean {
  let at = from;
  const negative = bytes[at] === MINUS;
  if (negative) at += 1;
  let mantissa = 0;
  let digits = 0;
  let pointAt = -1;
  for (; at < to; at += 1) {
    const byte = bytes[at] as number;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (mantissa > MANTISSA_MAX) return false;
      mantissa = mantissa * 10 + digit;
      digits += 1;
    } else if (byte === POINT && pointAt < 0) pointAt = digits;
    else return false;
  }
  if (digits === 0) return false;
  into.mantissa = negative ? -mantissa : mantissa;
  into.decimals = pointAt < 0 ? 0 : digits - pointAt;
  return true;
}

/** Turns decimals into steps of one grid. */
export class DecimalGrid {
  /** The grid as it was given, for messages. */
  readonly step: string;
  /** Values that were a printed double a hair off the grid, taken for the grid value they stand for. */
  noisy = 0;
  readonly #decimals: number;
  readonly #mantissa: number;
  readonly #scan: Scan = { mantissa: 0, decimals: 0 };

  /** @throws {OffGrid} when `step` is not a positive decimal of at most 15 digits. */
  constructor(step: string) {
    const bytes = Buffer.from(step, "latin1");
    const readable = scan(bytes, 0, bytes.length, this.#scan);
    const { mantissa, decimals } = this.#scan;
    if (!readable || mantissa <= 0 || decimals >= POWERS_OF_TEN.length) {
      throw new OffGrid(step, "a positive decimal");
    }
    this.step = step;
    this.#mantissa = mantissa;
    this.#decimals = decimals;
  }

  /**
   * Steps of the decimal in `bytes[from, to)`.
   * @throws {OffGrid} when it is not a number, not on the grid, or not a safe number of steps.
   */
  steps(bytes: Uint8Array, from: number, to: number): number {
    const found = this.#scan;
    if (scan(bytes, from, to, found)) {
      const shift = this.#decimals - found.decimals;
      const power = POWERS_OF_TEN[shift < 0 ? -shift : shift] as number;
      const units = shift < 0 ? found.mantissa / power : found.mantissa * power;
      const steps = units / this.#mantissa;
      // 0 + : a text of "-0" is 0. A quotient of safe integers is whole only if it divides.
      if (Number.isSafeInteger(units) && Number.isSafeInteger(steps)) return 0 + steps;
    }
    return this.#slowSteps(textOf(bytes, from, to));
  }

  /** The same for text that is a string already, as JSON has it. @throws {OffGrid} */
  stepsOf(text: string): number {
    const length = SCRATCH.write(text, "latin1");
    return text.length > SCRATCH.length ? this.#slowSteps(text) : this.steps(SCRATCH, 0, length);
  }

  #slowSteps(text: string): number {
    if (!DECIMAL.test(text)) throw new OffGrid(text, this.step);
    try {
      // 0 +: a text like "-0e5" is 0.
      return 0 + decimalToSteps(text, this.step);
    } catch (error) {
      const steps = this.#undoNoise(text);
      if (steps === undefined) throw error;
      this.noisy += 1;
      return steps;
    }
  }

  /** 1.2065000000000001 was 1.2065 in somebody's double: accepted when within 2 units in the last place of a double. */
  #undoNoise(text: string): number | undefined {
    if (text.replace(/[^0-9]/g, "").length < NOISY_DIGITS) return undefined;
    const value = Number(text);
    const scaled = (value * (POWERS_OF_TEN[this.#decimals] as number)) / this.#mantissa;
    const steps = Math.round(scaled);
    const onGrid = (steps * this.#mantissa) / (POWERS_OF_TEN[this.#decimals] as number);
    const near = Math.abs(onGrid - value) <= 2 * Number.EPSILON * Math.abs(value);
    return near && Number.isSafeInteger(steps) ? 0 + steps : undefined;
  }
}

/** Finds the grid of a column: the greatest common divisor of everything seen. */
export class GridFinder {
  #divisor = 0;
  #decimals = 0;
  readonly #scan: Scan = { mantissa: 0, decimals: 0 };

  /** The same for text that is a string already. */
  seeText(text: string): void {
    this.see(SCRATCH, 0, SCRATCH.write(text, "latin1"));
  }

  /** Adds a value; what is not a plain decimal of at most 15 digits is left to whoever converts it. */
  see(bytes: Uint8Array, from: number, to: number): void {
    const found = this.#scan;
    if (!scan(bytes, from, to, found) || found.mantissa === 0) return;
    let mantissa = Math.abs(found.mantissa);
    let { decimals } = found;
    while (decimals > 0 && mantissa % 10 === 0) {
      mantissa /= 10;
      decimals -= 1;
    }
    if (decimals > this.#decimals) {
      this.#divisor *= POWERS_OF_TEN[decimals - this.#decimals] as number;
      this.#decimals = decimals;
    }
    mantissa *= POWERS_OF_TEN[this.#decimals - decimals] as number;
    if (!Number.isSafeInteger(mantissa) || !Number.isSafeInteger(this.#divisor)) return;
    this.#divisor = divisorOf(mantissa, this.#divisor);
  }

  /** The grid as a decimal string, undefined while only zeros were seen. */
  grid(): string | undefined {
    if (this.#divisor === 0) return undefined;
    const digits = String(this.#divisor).padStart(this.#decimals + 1, "0");
    const whole = digits.slice(0, digits.length - this.#decimals);
    const fraction = digits.slice(digits.length - this.#decimals).replace(/0+$/, "");
    return fraction === "" ? whole : `${whole}.${fraction}`;
  }
}

/** The bytes as text, for messages and the slow path. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8");
}

function divisorOf(left: number, right: number): number {
  let a = left;
  let b = right;
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
