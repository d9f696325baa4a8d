// Chance as a function: a draw is an integer mix of (seed, site, entity, ordinal) and of nothing
// else. Nobody shares a generator, so that adding a reader, a venue or a fault moves no other draw,
// and a failing run can be cut down without becoming another run. Two 32-bit lanes in integer
// arithmetic: the same on every engine.

import seedrandom from "seedrandom";
import { assert } from "../../src/domain/assert.ts";
import type { Rng } from "../../src/ports/rng.ts";

const WORD = 0x1_0000_0000;

/** The keyed streams of one run, rooted in its seed text. */
export class KeyedRng implements Rng {
  readonly #seed0: number;
  readonly #seed1: number;

  /** `seed` is any text; texts that differ in one character give unrelated streams. */
  constructor(seed: string) {
    const root = seedrandom.alea(seed);
    this.#seed0 = root.int32();
    this.#seed1 = root.int32();
  }

  /** A whole number 0 ≤ n < 2^32; the key's three numbers are safe integers. */
  uint32(site: number, entity: number, ordinal: number): number {
    // Three rounds absorb the key a word at a time into two lanes that stir each other: a pair of
    // keys has to collide in both lanes, 64 bits, before two streams coincide.
    let a = this.#seed0;
    let b = this.#seed1;
    const siteWord = folded(site);
    a = Math.imul(a ^ siteWord, 0x9e3779b1);
    b = Math.imul(b + siteWord, 0x85ebca77) ^ (a >>> 15);
    a ^= b >>> 13;
    const entityWord = folded(entity);
    a = Math.imul(a ^ entityWord, 0xc2b2ae3d);
    b = Math.imul(b + entityWord, 0x27d4eb2f) ^ (a >>> 15);
    a ^= b >>> 13;
    const ordinalWord = folded(ordinal);
    a = Math.imul(a ^ ordinalWord, 0x9e3779b1);
    b = Math.imul(b + ordinalWord, 0x85ebca77) ^ (a >>> 15);
    a ^= b >>> 13;
    return finished(a + finished(b)) >>> 0;
  }

  /** Uniform in [0, 1): a multiple of 2^-32, so exact in a double. */
  unit(site: number, entity: number, ordinal: number): number {
    return this.uint32(site, entity, ordinal) / WORD;
  }
}

/**
 * The number of a site, from its name: FNV-1a over the UTF-16 units, 32 bits. A site names one
 * decision ("network.hyperliquid.request"), so that a draw can be traced to who made it.
 */
export function randomSite(name: string): number {
  assert(name !== "", "a random site has a name");
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A safe integer as one 32-bit word; numbers below 2^32 stay themselves. */
function folded(value: number): number {
  const low = value | 0;
  const high = Math.floor(value / WORD) | 0;
  return high === 0 ? low : low ^ Math.imul(high, 0x2545f491);
}

/**
 * The 32-bit finaliser of MurmurHash3 (Austin Appleby, public domain): every input bit reaches
 * every output bit.
 */
function finished(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
