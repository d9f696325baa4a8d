// The random shapes of the synthetic market, drawn from a keyed stream in integer arithmetic:
// the same numbers on every engine, since no logarithm is ever taken at run time.

import type { Rng } from "../../src/ports/rng.ts";

const WORD = 0x1_0000_0000;

/**
 * Quantiles of the unit exponential at 0, 1/64, … 1, in thousandths: −ln(1 − i/64), rounded once and written down.
 * The last stands for infinity; with it the mean of the pieces is 0.994.
 */
const EXPONENTIAL = Int32Array.of(
  ...[0, 16, 32, 48, 65, 81, 98, 116, 134, 152, 170, 189, 208, 227, 247, 267],
  ...[288, 309, 330, 352, 375, 398, 421, 445, 470, 495, 521, 548, 575, 604, 633, 662],
  ...[693, 725, 758, 792, 827, 863, 901, 940, 981, 1023, 1068, 1114, 1163, 1214, 1269, 1326],
  ...[
    1386, 1451, 1520, 1594, 1674, 1761, 1856, 1962, 2079, 2213, 2367, 2549, 2773, 3060, 3466, 4159,
  ],
  ...[5200],
);

/** One stream of draws; its order of use is part of the market's definition. */
export class Draws {
  readonly #rng: Rng;
  readonly #site: number;
  readonly #entity: number;
  #ordinal = 0;

  constructor(rng: Rng, site: number, entity: number) {
    this.#rng = rng;
    this.#site = site;
    this.#entity = entity;
  }

  /** Uniform whole number 0 ≤ n < `count`, for a count below 2^21. */
  below(count: number): number {
    const word = this.#rng.uint32(this.#site, this.#entity, this.#ordinal);
    this.#ordinal += 1;
    return Math.floor((word * count) / WORD);
  }

  /** True once in `count` times. */
  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  /** Exponential with this mean, rounded down; never more than 5.2 times the mean. */
  exponential(mean: number): number {
    const piece = this.below(64);
    const low = EXPONENTIAL[piece] as number;
    const high = EXPONENTIAL[piece + 1] as number;
    return Math.floor((mean * (low * 1000 + (high - low) * this.below(1000))) / 1_000_000);
  }

  /** A power of two up to 2^(bits − 1), and as much again at random: log-uniform, 1 ≤ n < 2^bits. */
  logUniform(bits: number): number {
    const base = 1 << this.below(bits);
    return base + this.below(base);
  }
}

/** The unit exponential in thousandths, from a random word: never more than 5,200. */
export function unitExponentialMilli(word: number): number {
  const piece = word >>> 26;
  const low = EXPONENTIAL[piece] as number;
  const high = EXPONENTIAL[piece + 1] as number;
  return low + (((high - low) * ((word >>> 16) & 1023)) >>> 10);
}
