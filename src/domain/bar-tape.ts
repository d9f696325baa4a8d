// The bars of a candle recording in memory: typed columns, no object a bar.
// Prices are ticks. Volume is a whole number of lots kept in a double: a day of a small coin exceeds 32 bits.

import type { InstrumentSpec } from "./instrument.ts";

/** A run of bars as columns of equal length; `rows` of them are valid. Read-only to everyone but its maker. */
export type BarBatch = Readonly<{
  rows: number;
  /** Opening time of the bar, µs since the epoch; it closes `periodUs` later and is known only then. */
  openAt: Float64Array;
  open: Int32Array;
  high: Int32Array;
  low: Int32Array;
  close: Int32Array;
  volume: Float64Array;
  /** 1: finished when it was recorded. 0: close, extremes and volume are not final; never trade on it. */
  complete: Uint8Array;
}>;

/** What a bar tape says of itself. Bars ascend by `openAt`, each a multiple of the period; quiet spans may be absent. */
export type BarHeader = Readonly<{
  instrument: InstrumentSpec;
  periodUs: number;
  bars: number;
  /** Opening times of the first and last bar, µs; both 0 when there is no bar. */
  firstOpenAt: number;
  lastOpenAt: number;
  /** Bars that would lie between the first and the last but are not in the recording. */
  missingBars: number;
  importer: string;
  sources: readonly Readonly<{ file: string; sha256: string }>[];
}>;
