// A bot that is wrong as the logged ones were: it books an order only when it is FILLED, replaces a cancelled one at its
// full size, and takes a hedge for filled when nothing was heard of it for thirty seconds. Planted, to be caught.

import type { PlaceOrder } from "../../domain/command.ts";
import type { Event } from "../../domain/event.ts";
import type { Side } from "../../domain/units.ts";
import {
  instrumentId,
  opposite,
  orderId,
  priceTicks,
  signOf,
  sizeLots,
} from "../../domain/units.ts";
import type { Player, Stage } from "./script-play.ts";

const MAKER = 0;
const TAKER = 1;
const HEDGE_TIMER = 1;
const HEDGE_WAIT_US = 30_000_000;

export function planTimeBot(size: number): (stage: Stage) => Player {
  return (stage) => new PlanTimeBot(stage, size);
}

class PlanTimeBot implements Player {
  readonly haltReason = undefined;
  readonly #stage: Stage;
  readonly #size: number;
  readonly #believed = [0, 0];
  readonly #orders = new Map<number, PlaceOrder>();
  #step: "open" | "close" | "done" | undefined;
  #hedge: PlaceOrder | undefined;

  constructor(stage: Stage, size: number) {
    this.#stage = stage;
    this.#size = size;
  }

  believed(instrument: number): number {
    return this.#believed[instrument] ?? 0;
  }

  handle(event: Event): void {
    if (event.kind === "BookChanged" && this.#step === undefined) this.#begin("open");
    if (event.kind === "TimerFired" && this.#hedge !== undefined) this.#book(this.#hedge);
    if (event.kind !== "OrderClosed") return;
    const order = this.#orders.get(event.orderId);
    if (order === undefined) return;
    if (event.reason === "filled") this.#book(order);
    else if (order.instrument === MAKER) this.#place(MAKER, order.side);
  }

  #begin(step: "open" | "close"): void {
    this.#step = step;
    this.#place(MAKER, step === "open" ? "bid" : "ask");
  }

  #book(order: PlaceOrder): void {
    if (order.instrument === TAKER && order !== this.#hedge) return;
    const leg = order.instrument;
    this.#believed[leg] = this.believed(leg) + signOf(order.side) * order.size;
    if (leg === MAKER) {
      this.#hedge = this.#place(TAKER, opposite(order.side));
      this.#stage.setTimer(HEDGE_TIMER, this.#stage.now() + HEDGE_WAIT_US);
      return;
    }
    this.#hedge = undefined;
    this.#stage.clearTimer(HEDGE_TIMER);
    if (this.#step === "open") this.#begin("close");
    else this.#step = "done";
  }

  #place(leg: number, side: Side): PlaceOrder {
    const { bid, ask } = this.#stage.touch(leg);
    const order: PlaceOrder = {
      kind: "PlaceOrder",
      instrument: instrumentId(leg),
      orderId: orderId(this.#orders.size + 1),
      side,
      price: priceTicks(side === "bid" ? ask - 1 : bid + 1),
      size: sizeLots(this.#size),
      timeInForce: leg === MAKER ? "POST_ONLY" : "GTC",
      reduceOnly: false,
    };
    this.#orders.set(order.orderId, order);
    this.#stage.send(order);
    return order;
  }
}
