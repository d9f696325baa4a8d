// B10 (simulation-testing.md §10.2): a shadow of the bot's own budget. New orders and amends keep to its velocity rule;
// requests of all kinds keep to a bound no sane bot needs; of orders, so many in a row without anything but refusals are a
// storm; and so are as many cancels, or amends, of one order that are refused.

import type { OrderId } from "../../src/domain/units.ts";
import type { CheckerMaker } from "./checker.ts";

/** A bot of a few instruments at 50 ms a look sends at most some dozens a second. */
const REQUESTS_MAX = 400;
const WINDOW_US = 1_000_000;
/** Refused in a row, without one that was taken, inside `REFUSALS_US`: faster than any back-off that grows. */
const REFUSALS_MAX = 120;
const REFUSALS_US = 10_000_000;
/** Of one order, cancels and amends refused within `REFUSALS_US`: four a second all along. With a back-off it is ten. */
const CANCELS_MAX = 40;

export const noRequestStorm: CheckerMaker = {
  id: "B10",
  sentence: "Requests stay within their budget, and refusals slow the bot down.",
  watch(scene, violate) {
    const { ordersMax, windowUs } = scene.risk.orderVelocity ?? { ordersMax: 0, windowUs: 0 };
    const { countMax = REQUESTS_MAX, windowUs: allUs = WINDOW_US } = scene.facts.requests ?? {};
    const orders = new Window(Math.max(1, ordersMax), windowUs);
    const requests = new Window(countMax, allUs);
    const told = scene.facts.refusals ?? { countMax: REFUSALS_MAX, windowUs: REFUSALS_US };
    const refusals = new Window(told.countMax, told.windowUs);
    /** Of orders that were not let go: cancels are seldom refused, and not for long. */
    const kept = new Map<OrderId, Window>();
    const keep = (orderId: OrderId, at: number): void => {
      const window = kept.get(orderId) ?? new Window(CANCELS_MAX, REFUSALS_US);
      kept.set(orderId, window);
      if (!window.exceeds(at)) return;
      const often = `more than ${CANCELS_MAX} times within ${REFUSALS_US} µs`;
      violate(`order ${orderId} is asked back, and refused, ${often}`);
    };
    return {
      sent(command) {
        const { now } = scene;
        if (requests.exceeds(now)) violate(`more than ${countMax} requests within ${allUs} µs`);
        if (ordersMax === 0) return;
        if (command.kind !== "PlaceOrder" && command.kind !== "AmendOrder") return;
        if (orders.exceeds(now)) violate(`more than ${ordersMax} orders within ${windowUs} µs`);
      },
      heard(event) {
        if (event.kind === "OrderAccepted") refusals.clear();
        if (event.kind === "OrderClosed") kept.delete(event.orderId);
        if (event.kind !== "OrderRefused") return;
        if (event.request !== "place") return keep(event.orderId, event.at);
        if (refusals.exceeds(event.at)) {
          violate(`more than ${told.countMax} refusals in a row within ${told.windowUs} µs`);
        }
      },
      began() {
        // A new process knows nothing of when the last one sent; its rule begins again.
        orders.clear();
      },
    };
  },
};

/** The moments of the last so many things. */
class Window {
  readonly #at: Float64Array;
  readonly #lengthUs: number;
  #next = 0;

  constructor(count: number, lengthUs: number) {
    this.#at = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
    this.#lengthUs = lengthUs;
  }

  /** One more, now: does the one `count` before it lie within the window? */
  exceeds(now: number): boolean {
    const before = this.#at[this.#next] as number;
    this.#at[this.#next] = now;
    this.#next = this.#next + 1 === this.#at.length ? 0 : this.#next + 1;
    return now - before < this.#lengthUs;
  }

  clear(): void {
    this.#at.fill(Number.NEGATIVE_INFINITY);
  }
}
