// Orders at random, as a strategy: one packed number a wake-up, read relative to what is there just then (the best price, the
// orders that are open), so that what is left of a flow still means something when some of it is taken away.

import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import { OrderIds } from "../domain/order-ids.ts";
import type { InstrumentId, Side } from "../domain/units.ts";
import { durationUs, instrumentId, priceTicks, sizeLots } from "../domain/units.ts";
import type { JsonValue, Strategy, Want } from "../ports/strategy.ts";
import type { View } from "../ports/view.ts";

const EVERY_US = 1_000_000;
const DISTANCES = 16;
const SIZES: readonly number[] = [1, 2, 10, 100];

type Step = Readonly<{ act: number; side: Side; ticks: number; lots: number; nth: number }>;

/** The bits of a number: two for what is done, one for the side, four for the distance, two for the size. */
function stepOf(packed: number): Step {
  return {
    act: packed & 3,
    side: (packed & 4) === 0 ? "bid" : "ask",
    ticks: (packed >>> 3) % DISTANCES,
    lots: SIZES[(packed >>> 7) & 3] as number,
    nth: packed >>> 9,
  };
}

/** What a flow does, one step a second, on one instrument. */
export class OrderFlow {
  readonly steps: readonly number[];

  constructor(steps: readonly number[]) {
    this.steps = steps;
  }

  /** A strategy that does it. */
  strategy(instruments: readonly Instrument[], instrument = 0): Strategy {
    const id = instruments[instrument]?.id ?? instrumentId(instrument);
    return new FlowStrategy(this.steps, id);
  }

  /** A step a line, as a person reads it. */
  toString(): string {
    return this.steps.map((packed) => stepText(stepOf(packed))).join("\n");
  }
}

function stepText({ act, side, ticks, lots, nth }: Step): string {
  switch (act) {
    case 0:
      return `${side} ${lots} lots, ${ticks} ticks behind the best, post-only`;
    case 1:
      return `${side} ${lots} lots, ${ticks} ticks through the touch, at once or not`;
    case 2:
      return `cancel open order ${nth}, counted round`;
    default:
      return "wait";
  }
}

class FlowStrategy implements Strategy {
  readonly name = "order-flow";
  readonly wants: readonly Want[];
  readonly #steps: readonly number[];
  readonly #instrument: InstrumentId;
  readonly #ids = new OrderIds();
  #next = 0;

  constructor(steps: readonly number[], instrument: InstrumentId) {
    this.#steps = steps;
    this.#instrument = instrument;
    this.wants = [{ instrument, book: { on: "interval", everyUs: durationUs(EVERY_US) } }];
  }

  decide(event: Event, view: View): readonly Command[] {
    if (event.kind !== "BookChanged") return [];
    const { bid, ask } = event;
    const packed = this.#steps[this.#next];
    if (packed === undefined || bid === undefined || ask === undefined) return [];
    this.#next += 1;
    const { act, side, ticks, lots, nth } = stepOf(packed);
    const instrument = this.#instrument;
    const open = view.openOrders(instrument).filter(({ state }) => state === "live");
    const order = open[nth % Math.max(1, open.length)];
    if (act === 2) {
      return order === undefined
        ? []
        : [{ kind: "CancelOrder", instrument, orderId: order.orderId }];
    }
    if (act > 2) return [];
    const isBid = side === "bid";
    const resting = isBid ? bid - ticks : ask + ticks;
    const taking = isBid ? ask + ticks : bid - ticks;
    return [
      {
        kind: "PlaceOrder",
        instrument,
        orderId: this.#ids.next(),
        side,
        price: priceTicks(Math.max(1, act === 0 ? resting : taking)),
        size: sizeLots(lots),
        timeInForce: act === 0 ? "POST_ONLY" : "IOC",
        reduceOnly: false,
      },
    ];
  }

  save(): JsonValue {
    return { next: this.#next, ids: this.#ids.save() };
  }

  restore(saved: JsonValue): void {
    const { next, ids } = saved as Readonly<{ next: number; ids: number }>;
    this.#next = next;
    this.#ids.restore(ids);
  }
}
