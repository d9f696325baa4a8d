// How large the next order that opens may be: the order size, or less once a venue said that the balance does not
// suffice for it. Each such refusal cuts the next order by a share; all that follows (the hedge, the close) goes by
// what was filled, never by what was meant. A new cycle begins with the whole size again.
// Source: incident H42, the cut of Extended's error 1140; the account is read again before any smaller order is sent.

import type { Event, RefusalReason } from "../../src/domain/event.ts";
import type { HedgeConfig } from "./hedge-config.ts";
import type { HedgeDesk } from "./hedge-desk.ts";
import { coveredLots, MAKER, TAKER } from "./hedge-target.ts";

const SHORTAGES: readonly RefusalReason[] = ["insufficient-margin", "insufficient-balance"];

export class OrderSizing {
  readonly #config: HedgeConfig;
  #lots: number;

  constructor(config: HedgeConfig) {
    this.#config = config;
    this.#lots = config.orderLots;
  }

  /** The most in the next order, lots of the maker's leg; less than a venue takes when the balance is too small. */
  get lots(): number {
    return this.#lots;
  }

  get isCut(): boolean {
    return this.#lots < this.#config.orderLots;
  }

  /** Hears of an order that was to open; call it before the order is forgotten. */
  hear(event: Event, desk: HedgeDesk): void {
    if (event.kind !== "OrderRefused" || event.request !== "place") return;
    const record = desk.orders.find(event.orderId);
    if (record === undefined || !SHORTAGES.includes(event.reason)) return;
    const { leg, size } = record;
    const asked = leg === MAKER ? size : coveredLots(size, desk.units, TAKER);
    const cut = Math.floor((asked * (10_000 - this.#config.shortageCutBps)) / 10_000);
    this.#lots = Math.min(this.#lots, cut);
    // An order or a cancel that was lost may still lock what is missing.
    desk.doubt(leg);
  }

  reset(): void {
    this.#lots = this.#config.orderLots;
  }

  save(): number {
    return this.#lots;
  }

  restore(saved: number): void {
    this.#lots = saved;
  }
}
