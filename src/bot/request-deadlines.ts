// Every request has a deadline for its answer. Past it the outcome is unknown, which is an event of the bot's own; the
// order counts as live, and is never sent again under another id. One timer, at the oldest deadline that waits.

import type { VenueCommand } from "../domain/command.ts";
import type { OrderUnknown, RequestKind } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import { isInFlight } from "../execution/order-transitions.ts";
import type { TrackedOrder } from "../execution/tracked-order.ts";
import type { JournalSeq } from "../ports/journal.ts";
import type { View } from "../ports/view.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Hands } from "./hands.ts";
import { REQUEST_TIMER } from "./own-timers.ts";

export type RequestDeadlinesParts = Readonly<{
  state: StateStore;
  tracker: OrderTracker;
  view: View;
  hands: Hands;
}>;

export class RequestDeadlines {
  readonly #timeoutUs: number;
  readonly #parts: RequestDeadlinesParts;
  #timerSet = false;

  constructor(timeoutUs: number, parts: RequestDeadlinesParts) {
    this.#timeoutUs = timeoutUs;
    this.#parts = parts;
  }

  /** A command left: one about orders has a deadline for its answer. */
  requested({ kind }: VenueCommand, cause: JournalSeq): void {
    if (kind === "ReportAccount" || kind === "ScheduleCancel") return;
    if (!this.#timerSet) this.#setTimer(this.#parts.view.now, cause);
  }

  /** Every request past its deadline has an unknown outcome from now on. */
  fired(cause: JournalSeq): void {
    const { state, tracker, view, hands } = this.#parts;
    this.#timerSet = false;
    let oldest = Number.POSITIVE_INFINITY;
    for (const { id } of state.instruments) {
      for (const order of tracker.openOrders(id) as readonly TrackedOrder[]) {
        if (!isInFlight(order.state)) continue;
        const isLate = order.requestedAt + this.#timeoutUs <= view.now;
        if (isLate) hands.tell(unanswered(order, view.now));
        else oldest = Math.min(oldest, order.requestedAt);
      }
    }
    if (Number.isFinite(oldest)) this.#setTimer(oldest, cause);
  }

  #setTimer(requestedAt: number, cause: JournalSeq): void {
    this.#timerSet = true;
    const at = (requestedAt + this.#timeoutUs) as TimeUs;
    this.#parts.hands.setTimer(REQUEST_TIMER, at, cause);
  }
}

/** The event of a request that nobody answered. */
export function unanswered(order: TrackedOrder, now: TimeUs): OrderUnknown {
  const { instrument, orderId } = order;
  const request = requestOf(order);
  const times = { at: now, venueAt: now };
  return { kind: "OrderUnknown", ...times, instrument, orderId, request, cause: "timed-out" };
}

function requestOf(order: TrackedOrder): RequestKind {
  if (order.state === "cancelling") return "cancel";
  return order.state === "amending" ? "amend" : "place";
}
