// Which price slots hold something, and the next one below in at most four steps whatever the gap.
// A word per 32 slots, a word per 32 words, and so on: `clz32` crosses each level. Up to 2^20 slots.
// Both sides of a book look downwards (asks are mirrored), so only "highest at or below" exists.

import { assert } from "../../../src/domain/assert.ts";

/** Four levels of 32: 32 × 32 × 32 × 32 slots. */
const SLOTS_MAX = 1_048_576;

/** A set of slots 0 … slots − 1. Every slot passed in must lie in that range: the hot path does not check. */
export class SlotBitmap {
  readonly slots: number;
  readonly #words: Int32Array;
  readonly #groups: Int32Array;
  readonly #blocks: Int32Array;
  /** One bit per word of #blocks. */
  #top = 0;

  /** `slots`: a multiple of 32, at most 2^20. */
  constructor(slots: number) {
    assert(slots > 0 && slots <= SLOTS_MAX, `a bitmap has 1 to ${SLOTS_MAX} slots, was ${slots}`);
    assert(slots % 32 === 0, `a bitmap's slots are a multiple of 32, was ${slots}`);
    this.slots = slots;
    this.#words = new Int32Array(slots >>> 5);
    this.#groups = new Int32Array((slots + 1_023) >>> 10);
    this.#blocks = new Int32Array((slots + 32_767) >>> 15);
  }

  /** Adds a slot; adding it again changes nothing. */
  set(slot: number): void {
    const word = slot >>> 5;
    const before = this.#words[word] as number;
    this.#words[word] = before | (1 << (slot & 31));
    if (before !== 0) return;
    const group = slot >>> 10;
    this.#groups[group] = (this.#groups[group] as number) | (1 << (word & 31));
    const block = slot >>> 15;
    this.#blocks[block] = (this.#blocks[block] as number) | (1 << (group & 31));
    this.#top |= 1 << block;
  }

  /** Removes a slot; removing an absent one changes nothing. */
  clear(slot: number): void {
    const word = slot >>> 5;
    const left = (this.#words[word] as number) & ~(1 << (slot & 31));
    this.#words[word] = left;
    if (left !== 0) return;
    const group = slot >>> 10;
    const groupLeft = (this.#groups[group] as number) & ~(1 << (word & 31));
    this.#groups[group] = groupLeft;
    if (groupLeft !== 0) return;
    const block = slot >>> 15;
    const blockLeft = (this.#blocks[block] as number) & ~(1 << (group & 31));
    this.#blocks[block] = blockLeft;
    if (blockLeft === 0) this.#top &= ~(1 << block);
  }

  has(slot: number): boolean {
    return (((this.#words[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1;
  }

  /** The highest set slot ≤ `from`, or −1. `from` may be −1. */
  highestAtOrBelow(from: number): number {
    if (from < 0) return -1;
    const word = from >>> 5;
    const bits = (this.#words[word] as number) & (-1 >>> (31 - (from & 31)));
    if (bits !== 0) return (word << 5) | (31 - Math.clz32(bits));
    return this.#highestBelowWord(word);
  }

  /** Removes every slot. */
  reset(): void {
    this.#words.fill(0);
    this.#groups.fill(0);
    this.#blocks.fill(0);
    this.#top = 0;
  }

  /** The highest set slot in a word before `word`: up the levels until a bit stands, then down again. */
  #highestBelowWord(word: number): number {
    const group = word >>> 5;
    const words = (this.#groups[group] as number) & ((1 << (word & 31)) - 1);
    if (words !== 0) return this.#highestOfWord((group << 5) | (31 - Math.clz32(words)));
    const block = group >>> 5;
    const groups = (this.#blocks[block] as number) & ((1 << (group & 31)) - 1);
    if (groups !== 0) return this.#highestOfGroup((block << 5) | (31 - Math.clz32(groups)));
    const blocks = this.#top & ((1 << block) - 1);
    if (blocks === 0) return -1;
    const lower = 31 - Math.clz32(blocks);
    return this.#highestOfGroup((lower << 5) | (31 - Math.clz32(this.#blocks[lower] as number)));
  }

  #highestOfGroup(group: number): number {
    return this.#highestOfWord((group << 5) | (31 - Math.clz32(this.#groups[group] as number)));
  }

  #highestOfWord(word: number): number {
    return (word << 5) | (31 - Math.clz32(this.#words[word] as number));
  }
}
