// What may still happen to a position: lots of our orders that may fill, per instrument and side.
// Every order counts from the moment it is sent until the venue's last word on it has been accounted for, whatever
// its state; one of unknown outcome counts as live. Reduce-only orders are counted apart: they cannot carry a
// position away from flat. And what a venue's report has beyond all of that: nobody knows yet whence, or whether it is so.

import { assert } from "../domain/assert.ts";
import type { Side } from "../domain/units.ts";

export class ShadowLedger {
  readonly #bids: Float64Array;
  readonly #asks: Float64Array;
  /** Lots of reduce-only orders, of either side. */
  readonly #reducing: Float64Array;
  /** Signed lots that the last report had beyond belief and all that may have filled. */
  readonly #unexplained: Float64Array;

  constructor(instruments: number) {
    this.#bids = new Float64Array(instruments);
    this.#asks = new Float64Array(instruments);
    this.#reducing = new Float64Array(instruments);
    this.#unexplained = new Float64Array(instruments);
  }

  /** Is nothing on its way that could still change the position? */
  isQuiet(instrument: number): boolean {
    return (
      this.#bids[instrument] === 0 &&
      this.#asks[instrument] === 0 &&
      this.#reducing[instrument] === 0
    );
  }

  /** All lots that may still fill, of either side and kind. */
  total(instrument: number): number {
    return (
      (this.#bids[instrument] as number) +
      (this.#asks[instrument] as number) +
      (this.#reducing[instrument] as number)
    );
  }

  /** Lots that may still fill on a side, reduce-only orders left out. */
  lots(instrument: number, side: Side): number {
    return (side === "bid" ? this.#bids : this.#asks)[instrument] as number;
  }

  /** Signed lots that the venue's last report had beyond what we believe and all that may have filled by then. */
  unexplained(instrument: number): number {
    return this.#unexplained[instrument] as number;
  }

  /**
   * A report has so many lots more (or, negative, fewer) than we believe; of what may still fill it shows so many that had
   * not filled when it was made.
   */
  reported(instrument: number, missing: number, standing: number): void {
    const open = (missing > 0 ? this.#bids : this.#asks)[instrument] as number;
    const may = open - standing + (this.#reducing[instrument] as number);
    const beyond = Math.abs(missing) - may;
    this.#unexplained[instrument] = beyond <= 0 ? 0 : missing > 0 ? beyond : -beyond;
  }

  /** Belief and all that may still fill on a side moved together: that much of what a report had is explained. */
  explain(instrument: number, lots: number): void {
    const left = this.#unexplained[instrument] as number;
    if (left > 0 && lots > 0) this.#unexplained[instrument] = Math.max(0, left - lots);
    else if (left < 0 && lots < 0) this.#unexplained[instrument] = Math.min(0, left - lots);
  }

  /** An order may fill `change` lots more (or, negative, fewer) than before. */
  reserve(instrument: number, side: Side, change: number): void {
    move(side === "bid" ? this.#bids : this.#asks, instrument, change);
  }

  /** A reduce-only order may fill `change` lots more (or, negative, fewer) than before. */
  reserveReducing(instrument: number, change: number): void {
    move(this.#reducing, instrument, change);
  }
}

function move(column: Float64Array, instrument: number, change: number): void {
  const lots = (column[instrument] as number) + change;
  if (!(lots >= 0)) assert(false, `reserved lots are never negative, was ${lots}`);
  column[instrument] = lots;
}
