// Walks the finished bars of a source. A bar that was unfinished when recorded is passed over: its close is not one.

import type { BarBatch } from "../../src/domain/bar-tape.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";
import type { Bar } from "./candle-market-path.ts";

/** Stands on the next bar not yet told. */
export class BarCursor {
  /** When the bar it stands on is known, µs; Infinity past the last one. */
  closeAt = Number.POSITIVE_INFINITY;
  readonly #source: BarSource;
  readonly #periodUs: number;
  #batchIndex = -1;
  #batch: BarBatch | undefined;
  #row = 0;

  constructor(source: BarSource) {
    this.#source = source;
    this.#periodUs = source.header.periodUs;
    this.#loadBatch();
    this.#settle();
  }

  /** The bar it stands on, which must exist. */
  bar(): Bar {
    const batch = this.#batch as BarBatch;
    const row = this.#row;
    return {
      openAt: batch.openAt[row] as number,
      open: batch.open[row] as number,
      high: batch.high[row] as number,
      low: batch.low[row] as number,
      close: batch.close[row] as number,
      volume: batch.volume[row] as number,
    };
  }

  /** Its closing price alone. */
  close(): number {
    return (this.#batch as BarBatch).close[this.#row] as number;
  }

  next(): void {
    this.#row += 1;
    this.#settle();
  }

  /** Passes every bar known by `limit` (the present one is) and returns the close of the last of them, ticks. */
  skipTo(limit: number): number {
    let close = this.close();
    do {
      close = this.close();
      this.next();
    } while (this.closeAt <= limit);
    return close;
  }

  /** Moves on to the first finished bar at or after the row. */
  #settle(): void {
    while (this.#batch !== undefined) {
      const { rows, complete, openAt } = this.#batch;
      while (this.#row < rows && complete[this.#row] === 0) this.#row += 1;
      if (this.#row < rows) {
        this.closeAt = (openAt[this.#row] as number) + this.#periodUs;
        return;
      }
      this.#loadBatch();
    }
    this.closeAt = Number.POSITIVE_INFINITY;
  }

  #loadBatch(): void {
    this.#batchIndex += 1;
    this.#row = 0;
    const more = this.#batchIndex < this.#source.batchCount;
    this.#batch = more ? this.#source.batch(this.#batchIndex) : undefined;
  }
}
