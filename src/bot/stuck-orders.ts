// Orders nothing was heard of for too long are cancelled, a bounded number of times each. What waits for an answer is
// left to the deadlines of requests.

import type { OrderId, TimeUs } from "../domain/units.ts";
import { isInFlight } from "../execution/order-transitions.ts";
import type { RetryConfig } from "../execution/retry-budget.ts";
import { RetryBudget } from "../execution/retry-budget.ts";
import type { TrackedOrder } from "../execution/tracked-order.ts";
import type { JournalSeq } from "../ports/journal.ts";
import type { Rng } from "../ports/rng.ts";
import type { Hands } from "./hands.ts";

/** Numbers the draws of the budget for cancels of stuck orders: "bot.stuck" in a few bits. */
const STUCK_SITE = 0x5c_0001;

export class StuckOrders {
  readonly #afterUs: number;
  readonly #retries: RetryBudget;
  readonly #hands: Hands;

  constructor(
    parts: Readonly<{ afterUs: number; retry: RetryConfig; rng: Rng | undefined; hands: Hands }>,
  ) {
    this.#afterUs = parts.afterUs;
    this.#retries = new RetryBudget({ config: parts.retry, site: STUCK_SITE, rng: parts.rng });
    this.#hands = parts.hands;
  }

  /** An order is over: its attempts are forgotten. */
  settle(orderId: OrderId): void {
    this.#retries.settle(orderId);
  }

  /** Cancels the order if it is stuck and an attempt at it is left. */
  look(order: TrackedOrder, now: TimeUs, cause: JournalSeq): void {
    const silentUs = now - Math.max(order.requestedAt, order.heardAt);
    if (isInFlight(order.state) || silentUs < this.#afterUs) return;
    const { instrument, orderId } = order;
    if (!this.#retries.take(orderId, now)) return;
    this.#hands.note(`order ${orderId} did not move for ${silentUs} µs and is cancelled`);
    this.#hands.send({ kind: "CancelOrder", instrument, orderId }, cause);
  }
}
