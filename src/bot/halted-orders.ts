// After a halt everything is cancelled once, and a venue may refuse that: whatever still rests is cancelled again, after
// waits that double, until nothing does. Incident G33: a halt whose cancel failed left its orders live.

import type { TimeUs, VenueId } from "../domain/units.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import type { JournalSeq } from "../ports/journal.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Hands } from "./hands.ts";

/** The longest wait is this many times the first. */
const LONGEST = 32;

type HaltedParts = Readonly<{ state: StateStore; tracker: OrderTracker; hands: Hands }>;

export class HaltedOrders {
  readonly #firstUs: number;
  readonly #parts: HaltedParts;
  #waitUs: number;
  #dueAt = 0;

  constructor(firstUs: number, parts: HaltedParts) {
    this.#firstUs = firstUs;
    this.#parts = parts;
    this.#waitUs = firstUs;
  }

  /** Cancels again where an order of ours is live, with no request on its way. */
  look(now: TimeUs, cause: JournalSeq): void {
    const resting = this.#restingAt();
    if (resting.size === 0 || now < this.#dueAt) return;
    this.#dueAt = now + this.#waitUs;
    this.#waitUs = Math.min(this.#waitUs * 2, this.#firstUs * LONGEST);
    const { hands } = this.#parts;
    for (const venue of resting) {
      hands.note(`halted, and orders still rest at venue ${venue}: cancelled again`);
      hands.send({ kind: "CancelAll", venue, instrument: undefined }, cause);
    }
  }

  #restingAt(): ReadonlySet<VenueId> {
    const { state, tracker } = this.#parts;
    const resting = state.instruments.filter(({ id }) =>
      tracker.openOrders(id).some((order) => order.state === "live"),
    );
    return new Set(resting.map(({ venue }) => venue));
  }
}
