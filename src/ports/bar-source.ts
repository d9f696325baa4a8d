// Recorded bars, seen by whoever replays them: batches in order, each decoded when asked for.

import type { BarBatch, BarHeader } from "../domain/bar-tape.ts";

/** Read-only; several cursors may read one source. Reading is synchronous: the kernel never waits. */
export interface BarSource {
  readonly header: BarHeader;
  readonly batchCount: number;
  /** Batch `index`, 0 ≤ index < batchCount; no batch is empty. Cursors ask in ascending order. */
  batch(index: number): BarBatch;
}
