// One circuit breaker a venue, as one rule: an order for a venue whose breaker is not closed is refused.

import type { Event } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { TimeUs, VenueId } from "../domain/units.ts";
import type { CircuitBreakerConfig } from "./circuit-breaker.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import type { RiskRule } from "./risk-rule.ts";

export class VenueBreakers {
  readonly #breakers: readonly CircuitBreaker[];
  readonly #venueOf: readonly VenueId[];

  constructor(config: CircuitBreakerConfig, instruments: readonly Instrument[], venues: number) {
    this.#breakers = Array.from({ length: venues }, () => new CircuitBreaker(config));
    this.#venueOf = instruments.map((each) => each.venue);
  }

  get anyOpen(): boolean {
    return this.#breakers.some((each) => each.state !== "closed");
  }

  reason(venue: VenueId): string | undefined {
    return this.#breakers[venue]?.reason;
  }

  /** The venue whose breaker trips by this event, if one does. */
  heard(event: Event): VenueId | undefined {
    const venue = this.#venueOfEvent(event);
    if (venue === undefined) return undefined;
    return this.#breakers[venue]?.heard(event) ? venue : undefined;
  }

  failed(venue: VenueId, at: TimeUs, what: string): boolean {
    return this.#breakers[venue]?.failed(at, what) ?? false;
  }

  shouldProbe(venue: VenueId, now: TimeUs): boolean {
    return this.#breakers[venue]?.shouldProbe(now) ?? false;
  }

  rule(): RiskRule {
    return {
      name: "circuit-breaker",
      refuse: (order) => this.reason(this.#venueOf[order.instrument] as VenueId),
    };
  }

  #venueOfEvent(event: Event): VenueId | undefined {
    if ("venue" in event) return event.venue;
    return "instrument" in event ? this.#venueOf[event.instrument] : undefined;
  }
}
