// A venue that is nothing but the truth about our orders: it rests them, fills them when the test says so, and reports.
// It matches nothing by itself; what it says is handed to `say`, which may be nobody.

import type { PlaceOrder, VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Side } from "../../src/domain/units.ts";

export type PaperOrder = Readonly<{ command: PlaceOrder }> & { size: number; filled: number };

export class PaperVenue {
  readonly open = new Map<number, PaperOrder>();
  /** Every id that was ever placed here; a second order of one id is refused as venues do. */
  readonly seen = new Set<number>();
  lots = 0;
  now = 0;
  /** The most orders that were open on one side at once. */
  crowded = 0;
  readonly trades: number[] = [];
  readonly #say: (event: Event) => void;

  constructor(say: (event: Event) => void) {
    this.#say = say;
  }

  receive(command: VenueCommand): void {
    switch (command.kind) {
      case "PlaceOrder":
        this.#place(command);
        break;
      case "CancelOrder":
        this.#cancel(command.orderId);
        break;
      case "CancelAll":
        for (const id of [...this.open.keys()]) this.#cancel(id);
        break;
      case "ReportAccount":
        this.#report();
        break;
      case "AmendOrder":
        this.#tell("OrderRefused", command.orderId, {
          request: "amend",
          reason: "unsupported",
          text: "",
        });
    }
  }

  /** Somebody trades `lots` with our oldest order of a side, if there is one. */
  fill(side: Side, lots: number): void {
    for (const [id, order] of this.open) {
      if (order.command.side !== side) continue;
      const size = Math.min(lots, order.size - order.filled);
      order.filled += size;
      this.lots += side === "bid" ? size : -size;
      this.trades.push(size);
      this.#tell("OrderFilled", id, {
        tradeId: this.trades.length,
        side,
        price: order.command.price ?? 1000,
        size,
        cumulative: order.filled,
        liquidity: "maker",
        fee: 0,
      });
      if (order.filled === order.size) {
        this.open.delete(id);
        this.#tell("OrderClosed", id, { reason: "filled", filled: order.filled });
      }
      return;
    }
  }

  #place(command: PlaceOrder): void {
    const id = command.orderId;
    if (this.seen.has(id)) {
      this.#tell("OrderRefused", id, { request: "place", reason: "duplicate-order-id", text: "" });
      return;
    }
    this.seen.add(id);
    this.open.set(id, { command, size: command.size, filled: 0 });
    const sameSide = [...this.open.values()].filter((each) => each.command.side === command.side);
    this.crowded = Math.max(this.crowded, sameSide.length);
    this.#tell("OrderAccepted", id, {
      request: "place",
      price: command.price ?? 1000,
      size: command.size,
    });
  }

  #cancel(id: number): void {
    const order = this.open.get(id);
    if (order === undefined) {
      this.#tell("OrderRefused", id, { request: "cancel", reason: "unknown-order", text: "" });
      return;
    }
    this.open.delete(id);
    this.#tell("OrderClosed", id, { reason: "cancelled", filled: order.filled });
  }

  #report(): void {
    const openOrders = [...this.open.values()].map(({ command, size, filled }) => ({
      instrument: command.instrument,
      orderId: command.orderId,
      side: command.side,
      price: command.price ?? 1000,
      leaves: size - filled,
    }));
    const positions = this.lots === 0 ? [] : [{ instrument: 0, lots: this.lots }];
    this.#say({
      kind: "AccountReported",
      at: this.now,
      venueAt: this.now,
      venue: 0,
      balance: 0,
      positions,
      openOrders,
    } as unknown as Event);
  }

  #tell(kind: Event["kind"], orderId: number, body: object): void {
    const told = { kind, at: this.now, venueAt: this.now, instrument: 0, orderId, ...body };
    this.#say(told as unknown as Event);
  }
}
