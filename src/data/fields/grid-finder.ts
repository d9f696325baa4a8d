// Finds the grid a column of decimals is on, where nobody told it: the greatest common divisor of everything seen.

import type { DecimalScan } from "./decimal-text.ts";
import { scanDecimal, scanDecimalText } from "./decimal-text.ts";

const POWERS_OF_TEN = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));

export class GridFinder {
  #divisor = 0;
  #decimals = 0;
  readonly #scan: DecimalScan = { mantissa: 0, decimals: 0 };

  /** Adds a value; what is not a plain decimal of at most 15 digits is left to whoever converts it. */
  see(bytes: Uint8Array, from: number, to: number): void {
    if (scanDecimal(bytes, from, to, this.#scan)) this.#add();
  }

  /** The same for text that is a string already. */
  seeText(text: string): void {
    if (scanDecimalText(text, this.#scan)) this.#add();
  }

  /** The grid as a decimal string, undefined while only zeros were seen. */
  grid(): string | undefined {
    if (this.#divisor === 0) return undefined;
    const digits = String(this.#divisor).padStart(this.#decimals + 1, "0");
    const whole = digits.slice(0, digits.length - this.#decimals);
    const fraction = digits.slice(digits.length - this.#decimals).replace(/0+$/, "");
    return fraction === "" ? whole : `${whole}.${fraction}`;
  }

  #add(): void {
    let mantissa = Math.abs(this.#scan.mantissa);
    let { decimals } = this.#scan;
    if (mantissa === 0) return;
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
}

function divisorOf(left: number, right: number): number {
  let a = left;
  let b = right;
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
