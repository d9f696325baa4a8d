// A sum of whole numbers that is exact however long it grows, and costs an addition while it is small.

/** Half of what a double counts exactly, so that one more addend cannot leave it. */
const SPILL = 4_503_599_627_370_496; // 2^52

export class ExactSum {
  #low = 0;
  #high = 0n;

  /** `value` is a whole number of at most 2^52 either way. */
  add(value: number): void {
    this.#low += value;
    if (this.#low > SPILL || this.#low < -SPILL) this.#spill();
  }

  /** Adds left × right, which need not be a safe integer. */
  addProduct(left: number, right: number): void {
    const product = left * right;
    if (product <= SPILL && product >= -SPILL) this.add(product);
    else this.#high += BigInt(left) * BigInt(right);
  }

  get value(): bigint {
    return this.#high + BigInt(this.#low);
  }

  #spill(): void {
    this.#high += BigInt(this.#low);
    this.#low = 0;
  }
}
