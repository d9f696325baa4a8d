// When an exit that did not help may be tried again. A position is never given up, and a venue is never stormed: after each
// try that left the position as it was the wait doubles, up to a longest one. A new wish (less to keep, another position)
// starts anew, so that a stop never waits for a take-profit's refusals. Incidents: freqtrade#2877 (dust), Qubx#386.

import type { JsonValue } from "../../src/ports/strategy.ts";
import type { OrderConfig } from "./macd-config.ts";

type ExitRetriesSaved = Readonly<{ lots: number; keepLots: number; tries: number; at: number }>;

const NONE: ExitRetriesSaved = { lots: 0, keepLots: 0, tries: 0, at: 0 };

export class ExitRetries {
  readonly #config: OrderConfig["exitRetry"];
  #last = NONE;

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
    return now >= this.#last.at + this.#wait();
  }

  /** An exit from `lots` to `keepLots` is sent. */
  tried(lots: number, keepLots: number, now: number): void {
    const tries = this.#isSame(lots, keepLots) ? this.#last.tries + 1 : 1;
    this.#last = { lots, keepLots, tries, at: now };
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
