// What became of the faults of a trial: how often each kind fired, and how often the world differed because of it.

import type { OrderId } from "../../src/domain/units.ts";
import type { OrderState, View } from "../../src/ports/view.ts";

/** How often each kind of fault fired, and how often something came of it. */
export type FaultCount = Readonly<{ kind: string; fired: number; effective: number }>;

type Count = { fired: number; effective: number };

export class FaultCounters {
  readonly #counts = new Map<string, Count>();
  readonly #cells = new Map<string, number>();
  readonly #belief: () => View | undefined;
  readonly #struck: ((kind: string) => void) | undefined;

  /** `struck` is told of what is counted. */
  constructor(belief: () => View | undefined, struck?: (kind: string) => void) {
    this.#belief = belief;
    this.#struck = struck;
  }

  /** A fault strikes; `order` is the one it strikes at, where there is one. */
  fired(kind: string, order?: OrderId): void {
    this.#count(kind).fired += 1;
    const cell = `${kind}/${this.#stateOf(order)}`;
    this.#cells.set(cell, (this.#cells.get(cell) ?? 0) + 1);
    this.#struck?.(kind);
  }

  /** Something is different because of it. */
  effective(kind: string): void {
    this.#count(kind).effective += 1;
    this.#struck?.(kind);
  }

  /** By kind, in the order they first fired. */
  get counts(): readonly FaultCount[] {
    return [...this.#counts].map(([kind, count]) => ({ kind, ...count }));
  }

  /** "kind/state of an order" → times. */
  get cells(): ReadonlyMap<string, number> {
    return this.#cells;
  }

  #count(kind: string): Count {
    let count = this.#counts.get(kind);
    if (count === undefined) {
      count = { fired: 0, effective: 0 };
      this.#counts.set(kind, count);
    }
    return count;
  }

  /** Of the order, else of the oldest that is open; "none" without one, "down" without a bot. */
  #stateOf(id: OrderId | undefined): OrderState | "none" | "down" {
    const view = this.#belief();
    if (view === undefined) return "down";
    let first: OrderState | undefined;
    for (let instrument = 0; ; instrument += 1) {
      const orders = openOrdersOf(view, instrument);
      if (orders === undefined) return first ?? "none";
      for (const order of orders) {
        if (order.orderId === id) return order.state;
        first ??= order.state;
      }
    }
  }
}

function openOrdersOf(view: View, instrument: number): ReturnType<View["openOrders"]> | undefined {
  return view.openOrders(instrument as Parameters<View["openOrders"]>[0]);
}
