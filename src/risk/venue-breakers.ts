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
    for (const breaker of this.#breakers) if (breaker.state !== "closed") return true;
    return false;
  }

  reason(venue: VenueId): string | undefined {
    return this.#breakers[venue]?.reason;
  }

  /** Takes in what a venue said; true when its breaker trips by it. */
  heard(event: Event, venue: VenueId): boolean {
    return this.#breakers[venue]?.heard(event) ?? false;
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
      sparesHedges: true,
      refuse: (order) => this.reason(this.#venueOf[order.instrument] as VenueId),
      rests: () => !this.anyOpen,
    };
  }
}
