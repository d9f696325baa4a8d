// One of the two venues of a hedge world: the truth about our orders and our position there, and nothing about us.
// It rests and matches against a touch of its own, and answers by `say`; what becomes of its words is the wire's matter.

import type { PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { CloseReason, Event, RefusalReason, RequestKind } from "../../src/domain/event.ts";
import { signOf } from "../../src/domain/units.ts";

type Resting = { readonly command: PlaceOrder; price: number; size: number; filled: number };

/** Draws whole numbers below `bound`. */
export type Draw = (bound: number) => number;

export class HedgeWorldVenue {
  readonly open = new Map<number, Resting>();
  /** Every id placed here; a second one of an id is refused. */
  readonly seen = new Set<number>();
  lots = 0;
  bid = 19_000;
  ask = 19_004;
  now = 0;
  /** Reasons it refuses the next requests for; the test fills it. */
  readonly refusals: RefusalReason[] = [];
  /** The most lots of ours that stood on one side at once. */
  crowded = 0;
  /** Lots that a taker finds at the touch. */
  depth = 1000;
  #trades = 0;
  readonly #instrument: number;
  readonly #say: (event: Event) => void;

  constructor(instrument: number, say: (event: Event) => void) {
    this.#instrument = instrument;
    this.#say = say;
  }

  receive(command: VenueCommand): void {
    switch (command.kind) {
      case "PlaceOrder":
        this.#place(command);
        break;
      case "AmendOrder":
        this.#amend(command.orderId, command.price, command.size);
        break;
      case "CancelOrder":
        this.#cancel(command.orderId);
        break;
      case "CancelAll":
        for (const id of [...this.open.keys()]) this.#end(id, "cancelled");
        break;
      case "ReportAccount":
        this.#report();
    }
  }

  /** The touch moves; what of ours it crosses is filled, in parts as `draw` has it. */
  move(ticks: number, draw: Draw): void {
    this.bid += ticks;
    this.ask += ticks;
    for (const [id, order] of [...this.open]) {
      const { side } = order.command;
      const crossed = side === "bid" ? order.price >= this.ask : order.price <= this.bid;
      const touched = side === "bid" ? order.price >= this.bid : order.price <= this.ask;
      if (crossed || (touched && draw(4) === 0)) this.#fill(id, 1 + draw(order.size), "maker");
    }
  }

  /** Lots that vanish or appear without an order of ours: a liquidation, a hand. */
  intervene(lots: number): void {
    this.lots += lots;
  }

  #place(command: PlaceOrder): void {
    const { orderId, side, price, timeInForce } = command;
    const refusal = this.refusals.shift();
    const size = command.reduceOnly ? this.#reducible(command) : command.size;
    const touch = side === "bid" ? this.ask : this.bid;
    const limit = price ?? touch;
    const crosses = side === "bid" ? limit >= touch : limit <= touch;
    const isEmpty = !crosses || this.depth === 0;
    let reason = refusal;
    if (this.seen.has(orderId)) reason = "duplicate-order-id";
    else if (size === 0) reason ??= "reduce-only";
    else if (timeInForce === "POST_ONLY" && crosses) reason ??= "post-only-would-cross";
    else if (timeInForce === "IOC" && isEmpty) reason ??= "no-liquidity";
    this.seen.add(orderId);
    if (reason !== undefined) {
      this.#refuse(orderId, "place", reason);
      return;
    }
    this.open.set(orderId, { command, price: limit, size, filled: 0 });
    this.#measureCrowd();
    this.#tell("OrderAccepted", orderId, { request: "place", price: limit, size });
    if (crosses) this.#fill(orderId, Math.min(size, this.depth), "taker");
    if (timeInForce === "IOC" && this.open.has(orderId)) this.#end(orderId, "ioc-remainder");
  }

  #amend(id: number, price: number, size: number): void {
    const order = this.open.get(id);
    const refusal = order === undefined ? "unknown-order" : this.refusals.shift();
    if (order === undefined || refusal !== undefined) {
      this.#refuse(id, "amend", refusal ?? "unknown-order");
      return;
    }
    order.price = price;
    order.size = Math.min(size, order.size);
    this.#tell("OrderAccepted", id, { request: "amend", price, size: order.size });
    const touch = order.command.side === "bid" ? this.ask : this.bid;
    const crosses = order.command.side === "bid" ? price >= touch : price <= touch;
    if (crosses) this.#fill(id, order.size, "taker");
  }

  #cancel(id: number): void {
    if (this.open.has(id)) this.#end(id, "cancelled");
    else this.#refuse(id, "cancel", "unknown-order");
  }

  #fill(id: number, lots: number, liquidity: "maker" | "taker"): void {
    const order = this.open.get(id);
    if (order === undefined) return;
    const { command } = order;
    const most = command.reduceOnly ? this.#reducible(command) : order.size;
    const size = Math.min(lots, order.size - order.filled, most);
    if (size <= 0) {
      this.#end(id, "reduce-only");
      return;
    }
    order.filled += size;
    this.lots += signOf(command.side) * size;
    this.#trades += 1;
    this.#tell("OrderFilled", id, {
      tradeId: this.#trades,
      side: command.side,
      price: order.price,
      size,
      cumulative: order.filled,
      liquidity,
      fee: 0,
    });
    if (order.filled >= order.size) this.#end(id, "filled");
  }

  /** What a reduce-only order may still take. */
  #reducible({ side, size }: PlaceOrder): number {
    const towards = side === "bid" ? -this.lots : this.lots;
    return Math.max(0, Math.min(size, towards));
  }

  #end(id: number, reason: CloseReason): void {
    const order = this.open.get(id);
    if (order === undefined) return;
    this.open.delete(id);
    this.#tell("OrderClosed", id, { reason, filled: order.filled });
  }

  #refuse(id: number, request: RequestKind, reason: RefusalReason): void {
    this.#tell("OrderRefused", id, { request, reason, text: "" });
  }

  #measureCrowd(): void {
    for (const side of ["bid", "ask"]) {
      let lots = 0;
      for (const { command, size, filled } of this.open.values()) {
        if (command.side === side) lots += size - filled;
      }
      this.crowded = Math.max(this.crowded, lots);
    }
  }

  #report(): void {
    const openOrders = [...this.open].map(([orderId, { command, price, size, filled }]) => ({
      instrument: this.#instrument,
      orderId,
      side: command.side,
      price,
      leaves: size - filled,
    }));
    const positions = [{ instrument: this.#instrument, lots: this.lots }];
    const body = { venue: this.#instrument, balance: 0, positions, openOrders };
    this.#say({ kind: "AccountReported", at: this.now, venueAt: this.now, ...body } as never);
  }

  #tell(kind: Event["kind"], orderId: number, body: object): void {
    const times = { at: this.now, venueAt: this.now };
    this.#say({ kind, ...times, instrument: this.#instrument, orderId, ...body } as never);
  }
}
