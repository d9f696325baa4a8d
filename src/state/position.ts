// Our belief about one instrument: lots, what they cost, and what closing others has realised, all in whole tick-lots.
// Average cost without rounding: closing part of a holding takes its share of the cost, rounded towards zero, and what
// the rounding leaves stays with the lots still held. The last lot takes all that is left. So at every moment
// realised = cash flow + cost, exactly, and when flat realised is the sum of all cash flows.

import { assert } from "../domain/assert.ts";
import type { PositionLots, TimeUs } from "../domain/units.ts";
import type { PositionView } from "../ports/view.ts";

export class Position implements PositionView {
  lots = 0 as PositionLots;
  costTickLots = 0;
  lastFillAt: TimeUs | undefined = undefined;
  /** What the last fill changed, tick-lots: the posting it makes. */
  costChange = 0;
  profit = 0;

  /** Trades `signedLots` (positive when we buy) at `price`; leaves the change of cost and the profit behind. */
  trade(signedLots: number, price: number, at: TimeUs): void {
    const before = this.lots;
    const after = before + signedLots;
    const paid = signedLots * price;
    if (!Number.isSafeInteger(paid)) assert(false, `a fill is a safe number of tick-lots: ${paid}`);
    const opens = before === 0 || before > 0 === signedLots > 0;
    if (opens) {
      this.costChange = paid;
      this.profit = 0;
    } else if (Math.abs(signedLots) <= Math.abs(before)) {
      // Closes: its share of the cost goes, cost and lots have one sign.
      const released = share(this.costTickLots, signedLots, before);
      this.costChange = released;
      this.profit = released - paid;
    } else {
      // Turns: all of the old cost goes, the rest opens the other way.
      const opened = after * price;
      this.costChange = opened - this.costTickLots;
      this.profit = before * price - this.costTickLots;
    }
    this.lots = after as PositionLots;
    this.costTickLots += this.costChange;
    if (!Number.isSafeInteger(this.costTickLots) || !Number.isSafeInteger(after)) {
      assert(false, `a position is a safe integer, was ${after} lots at ${this.costTickLots}`);
    }
    if (this.lastFillAt === undefined || at > this.lastFillAt) this.lastFillAt = at;
  }
}

/** cost × part / whole, rounded towards zero; exact whatever the size of the product. */
function share(cost: number, part: number, whole: number): number {
  if (part === -whole) return -cost;
  const product = cost * part;
  if (Number.isSafeInteger(product)) return (product - (product % whole)) / whole;
  return Number((BigInt(cost) * BigInt(part)) / BigInt(whole));
}
