// Whether a venue still takes requests: one bucket a limit of its profile, on the venue's own clock.
// A bucket is kept as what has been spent of it and has not come back. To stay in whole numbers it counts in
// (weight × µs of the window): a request of weight w spends w × window, each µs that passes gives back `weight`.

import { assert } from "../../src/domain/assert.ts";
import type { VenueCommand } from "../../src/domain/command.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import type { RateLimit } from "./profile.ts";

class Bucket {
  readonly #limit: RateLimit;
  readonly #capacity: number;
  #spent = 0;
  #at = 0;

  constructor(limit: RateLimit) {
    this.#limit = limit;
    this.#capacity = limit.weight * limit.windowUs;
    assert(limit.weight > 0 && limit.windowUs > 0, "a rate limit allows something in some time");
    assert(Number.isSafeInteger(this.#capacity), "a rate limit is counted in whole numbers");
  }

  /** Is there room for a request of `size` commands at `at`? Asking spends nothing. */
  hasRoom(kind: VenueCommand["kind"], size: number, at: TimeUs): boolean {
    assert(at >= this.#at, "a venue's time never goes back");
    this.#spent = Math.max(0, this.#spent - (at - this.#at) * this.#limit.weight);
    this.#at = at;
    return this.#spent + this.#cost(kind, size) <= this.#capacity;
  }

  spend(kind: VenueCommand["kind"], size: number): void {
    this.#spent += this.#cost(kind, size);
  }

  #cost(kind: VenueCommand["kind"], size: number): number {
    const limit = this.#limit;
    const weight = size === 1 ? weightOf(limit, kind) : batchWeightOf(limit, kind, size);
    return weight * limit.windowUs;
  }
}

/** All limits of one account at one venue. */
export class RateLimiter {
  readonly #buckets: readonly Bucket[];

  constructor(limits: readonly RateLimit[]) {
    this.#buckets = limits.map((limit) => new Bucket(limit));
  }

  /**
   * True when every limit has room for the request, which is then spent; a refused request costs nothing.
   * @param size commands of that kind in the request
   */
  take(kind: VenueCommand["kind"], at: TimeUs, size = 1): boolean {
    for (const bucket of this.#buckets) if (!bucket.hasRoom(kind, size, at)) return false;
    for (const bucket of this.#buckets) bucket.spend(kind, size);
    return true;
  }
}

function batchWeightOf(limit: RateLimit, kind: VenueCommand["kind"], size: number): number {
  const { batch } = limit;
  if (batch === undefined) return weightOf(limit, kind) * size;
  const more = batch.onePer === undefined ? 0 : Math.floor(size / batch.onePer);
  return (kind === "CancelOrder" ? batch.cancel : batch.place) + more;
}

function weightOf(limit: RateLimit, kind: VenueCommand["kind"]): number {
  switch (kind) {
    case "PlaceOrder":
    case "AmendOrder":
      return limit.place;
    case "CancelOrder":
    case "CancelAll":
    case "ScheduleCancel":
      return limit.cancel;
    case "ReportAccount":
      return limit.report;
    default:
      return kind satisfies never;
  }
}
