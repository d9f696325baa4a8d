// Our resting orders on one side of one market: levels best first, each a queue in order of arrival.

import { assert } from "../../src/domain/assert.ts";
import type { OrderId } from "../../src/domain/units.ts";
import type { SideCode } from "./level-book.ts";
import type { VenueOrder } from "./market.ts";
import type { QueuePlace } from "./queue-model.ts";

/** An order of ours in the queue of its level. A class: literals go on being made in a shape long given up. */
export class RestingOrder implements QueuePlace {
  readonly order: VenueOrder;
  readonly tick: number;
  ahead: number;
  printed = 0;
  /** Placed beyond the worst displayed level: what is ahead is not known until the level is shown. */
  unseen: boolean;
  /** What was ahead before the level vanished, until its message tells whether it only left the display. */
  gone: number | undefined = undefined;

  constructor(order: VenueOrder, tick: number, ahead: number, unseen: boolean) {
    this.order = order;
    this.tick = tick;
    this.ahead = ahead;
    this.unseen = unseen;
  }
}

/** One price at which orders of ours rest, oldest first. `handle` finds it again from a slot's mark. */
export type OwnLevel = Readonly<{ tick: number; handle: number; orders: RestingOrder[] }>;

/** Handles fit the marks of a book beside their one other bit. No venue lets an account rest at so many prices. */
const HANDLES_MAX = 0x7fff;

/** Short numbers for the levels of both sides, so that a mark can name one. 0 names none. */
export class LevelHandles {
  readonly #levels: (OwnLevel | undefined)[] = [undefined];
  readonly #free: number[] = [];

  /** The level of a handle, undefined for 0 and for one that is free. */
  at(handle: number): OwnLevel | undefined {
    return this.#levels[handle];
  }

  open(tick: number): OwnLevel {
    const handle = this.#free.pop() ?? this.#levels.length;
    assert(handle <= HANDLES_MAX, `an account rests at no more than ${HANDLES_MAX} prices`);
    const level: OwnLevel = { tick, handle, orders: [] };
    this.#levels[handle] = level;
    return level;
  }

  close(level: OwnLevel): void {
    this.#levels[level.handle] = undefined;
    this.#free.push(level.handle);
  }
}

export class OwnOrders {
  /** Best first. Read-only to everyone else. */
  readonly levels: OwnLevel[] = [];
  readonly #side: SideCode;
  readonly #byTick = new Map<number, OwnLevel>();
  readonly #handles: LevelHandles;

  constructor(side: SideCode, handles: LevelHandles) {
    this.#side = side;
    this.#handles = handles;
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

  /** Adds an order behind ours of its level; returns the level. */
  add(resting: RestingOrder): OwnLevel {
    const level = this.#byTick.get(resting.tick);
    if (level !== undefined) {
      level.orders.push(resting);
      return level;
    }
    const made = this.#handles.open(resting.tick);
    made.orders.push(resting);
    this.#byTick.set(resting.tick, made);
    let index = this.levels.length;
    while (index > 0 && this.better(resting.tick, (this.levels[index - 1] as OwnLevel).tick)) {
      index -= 1;
    }
    this.levels.splice(index, 0, made);
    return made;
  }

  remove(resting: RestingOrder): void {
    const level = this.#byTick.get(resting.tick);
    if (level === undefined) return;
    const index = level.orders.indexOf(resting);
    if (index >= 0) level.orders.splice(index, 1);
    if (level.orders.length > 0) return;
    this.#byTick.delete(resting.tick);
    this.levels.splice(this.levels.indexOf(level), 1);
    this.#handles.close(level);
  }

  /** Every order, best price first, then arrival. */
  orders(): VenueOrder[] {
    const orders: VenueOrder[] = [];
    for (const level of this.levels) {
      for (const resting of level.orders) orders.push(resting.order);
    }
    return orders;
  }

  find(id: OrderId): RestingOrder | undefined {
    for (const level of this.levels) {
      for (const resting of level.orders) if (resting.order.orderId === id) return resting;
    }
    return undefined;
  }
}
