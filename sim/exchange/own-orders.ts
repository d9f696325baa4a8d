// Our resting orders on one side of one market: levels best first, each a queue in order of arrival.

import type { OrderId } from "../../src/domain/units.ts";
import type { SideCode } from "./level-book.ts";
import type { VenueOrder } from "./market.ts";
import type { QueuePlace } from "./queue-model.ts";

/** An order of ours in the queue of its level. */
export type RestingOrder = QueuePlace & {
  readonly order: VenueOrder;
  readonly tick: number;
  /** Placed beyond the worst displayed level: what is ahead is not known until the level is shown. */
  unseen: boolean;
  /** What was ahead before the level vanished, until its message tells whether it only left the display. */
  gone: number | undefined;
};

/** One price at which orders of ours rest, oldest first. */
export type OwnLevel = Readonly<{ tick: number; orders: RestingOrder[] }>;

export class OwnOrders {
  /** Best first. Read-only to everyone else. */
  readonly levels: OwnLevel[] = [];
  readonly #side: SideCode;
  readonly #byTick = new Map<number, OwnLevel>();

  constructor(side: SideCode) {
    this.#side = side;
  }

  /** The best tick we rest at, undefined when we do not. */
  best(): number | undefined {
    return this.levels[0]?.tick;
  }

  at(tick: number): OwnLevel | undefined {
    return this.#byTick.get(tick);
  }

  /** True when `tick` is strictly better than `other` for this side. */
  better(tick: number, other: number): boolean {
    return this.#side === 0 ? tick > other : tick < other;
  }

  add(resting: RestingOrder): void {
    const level = this.#byTick.get(resting.tick);
    if (level !== undefined) {
      level.orders.push(resting);
      return;
    }
    const made: OwnLevel = { tick: resting.tick, orders: [resting] };
    this.#byTick.set(resting.tick, made);
    let index = this.levels.length;
    while (index > 0 && this.better(resting.tick, (this.levels[index - 1] as OwnLevel).tick)) {
      index -= 1;
    }
    this.levels.splice(index, 0, made);
  }

  remove(resting: RestingOrder): void {
    const level = this.#byTick.get(resting.tick);
    if (level === undefined) return;
    const index = level.orders.indexOf(resting);
    if (index >= 0) level.orders.splice(index, 1);
    if (level.orders.length > 0) return;
    this.#byTick.delete(resting.tick);
    this.levels.splice(this.levels.indexOf(level), 1);
  }

  find(id: OrderId): RestingOrder | undefined {
    for (const level of this.levels) {
      for (const resting of level.orders) if (resting.order.orderId === id) return resting;
    }
    return undefined;
  }
}
