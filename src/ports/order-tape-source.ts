// An order-level tape, seen by whoever replays it: batches in order, each decoded when asked for.

import type { OrderTapeBatch, OrderTapeHeader } from "../domain/order-tape.ts";

/** Read-only; several cursors may read one source. Reading is synchronous: the kernel never waits. */
export interface OrderTapeSource {
  readonly header: OrderTapeHeader;
  readonly batchCount: number;
  /**
   * Batch `index`, 0 ≤ index < batchCount; no batch is empty. Cursors ask in ascending order; a source keeps the
   * last few decoded. The columns stay valid until a batch at least 4 further on is read.
   */
  batch(index: number): OrderTapeBatch;
}
