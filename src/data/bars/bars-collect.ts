// Gathers bars one by one into the columns of a BarSource in memory. A year of minutes is 18 MB.

import { assert } from "../../domain/assert.ts";
import type { BarBatch, BarHeader } from "../../domain/bar-tape.ts";
import type { BarSource } from "../../ports/bar-source.ts";

/** Bars a batch holds: large enough that a batch costs nothing, small beside a processor's cache of 8 MB. */
const BATCH_BARS = 65_536;

/** What the maker of bars knows before the first of them. */
export type BarOrigin = Pick<BarHeader, "instrument" | "periodUs" | "importer" | "sources">;

/** One bar, ticks and lots; `complete` false when it was unfinished. */
export type BarValues = Readonly<{
  openAt: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  complete: boolean;
}>;

/** Takes bars in ascending order of opening time and gives them back as a source. */
export class BarCollector {
  readonly #origin: BarOrigin;
  readonly #batches: BarBatch[] = [];
  #open: BarBatch = emptyBatch();
  #rows = 0;
  #bars = 0;
  #firstOpenAt = 0;
  #lastOpenAt = 0;

  constructor(origin: BarOrigin) {
    assert(Number.isSafeInteger(origin.periodUs) && origin.periodUs > 0, "a period is above 0 µs");
    this.#origin = origin;
  }

  /** Adds a bar, later than all before it, its opening time a multiple of the period. */
  add(bar: BarValues): void {
    const { openAt } = bar;
    assert(this.#bars === 0 || openAt > this.#lastOpenAt, "bars ascend by opening time");
    assert(openAt % this.#origin.periodUs === 0, "a bar opens at a multiple of its period");
    if (this.#rows === BATCH_BARS) this.#seal();
    const batch = this.#open;
    const row = this.#rows;
    batch.openAt[row] = openAt;
    batch.open[row] = bar.open;
    batch.high[row] = bar.high;
    batch.low[row] = bar.low;
    batch.close[row] = bar.close;
    batch.volume[row] = bar.volume;
    batch.complete[row] = bar.complete ? 1 : 0;
    if (this.#bars === 0) this.#firstOpenAt = openAt;
    this.#lastOpenAt = openAt;
    this.#rows += 1;
    this.#bars += 1;
  }

  /** Everything added so far; nothing may be added afterwards. */
  finish(): BarSource {
    if (this.#rows > 0) this.#seal();
    const { periodUs } = this.#origin;
    const spanBars = (this.#lastOpenAt - this.#firstOpenAt) / periodUs + 1;
    const header: BarHeader = {
      ...this.#origin,
      bars: this.#bars,
      firstOpenAt: this.#firstOpenAt,
      lastOpenAt: this.#lastOpenAt,
      missingBars: this.#bars === 0 ? 0 : spanBars - this.#bars,
    };
    return memoryBars(header, this.#batches);
  }

  #seal(): void {
    const batch = this.#open;
    const rows = this.#rows;
    this.#batches.push({
      rows,
      openAt: batch.openAt.slice(0, rows),
      open: batch.open.slice(0, rows),
      high: batch.high.slice(0, rows),
      low: batch.low.slice(0, rows),
      close: batch.close.slice(0, rows),
      volume: batch.volume.slice(0, rows),
      complete: batch.complete.slice(0, rows),
    });
    this.#rows = 0;
  }
}

/** A source over batches already in memory. */
export function memoryBars(header: BarHeader, batches: readonly BarBatch[]): BarSource {
  return {
    header,
    batchCount: batches.length,
    batch(index) {
      const batch = batches[index];
      assert(batch !== undefined, `batch ${index} of ${batches.length} exists`);
      return batch;
    },
  };
}

/** Every bar of a source in order, as an object: for tools and tests, not for replay. */
export function* eachBar(source: BarSource): Generator<BarValues> {
  for (let index = 0; index < source.batchCount; index += 1) {
    const batch = source.batch(index);
    for (let row = 0; row < batch.rows; row += 1) yield barAt(batch, row);
  }
}

function barAt(batch: BarBatch, row: number): BarValues {
  return {
    openAt: batch.openAt[row] as number,
    open: batch.open[row] as number,
    high: batch.high[row] as number,
    low: batch.low[row] as number,
    close: batch.close[row] as number,
    volume: batch.volume[row] as number,
    complete: batch.complete[row] === 1,
  };
}

function emptyBatch(): BarBatch {
  return {
    rows: 0,
    openAt: new Float64Array(BATCH_BARS),
    open: new Int32Array(BATCH_BARS),
    high: new Int32Array(BATCH_BARS),
    low: new Int32Array(BATCH_BARS),
    close: new Int32Array(BATCH_BARS),
    volume: new Float64Array(BATCH_BARS),
    complete: new Uint8Array(BATCH_BARS),
  };
}
