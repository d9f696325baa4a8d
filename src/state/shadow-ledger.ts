// What may still happen to a position: lots of our orders that may fill, per instrument and side.
// Every order counts from the moment it is sent until the venue's last word on it has been accounted for, whatever
// its state; one of unknown outcome counts as live. A reduce-only order cannot carry a position away from flat and
// is not counted.

import { assert } from "../domain/assert.ts";
import type { Side } from "../domain/units.ts";

export class ShadowLedger {
  readonly #bids: Float64Array;
  readonly #asks: Float64Array;

  constructor(instruments: number) {
    this.#bids = new Float64Array(instruments);
    this.#asks = new Float64Array(instruments);
  }

  /** Lots that may still fill on a side. */
  lots(instrument: number, side: Side): number {
    return (side === "bid" ? this.#bids : this.#asks)[instrument] as number;
  }

  /** An order may fill `change` lots more (or, negative, fewer) than before. */
  reserve(instrument: number, side: Side, change: number): void {
    const column = side === "bid" ? this.#bids : this.#asks;
    const lots = (column[instrument] as number) + change;
    if (!(lots >= 0)) assert(false, `reserved lots are never negative, was ${lots}`);
    column[instrument] = lots;
  }
}
