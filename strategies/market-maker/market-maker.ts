// The smallest market maker: one post-only order at each best price, re-examined at a fixed interval.
// It is the workload the public speed and parity figures are stated for (FILLS, "Compatibility"), and so keeps that
// workload's rules to the letter: the limit looks at the position alone, so it can be exceeded by an order in flight.

import { assert } from "../../src/domain/assert.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { InstrumentId, OrderId, PriceTicks, Side, SizeLots } from "../../src/domain/units.ts";
import { durationUs, sizeLots } from "../../src/domain/units.ts";
import type { JsonValue, Strategy, Want } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";

/** Plain numbers with their unit last, as a config file has them. */
export type MarketMakerConfig = Readonly<{
  /** Index of the instrument to quote, in the order of the run's instruments. */
  instrument: number;
  /** Size of each order, lots, ≥ 1. */
  orderLots: number;
  /** No further bid at or above this position, no further ask at or below its negative; lots. */
  positionLimitLots: number;
  /** How often the book is looked at, µs. */
  intervalUs: number;
}>;

const NOTHING: readonly Command[] = [];

/** A market maker on one instrument. @throws {BrokenPromise} when its instrument is not in the run. */
export function createMarketMaker(
  config: MarketMakerConfig,
  instruments: readonly Instrument[],
  ids = new OrderIds(),
): Strategy {
  const instrument = instruments[config.instrument];
  assert(instrument !== undefined, `instrument ${config.instrument} is in the run`);
  assert(config.orderLots >= 1, `an order has at least one lot, was ${config.orderLots}`);
  return new MarketMaker(config, instrument.id, ids);
}

class MarketMaker implements Strategy {
  readonly name = "market-maker";
  readonly wants: readonly Want[];
  readonly #config: MarketMakerConfig;
  readonly #instrument: InstrumentId;
  readonly #size: SizeLots;
  readonly #ids: OrderIds;

  constructor(config: MarketMakerConfig, instrument: InstrumentId, ids: OrderIds) {
    this.#ids = ids;
    this.#config = config;
    this.#instrument = instrument;
    this.#size = sizeLots(config.orderLots);
    const everyUs = durationUs(config.intervalUs);
    this.wants = [{ instrument, book: { on: "interval", everyUs } }];
  }

  /** All it remembers is the number of its next order. */
  get revision(): number {
    return this.#ids.save();
  }

  decide(event: Event, view: View): readonly Command[] {
    if (event.kind !== "BookChanged" || event.instrument !== this.#instrument) return NOTHING;
    const { bid, ask } = event;
    if (bid === undefined || ask === undefined) return NOTHING;
    let haveBid = false;
    let haveAsk = false;
    const commands: Command[] = [];
    for (const order of view.openOrders(this.#instrument)) {
      if (order.side === "bid" && order.price === bid) haveBid = true;
      else if (order.side === "ask" && order.price === ask) haveAsk = true;
      else if (order.state === "live") commands.push(this.#cancel(order.orderId));
    }
    const position = view.position(this.#instrument).lots;
    const limit = this.#config.positionLimitLots;
    if (!haveBid && position < limit) commands.push(this.#place("bid", bid));
    if (!haveAsk && position > -limit) commands.push(this.#place("ask", ask));
    return commands.length === 0 ? NOTHING : commands;
  }

  save(): JsonValue {
    return { nextOrderId: this.#ids.save() };
  }

  restore(saved: JsonValue): void {
    this.#ids.restore((saved as { nextOrderId: number }).nextOrderId);
  }

  #cancel(orderId: OrderId): Command {
    return { kind: "CancelOrder", instrument: this.#instrument, orderId };
  }

  #place(side: Side, price: PriceTicks): Command {
    return {
      kind: "PlaceOrder",
      instrument: this.#instrument,
      orderId: this.#ids.next(),
      side,
      price,
      size: this.#size,
      timeInForce: "POST_ONLY",
      reduceOnly: false,
    };
  }
}
