// What venues hold of ours in a backtest, put together from what they say: no message is lost there, so that what was said
// is what is so.

import type { VenueCommand } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { Side } from "../../domain/units.ts";
import { signOf } from "../../domain/units.ts";
import type { FilmOrder } from "../../report/player/film.ts";

type Held = { lots: number; readonly orders: Map<number, FilmOrder> };

export class VenueAccount {
  readonly #held: Held[];
  readonly #sides = new Map<number, Side>();

  constructor(instruments: number) {
    this.#held = Array.from({ length: instruments }, () => ({ lots: 0, orders: new Map() }));
  }

  sent(command: VenueCommand): void {
    if (command.kind === "PlaceOrder") this.#sides.set(command.orderId, command.side);
  }

  /** Takes what a venue says; the instrument it is about, where it changes anything there. */
  said(event: Event): number | undefined {
    switch (event.kind) {
      case "OrderAccepted": {
        const { instrument, orderId, price, size } = event;
        const { orders } = this.#of(instrument);
        const before = orders.get(orderId);
        const side = this.#sides.get(orderId) ?? "bid";
        const kept = before ?? { orderId, side, filled: 0, state: "live", ahead: undefined };
        orders.set(orderId, { ...kept, price, size });
        return instrument;
      }
      case "OrderFilled": {
        const { instrument, orderId, side, size, cumulative } = event;
        const held = this.#of(instrument);
        held.lots += signOf(side) * size;
        const order = held.orders.get(orderId);
        if (order !== undefined) held.orders.set(orderId, { ...order, filled: cumulative });
        return instrument;
      }
      case "OrderClosed":
        this.#of(event.instrument).orders.delete(event.orderId);
        return event.instrument;
      default:
        return undefined;
    }
  }

  /** An order's place in its queue is now this; its instrument and what it was, when it is another than before. */
  moved(
    orderId: number,
    ahead: number,
  ): Readonly<{ instrument: number; before: number | undefined }> | undefined {
    for (const [instrument, { orders }] of this.#held.entries()) {
      const order = orders.get(orderId);
      if (order === undefined || order.ahead === ahead) continue;
      orders.set(orderId, { ...order, ahead });
      return { instrument, before: order.ahead };
    }
    return undefined;
  }

  standing(instrument: number): Readonly<{ lots: number; orders: readonly FilmOrder[] }> {
    const { lots, orders } = this.#of(instrument);
    return { lots, orders: [...orders.values()] };
  }

  #of(instrument: number): Held {
    const held = this.#held[instrument];
    if (held === undefined) throw new Error(`expected an instrument of the run, was ${instrument}`);
    return held;
  }
}
