// The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), 32-bit words, as a published workload seeds it.
// For reproducing that workload only: a run's chance comes from keyed streams, never from here.

const STATE_WORDS = 624;
const SHIFT_WORDS = 397;
const TWIST = 0x9908b0df;
/** 2^26 and 2^53: the two factors of a 53-bit fraction. */
const TWO_26 = 67_108_864;
const TWO_53 = 9_007_199_254_740_992;

/** One generator; the same seed gives the same words everywhere. */
export class Mt19937 {
  readonly #state = new Int32Array(STATE_WORDS);
  #used = STATE_WORDS;

  constructor(seed: number) {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < STATE_WORDS; i += 1) {
      const before = state[i - 1] as number;
      state[i] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + i;
    }
  }

  /** The next word, 0 … 2^32 − 1. */
  word(): number {
    if (this.#used === STATE_WORDS) this.#twist();
    let word = this.#state[this.#used] as number;
    this.#used += 1;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  /** The next fraction in [0, 1) with 53 random bits: two words, high bits first. */
  fraction(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * TWO_26 + low) / TWO_53;
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < STATE_WORDS; i += 1) {
      const here = state[i] as number;
      const next = state[(i + 1) % STATE_WORDS] as number;
      const mixed = (here & 0x80000000) | (next & 0x7fffffff);
      const shifted = state[(i + SHIFT_WORDS) % STATE_WORDS] as number;
      state[i] = shifted ^ (mixed >>> 1) ^ ((mixed & 1) === 0 ? 0 : TWIST);
    }
    this.#used = 0;
  }
}
