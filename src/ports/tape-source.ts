// A tape, seen by whoever replays it: batches in order, each decoded when asked for.

import type { TapeBatch, TapeHeader } from "../domain/tape.ts";

/** Read-only; several cursors may read one source. Reading is synchronous: the kernel never waits. */
export interface TapeSource {
  readonly header: TapeHeader;
  readonly batchCount: number;
  /**
   * Batch `index`, 0 ≤ index < batchCount. Cursors ask in ascending order; a source keeps the last few decoded.
   * The columns stay valid until a batch at least 4 further on is read.
   */
  batch(index: number): TapeBatch;
}
