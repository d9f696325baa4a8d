// When an exit that did not help may be tried again. A position is never given up, and a venue is never stormed: after each
// try that left the position as it was the wait doubles, up to a longest one. A new wish (less to keep, another position)
// starts anew, so that a stop never waits for a take-profit's refusals. What a venue calls too small to trade is dust: it
// is carried, and not tried again while it is the same. Incidents: freqtrade#2877 (dust), Qubx#386.

import type { JsonValue } from "../../src/ports/strategy.ts";
import type { OrderConfig } from "./macd-config.ts";

type ExitRetriesSaved = Readonly<{
  lots: number;
  keepLots: number;
  orderId: number;
  tries: number;
  at: number;
  /** The venue said that what is to be closed is too small. */
  tooSmall: boolean;
}>;

const NONE = { lots: 0, keepLots: 0, orderId: 0, tries: 0, at: 0, tooSmall: false };

export class ExitRetries {
  readonly #config: OrderConfig["exitRetry"];
  #last: ExitRetriesSaved = NONE;

  constructor(config: OrderConfig["exitRetry"]) {
    this.#config = config;
  }

  /** What is held at a look; any change is what a try was for, or another matter. */
  sees(lots: number): void {
    if (lots !== this.#last.lots) this.#last = NONE;
  }

  /** May `lots` be brought to `keepLots` now? */
  mayTry(lots: number, keepLots: number, now: number): boolean {
    if (!this.#isSame(lots, keepLots)) return true;
    if (this.#last.tooSmall) return false;
    return now >= this.#last.at + this.#wait();
  }

  /**
   * An exit from `lots` to `keepLots` is sent. `orderId` is 0 for one that is only a part of it, the rest being on its way:
   * that it is too small says nothing of the whole.
   */
  tried(lots: number, keepLots: number, orderId: number, now: number): void {
    const tries = this.#isSame(lots, keepLots) ? this.#last.tries + 1 : 1;
    this.#last = { lots, keepLots, orderId, tries, at: now, tooSmall: false };
  }

  /** An order was refused for its size. */
  wasTooSmall(orderId: number): void {
    if (this.#last.orderId === orderId && this.#last.tries > 0) {
      this.#last = { ...this.#last, tooSmall: true };
    }
  }

  /** Are `lots` what no venue takes back? */
  isDust(lots: number): boolean {
    return this.#last.tooSmall && this.#isSame(lots, 0);
  }

  save(): JsonValue {
    return { ...this.#last };
  }

  restore(saved: JsonValue): void {
    this.#last = { ...(saved as ExitRetriesSaved) };
  }

  #isSame(lots: number, keepLots: number): boolean {
    return this.#last.tries > 0 && this.#last.lots === lots && this.#last.keepLots === keepLots;
  }

  /** By doubling, so that it is exact and stops at the longest. */
  #wait(): number {
    const { waitUs, waitMaxUs } = this.#config;
    let wait = waitUs;
    for (let n = 1; n < this.#last.tries && wait < waitMaxUs; n += 1) wait *= 2;
    return Math.min(wait, waitMaxUs);
  }
}
