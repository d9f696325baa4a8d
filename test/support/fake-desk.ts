// A hand-driven desk for one strategy: keeps its open orders as a bot would believe them, and lets a test say which
// request is answered when, and how. No matching, no latency: every order of events is the test's choice.

import { assert } from "../../src/domain/assert.ts";
import type { Command, PlaceOrder } from "../../src/domain/command.ts";
import type { Event, RefusalReason } from "../../src/domain/event.ts";
import { signOf, sizeLots, timeUs, tradeId } from "../../src/domain/units.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { OrderState, OrderView, View } from "../../src/ports/view.ts";
import type { Belief } from "./fake-view.ts";
import { belief, bookChanged, fakeInstrument, fakeView } from "./fake-view.ts";

export class FakeDesk {
  readonly state: Belief = belief();
  readonly strategy: Strategy;
  /** Requests sent while another one was in flight for the same order, and other things no strategy may do. */
  readonly faults: string[] = [];
  readonly #view: View;
  #trades = 0;

  constructor(strategy: Strategy) {
    this.strategy = strategy;
    this.#view = fakeView(this.state);
  }

  /** Moves the clock on by `us` and shows the strategy the book. */
  wake(us = 100_000): readonly Command[] {
    this.state.now += us;
    return this.tell(bookChanged(this.state));
  }

  /** Hands over an event and takes the commands in. */
  tell(event: Event): readonly Command[] {
    const commands = this.strategy.decide(event, this.#view);
    for (const command of commands) this.#take(command);
    return commands;
  }

  accept(order: OrderView): void {
    this.#become(order, "live");
    const { instrument, orderId, size } = order;
    const price = order.price;
    assert(price !== undefined, "only limit orders are placed here");
    this.tell({
      kind: "OrderAccepted",
      ...this.#now(),
      instrument,
      orderId,
      request: "place",
      price,
      size,
    });
  }

  /** Accepts everything that is sent, confirms every cancel. */
  answerAll(): void {
    for (const order of this.state.orders) {
      if (order.state === "sent") this.accept(order);
      else if (order.state === "cancelling") this.close(order);
    }
  }

  refuse(order: OrderView, reason: RefusalReason = "post-only-would-cross"): readonly Command[] {
    this.drop(order);
    const { instrument, orderId } = order;
    const text = "refused by the test";
    return this.tell({
      kind: "OrderRefused",
      ...this.#now(),
      instrument,
      orderId,
      request: "place",
      reason,
      text,
    });
  }

  fill(order: OrderView, lots: number): void {
    const price = order.price;
    assert(price !== undefined, "only limit orders are placed here");
    const cumulative = order.filled + lots;
    this.state.position += signOf(order.side) * lots;
    this.state.orders = this.state.orders.flatMap((other) => {
      if (other.orderId !== order.orderId) return [other];
      return cumulative === other.size ? [] : [{ ...other, filled: sizeLots(cumulative) }];
    });
    this.#trades += 1;
    this.tell({
      kind: "OrderFilled",
      ...this.#now(),
      instrument: order.instrument,
      orderId: order.orderId,
      tradeId: tradeId(this.#trades),
      side: order.side,
      price,
      size: sizeLots(lots),
      cumulative: sizeLots(cumulative),
      liquidity: "maker",
      fee: 0 as never,
    });
  }

  close(order: OrderView): void {
    this.drop(order);
    const { instrument, orderId, filled } = order;
    this.tell({
      kind: "OrderClosed",
      ...this.#now(),
      instrument,
      orderId,
      reason: "cancelled",
      filled,
    });
  }

  /** Forgets an order without telling: what a refusal by our own risk rules looks like to a strategy. */
  drop(order: OrderView): void {
    this.state.orders = this.state.orders.filter((other) => other.orderId !== order.orderId);
  }

  link(link: "up" | "down"): readonly Command[] {
    const venue = fakeInstrument.venue;
    this.state.linkUp = link === "up";
    return this.tell({ kind: "LinkChanged", ...this.#now(), venue, link, cause: "test" });
  }

  #now() {
    return { at: timeUs(this.state.now), venueAt: timeUs(this.state.now) };
  }

  #become(order: OrderView, state: OrderState): void {
    this.state.orders = this.state.orders.map((other) =>
      other.orderId === order.orderId ? { ...other, state } : other,
    );
  }

  #take(command: Command): void {
    if (command.kind === "PlaceOrder") this.#place(command);
    else if (command.kind === "CancelOrder") {
      const order = this.state.orders.find((other) => other.orderId === command.orderId);
      if (order === undefined) this.faults.push(`cancels order ${command.orderId}, not open`);
      else if (order.state !== "live")
        this.faults.push(`second request on order ${command.orderId}`);
      else this.#become(order, "cancelling");
    } else this.faults.push(`unexpected ${command.kind}`);
  }

  #place(command: PlaceOrder): void {
    const { kind: _, ...order } = command;
    const clash = this.state.orders.some(
      (other) => other.side === order.side && other.price === order.price,
    );
    if (clash) this.faults.push(`second ${order.side} at ${order.price}`);
    const sentAt = timeUs(this.state.now);
    const filled = sizeLots(0);
    this.state.orders = [...this.state.orders, { ...order, filled, state: "sent", sentAt }];
  }
}
