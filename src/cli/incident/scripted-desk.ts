// The venue of a scripted leg: what it makes of each order is written down beforehand, but for cancels and amends, which it
// obeys, and orders past the script's end, which it takes and fills. It holds the truth of the leg's position.

import type { AmendOrder, CancelOrder, PlaceOrder } from "../../domain/command.ts";
import type { CloseReason, RefusalReason, RequestKind } from "../../domain/event.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { signOf } from "../../domain/units.ts";
import type { PlayedAct, PlayedLeg } from "./script-legs.ts";

/** Past the script's end. */
const OBLIGING: readonly PlayedAct[] = [
  { after: 1_000, do: "accept", share: undefined },
  { after: 100_000, do: "fill", share: undefined },
];

/** An order at the venue. */
export type DeskOrder = {
  readonly command: PlaceOrder;
  readonly acts: readonly PlayedAct[];
  price: number;
  size: number;
  filled: number;
  next: number;
  isOver: boolean;
};

/** What a share is a share of: the first order of the run, in units; shared by the desks. */
export type Base = { units: number | undefined };

/** How the desk speaks: a body of an event, without its times. */
export type Say = (body: object) => void;

export class ScriptedDesk {
  readonly instrument: Instrument;
  readonly leg: PlayedLeg;
  /** The venue's position, lots. */
  truth: number;
  readonly #orders = new Map<number, DeskOrder>();
  readonly #say: Say;
  readonly #base: Base;
  #placed = 0;
  #trades = 0;

  constructor(instrument: Instrument, leg: PlayedLeg, base: Base, say: Say) {
    this.#base = base;
    this.instrument = instrument;
    this.leg = leg;
    this.truth = leg.position;
    this.#say = say;
  }

  /** Orders whose script is not played out. */
  get unplayed(): number {
    return Math.max(0, this.leg.orders.length - this.#placed);
  }

  get open(): readonly DeskOrder[] {
    return [...this.#orders.values()].filter((order) => !order.isOver);
  }

  order(orderId: number | undefined): DeskOrder | undefined {
    return orderId === undefined ? undefined : this.#orders.get(orderId);
  }

  /** An order arrives; undefined when it is refused at once. */
  place(command: PlaceOrder): DeskOrder | undefined {
    const { side } = command;
    const toReduce = Math.max(0, -signOf(side) * this.truth);
    if (command.reduceOnly && toReduce === 0) {
      this.#refuse(command.orderId, "place", "reduce-only");
      return undefined;
    }
    const order: DeskOrder = {
      command,
      acts: this.leg.orders[this.#placed] ?? OBLIGING,
      price: command.price ?? (side === "bid" ? this.leg.ask : this.leg.bid),
      size: command.reduceOnly ? Math.min(command.size, toReduce) : command.size,
      ...{ filled: 0, next: 0, isOver: false },
    };
    this.#placed += 1;
    this.#base.units ??= command.size * this.leg.unitsPerLot;
    this.#orders.set(command.orderId, order);
    return order;
  }

  /** The next act of an order's script. */
  act(order: DeskOrder): void {
    const act = order.acts[order.next];
    order.next += 1;
    if (act === undefined || order.isOver) return;
    const { orderId } = order.command;
    switch (act.do) {
      case "accept":
        this.#say({
          kind: "OrderAccepted",
          ...{ ...this.#named(orderId), request: "place", price: order.price, size: order.size },
        });
        break;
      case "fill":
        this.#fill(order, Math.min(this.#lotsOf(act, order), order.size - order.filled));
        break;
      case "cancel":
        this.#close(order, "cancelled");
        break;
      case "refuse":
        order.isOver = true;
        this.#refuse(orderId, "place", "insufficient-balance");
        break;
      default:
        act.do satisfies never;
    }
    const { timeInForce } = order.command;
    const isBrief = timeInForce === "IOC" || timeInForce === "FOK";
    if (isBrief && order.next >= order.acts.length && !order.isOver) {
      this.#close(order, order.command.price === undefined ? "market-remainder" : "ioc-remainder");
    }
  }

  cancel({ orderId }: Pick<CancelOrder, "orderId">): void {
    const order = this.#orders.get(orderId);
    if (order === undefined || order.isOver) this.#refuse(orderId, "cancel", "unknown-order");
    else this.#close(order, "cancelled");
  }

  amend({ orderId, price, size }: AmendOrder): void {
    const order = this.#orders.get(orderId);
    if (order === undefined || order.isOver || size <= order.filled) {
      this.#refuse(orderId, "amend", "unknown-order");
      return;
    }
    order.price = price;
    order.size = size;
    this.#say({ kind: "OrderAccepted", ...this.#named(orderId), request: "amend", price, size });
  }

  /** At least a lot: what filled in part there fills in part here. */
  #lotsOf({ share }: PlayedAct, { size }: DeskOrder): number {
    if (share === undefined) return size;
    const units = (share.of * (this.#base.units ?? 0)) / share.in;
    return Math.max(1, Math.floor(units / this.leg.unitsPerLot));
  }

  #fill(order: DeskOrder, lots: number): void {
    if (lots <= 0) return;
    const { side, orderId, timeInForce } = order.command;
    this.#trades += 1;
    order.filled += lots;
    this.truth += signOf(side) * lots;
    this.#say({
      kind: "OrderFilled",
      ...this.#named(orderId),
      ...{ tradeId: this.#trades, side, price: order.price, size: lots },
      ...{ cumulative: order.filled, liquidity: timeInForce === "IOC" ? "taker" : "maker", fee: 0 },
    });
    if (order.filled >= order.size) this.#close(order, "filled");
  }

  #close(order: DeskOrder, reason: CloseReason): void {
    order.isOver = true;
    const { orderId } = order.command;
    this.#say({ kind: "OrderClosed", ...this.#named(orderId), reason, filled: order.filled });
  }

  #refuse(orderId: number, request: RequestKind, reason: RefusalReason): void {
    this.#say({ kind: "OrderRefused", ...this.#named(orderId), request, reason, text: reason });
  }

  #named(orderId: number): object {
    return { instrument: this.instrument.id, orderId };
  }
}
