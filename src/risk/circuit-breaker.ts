// Stops asking a venue that keeps saying no. Failures in a row, within a window, trip it: everything there is
// cancelled (by whoever is told of the trip) and no new risk goes to it. After a rest it is asked one harmless
// question; an answer closes it, silence lets it rest twice as long. A venue that speaks again, to whoever asked, is
// silent no more: only the first rest is left. One breaker a venue: cancels always pass.

import { assert } from "../domain/assert.ts";
import type { Event, RefusalReason } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";

export type CircuitBreakerConfig = Readonly<{
  /** Failures in a row that trip it. */
  failuresMax: number;
  /** Older failures do not count. */
  windowUs: number;
  restUs: number;
  restUsMax: number;
  probeTimeoutUs: number;
}>;

export const CIRCUIT_BREAKER_DEFAULTS: CircuitBreakerConfig = {
  failuresMax: 5,
  windowUs: 60_000_000,
  restUs: 30_000_000,
  restUsMax: 600_000_000,
  probeTimeoutUs: 5_000_000,
};

/** Refusals that belong to trading and say nothing of the venue's health. */
const ORDINARY: ReadonlySet<RefusalReason> = new Set([
  "post-only-would-cross",
  "ioc-no-liquidity",
  "fok-not-fillable",
  "no-liquidity",
  "reduce-only",
  "self-trade",
  "unknown-order",
]);

export class CircuitBreaker {
  readonly #config: CircuitBreakerConfig;
  readonly #failures: number[] = [];
  #state: "closed" | "open" | "probing" = "closed";
  #restUs: number;
  #openedAt = Number.NEGATIVE_INFINITY;
  #wakesAt = Number.POSITIVE_INFINITY;
  #why = "";

  constructor(config: CircuitBreakerConfig) {
    assert(config.failuresMax >= 1, `a breaker trips by failures, was ${config.failuresMax}`);
    this.#config = config;
    this.#restUs = config.restUs;
  }

  get state(): "closed" | "open" | "probing" {
    return this.#state;
  }

  /** Why nothing new goes to the venue; undefined while closed. */
  get reason(): string | undefined {
    return this.#state === "closed" ? undefined : this.#why;
  }

  /** Takes in what the venue said; true when it trips now. */
  heard(event: Event): boolean {
    switch (event.kind) {
      case "OrderRefused":
        return (
          !ORDINARY.has(event.reason) && this.failed(event.at, `${event.request} ${event.reason}`)
        );
      case "OrderUnknown":
        return event.cause === "timed-out" && this.failed(event.at, `${event.request} timed out`);
      case "OrderAccepted":
      case "OrderFilled":
        if (this.#failures.length > 0) this.#failures.length = 0;
        return false;
      case "AccountReported":
        if (this.#state === "probing") this.#close();
        else if (this.#state === "open") this.#speaks();
        return false;
      default:
        return false;
    }
  }

  /** One failure more; true when it trips now. */
  failed(at: TimeUs, what: string): boolean {
    if (this.#state !== "closed") return false;
    const { failuresMax, windowUs } = this.#config;
    const failures = this.#failures;
    failures.push(at);
    while (at - (failures[0] as number) > windowUs) failures.shift();
    if (failures.length < failuresMax) return false;
    this.#why = `${failures.length} failures in a row within ${windowUs} µs, the last: ${what}`;
    this.#open(at);
    return true;
  }

  /** True when the venue is to be asked its one question now. */
  shouldProbe(now: TimeUs): boolean {
    if (this.#state === "closed" || now < this.#wakesAt) return false;
    if (this.#state === "probing") {
      this.#restUs = Math.min(this.#restUs * 2, this.#config.restUsMax);
      this.#open(now);
      return false;
    }
    this.#state = "probing";
    this.#wakesAt = now + this.#config.probeTimeoutUs;
    return true;
  }

  #open(at: TimeUs): void {
    this.#state = "open";
    this.#failures.length = 0;
    this.#openedAt = at;
    this.#wakesAt = at + this.#restUs;
  }

  /** Longer rests were for its silence. */
  #speaks(): void {
    this.#restUs = this.#config.restUs;
    this.#wakesAt = Math.min(this.#wakesAt, this.#openedAt + this.#restUs);
  }

  #close(): void {
    this.#state = "closed";
    this.#restUs = this.#config.restUs;
    this.#wakesAt = Number.POSITIVE_INFINITY;
  }
}
