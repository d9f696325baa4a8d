// A fast fingerprint for runs by the thousand: two 32-bit lanes of multiply and xor, stretched to the width of a SHA-256.
// It tells runs apart and finds damage; it keeps nobody from forging a journal, which is no danger in a simulation.

import type { Hasher } from "../../src/ports/storage.ts";

const WORDS = 8;

export class RollingHasher implements Hasher {
  #a = 0x9e3779b9 | 0;
  #b = 0x85ebca6b | 0;
  #length = 0;
  /** Up to three bytes that make no whole word yet. */
  #carry = 0;

  update(bytes: Uint8Array): void {
    let index = 0;
    while ((this.#length & 3) !== 0 && index < bytes.length) {
      this.#byte(bytes[index] as number);
      index += 1;
    }
    let a = this.#a;
    let b = this.#b;
    const whole = bytes.length - 4;
    const from = index;
    for (; index <= whole; index += 4) {
      // Put together by hand: texts are short, and a view of them costs more than reading them.
      const low = (bytes[index] as number) | ((bytes[index + 1] as number) << 8);
      const high = (bytes[index + 2] as number) | ((bytes[index + 3] as number) << 8);
      const word = low | (high << 16);
      a = Math.imul(a ^ word, 0x01000193);
      a ^= a >>> 15;
      b = Math.imul(b + word, 0x27d4eb2f) ^ (a >>> 11);
    }
    this.#a = a;
    this.#b = b;
    this.#length += index - from;
    for (; index < bytes.length; index += 1) this.#byte(bytes[index] as number);
  }

  digest(): string {
    let text = "";
    for (let index = 0; index < WORDS; index += 1) {
      text += this.#word(index).toString(16).padStart(8, "0");
    }
    return text;
  }

  seal(bytes: Uint8Array, offset: number): void {
    for (let index = 0; index < WORDS; index += 1) {
      const word = this.#word(index);
      const at = offset + 4 * index;
      bytes[at] = word >>> 24;
      bytes[at + 1] = (word >>> 16) & 0xff;
      bytes[at + 2] = (word >>> 8) & 0xff;
      bytes[at + 3] = word & 0xff;
    }
  }

  #byte(byte: number): void {
    this.#carry |= byte << (8 * (this.#length & 3));
    this.#length += 1;
    if ((this.#length & 3) !== 0) return;
    const word = this.#carry;
    this.#carry = 0;
    this.#a = Math.imul(this.#a ^ word, 0x01000193);
    this.#a ^= this.#a >>> 15;
    this.#b = Math.imul(this.#b + word, 0x27d4eb2f) ^ (this.#a >>> 11);
  }

  #word(index: number): number {
    const a = this.#a ^ this.#carry;
    const mixed = (index & 1) === 0 ? a : this.#b;
    const other = (index & 1) === 0 ? this.#b : a;
    let word = mixed ^ Math.imul(other + index + this.#length, 0x9e3779b1);
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return (word ^ (word >>> 16)) >>> 0;
  }
}
