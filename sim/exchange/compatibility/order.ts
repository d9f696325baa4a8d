// An order as the compatibility engine's two views and its buses hold it: three separate copies.
// Whole ticks and whole lots, where the published engine uses doubles; statuses keep their names.
// Source: hftbacktest order fill documentation; 1.2 (statuses, times in force), 1.4 (queue state).

import type { Side } from "../../../src/domain/units.ts";

/** Good till cancelled, post-only, fill or kill, immediate or cancel. */
export type CompatTimeInForce = "GTC" | "GTX" | "FOK" | "IOC";

export type CompatStatus = "none" | "new" | "expired" | "filled" | "canceled";

/** The in-flight mark: what was asked and not yet answered; on a response, "rejected" or "none". */
export type CompatRequest = "none" | "new" | "cancel" | "modify" | "rejected";

/** What a strategy asks for. A market order's tick is ignored. */
export type CompatOrderSpec = Readonly<{
  id: number;
  side: Side;
  kind: "limit" | "market";
  timeInForce: CompatTimeInForce;
  tick: number;
  lots: number;
}>;

/** One copy of an order. Requests and responses are such copies too, as of their sending. */
export type CompatOrder = {
  readonly id: number;
  readonly side: Side;
  readonly kind: "limit" | "market";
  readonly timeInForce: CompatTimeInForce;
  tick: number;
  lots: number;
  leaves: number;
  status: CompatStatus;
  request: CompatRequest;
  /** When the last request was stamped, ns; a rejection counts for the request of this time only. */
  requestedNs: number;
  /** The last execution: price, size and whether it rested; zero before the first. */
  executedTick: number;
  executedLots: number;
  maker: boolean;
};

/** A resting order's guess of its place in the level's queue. Doubles, in lots. */
export type QueueEstimate = {
  /** Quantity ahead; below zero by less than half a lot when trades ate past us within a lot. */
  front: number;
  /** Lots traded at the level since its last depth row; the next decrease is owed to them first. */
  traded: number;
};

/** An order that rests at the exchange, and its place. */
export type RestingOrder = QueueEstimate & { readonly order: CompatOrder };

/** A fresh local copy, with its request in flight. */
export function orderOf(spec: CompatOrderSpec, requestedNs: number): CompatOrder {
  return {
    id: spec.id,
    side: spec.side,
    kind: spec.kind,
    timeInForce: spec.timeInForce,
    tick: spec.tick,
    lots: spec.lots,
    leaves: spec.lots,
    status: "none",
    request: "new",
    requestedNs,
    executedTick: 0,
    executedLots: 0,
    maker: false,
  };
}

/** A copy with the given mark: what travels, or what is kept when it arrives. */
export function copyOf(order: CompatOrder, request: CompatRequest): CompatOrder {
  return {
    id: order.id,
    side: order.side,
    kind: order.kind,
    timeInForce: order.timeInForce,
    tick: order.tick,
    lots: order.lots,
    leaves: order.leaves,
    status: order.status,
    request,
    requestedNs: order.requestedNs,
    executedTick: order.executedTick,
    executedLots: order.executedLots,
    maker: order.maker,
  };
}

/** May be cancelled: rests as far as this copy knows, with no request in flight. Source: 1.2. */
export function isCancellable(order: CompatOrder): boolean {
  return order.status === "new" && order.request === "none";
}

/** Is over, and dropped by the next clearing. Source: 1.2, clear_inactive_orders. */
export function isInactive(order: CompatOrder): boolean {
  return order.status === "expired" || order.status === "filled" || order.status === "canceled";
}
