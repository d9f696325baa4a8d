// The random shapes of the synthetic market, drawn from a keyed stream in integer arithmetic:
// the same numbers on every engine, since no logarithm is ever taken at run time.

import type { Rng } from "../../src/ports/rng.ts";
import { EXPONENTIAL_MILLI } from "../kernel/draw-shapes.ts";

const WORD = 0x1_0000_0000;

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
    const low = EXPONENTIAL_MILLI[piece] as number;
    const high = EXPONENTIAL_MILLI[piece + 1] as number;
    return Math.floor((mean * (low * 1000 + (high - low) * this.below(1000))) / 1_000_000);
  }

  /** A power of two up to 2^(bits − 1), and as much again at random: log-uniform, 1 ≤ n < 2^bits. */
  logUniform(bits: number): number {
    const base = 1 << this.below(bits);
    return base + this.below(base);
  }
}
