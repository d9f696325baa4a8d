// Counts what became of our orders: accepted, filled, refused and why, and fills that beat a cancel.
// Remembers only orders that are not over, so memory follows the open orders, not the length of the run.

import type { Command, PlaceOrder } from "../domain/command.ts";
import type { OrderAccepted, OrderClosed, OrderFilled, OrderRefused } from "../domain/event.ts";
import type { OrderId } from "../domain/units.ts";

type OpenOrder = {
  readonly instrument: number;
  /** GTC and POST_ONLY may rest; IOC, FOK and market orders never do. */
  readonly mayRest: boolean;
  accepted: boolean;
  size: number;
  filled: number;
  /** When a cancel left us, and none of its answers is back; Infinity otherwise. */
  cancelSentAt: number;
  /** Lots the venue said were filled in all when it closed the order; −1 while it is open. */
  closedAt: number;
};

export class OrderTally {
  placed = 0;
  accepted = 0;
  /** Accepted orders that may rest, and those of them with at least one fill. */
  resting = 0;
  restingFilled = 0;
  postOnly = 0;
  cancels = 0;
  amends = 0;
  unknown = 0;
  liquidated = 0;
  races = 0;
  readonly venueRefusals = new Map<string, number>();
  readonly riskRefusals = new Map<string, number>();
  /** Of post-only placements, whatever the venue calls the refusal. */
  postOnlyRefused = 0;
  /** Lots of orders that may rest, per instrument. */
  readonly acceptedLots: Float64Array;
  readonly filledLots: Float64Array;
  readonly #open = new Map<OrderId, OpenOrder>();

  constructor(instruments: number) {
    this.acceptedLots = new Float64Array(instruments);
    this.filledLots = new Float64Array(instruments);
  }

  command(command: Command, at: number): void {
    switch (command.kind) {
      case "PlaceOrder":
        this.#place(command);
        break;
      case "CancelOrder":
        this.cancels += 1;
        this.#cancelSent(this.#open.get(command.orderId), at);
        break;
      case "CancelAll":
        this.cancels += 1;
        for (const order of this.#open.values()) {
          if (command.instrument === undefined || command.instrument === order.instrument) {
            this.#cancelSent(order, at);
          }
        }
        break;
      case "AmendOrder":
        this.amends += 1;
        break;
      default:
        break;
    }
  }

  acceptedBy(event: OrderAccepted): void {
    const order = this.#open.get(event.orderId);
    if (order === undefined) return;
    const first = !order.accepted;
    if (first) this.accepted += 1;
    if (order.mayRest) {
      if (first) this.resting += 1;
      const added = event.size - (first ? 0 : order.size);
      this.acceptedLots[order.instrument] = (this.acceptedLots[order.instrument] as number) + added;
    }
    order.accepted = true;
    order.size = event.size;
  }

  /** Counts a fill; true when it beat a cancel that was already on its way. */
  filledBy(event: OrderFilled): boolean {
    const order = this.#open.get(event.orderId);
    if (order === undefined) return false;
    if (order.mayRest) {
      if (order.filled === 0) this.restingFilled += 1;
      this.filledLots[order.instrument] =
        (this.filledLots[order.instrument] as number) + event.size;
    }
    order.filled += event.size;
    const raced = event.venueAt >= order.cancelSentAt;
    if (raced) this.races += 1;
    this.#forgetWhenDone(event.orderId, order);
    return raced;
  }

  refusedBy(event: OrderRefused): void {
    // What our own rules refused is counted where the journal has the rule.
    if (event.reason === "risk") return;
    count(this.venueRefusals, event.reason);
    const order = this.#open.get(event.orderId);
    if (order === undefined) return;
    if (event.request === "cancel") order.cancelSentAt = Number.POSITIVE_INFINITY;
    if (event.request !== "place") return;
    if (event.reason === "post-only-would-cross") this.postOnlyRefused += 1;
    this.#open.delete(event.orderId);
  }

  closedBy(event: OrderClosed): void {
    if (event.reason === "liquidated") this.liquidated += 1;
    // Some venues take a crossing post-only order and close it at once: a refusal by another name.
    if (event.reason === "post-only-would-cross") {
      this.postOnlyRefused += 1;
      count(this.venueRefusals, event.reason);
    }
    const order = this.#open.get(event.orderId);
    if (order === undefined) return;
    order.closedAt = event.filled;
    this.#forgetWhenDone(event.orderId, order);
  }

  refusedByRisk(rule: string): void {
    count(this.riskRefusals, rule);
  }

  #place(command: PlaceOrder): void {
    this.placed += 1;
    const postOnly = command.timeInForce === "POST_ONLY";
    if (postOnly) this.postOnly += 1;
    this.#open.set(command.orderId, {
      instrument: command.instrument,
      mayRest: postOnly || (command.timeInForce === "GTC" && command.price !== undefined),
      accepted: false,
      size: command.size,
      filled: 0,
      cancelSentAt: Number.POSITIVE_INFINITY,
      closedAt: -1,
    });
  }

  #cancelSent(order: OpenOrder | undefined, at: number): void {
    if (order !== undefined && at < order.cancelSentAt) order.cancelSentAt = at;
  }

  /** A closed order is kept until every fill the venue counted has reached us. */
  #forgetWhenDone(id: OrderId, order: OpenOrder): void {
    if (order.closedAt >= 0 && order.filled >= order.closedAt) this.#open.delete(id);
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
