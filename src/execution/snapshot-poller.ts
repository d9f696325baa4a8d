// Asks each venue for its account of us every so often, and knows how old the last answer is. One question a venue is
// out at a time; one that is not answered in time is asked again, and counts as a failure of the venue.
// Default: 5 s, the documents' "5-second TTL". Source: hedge bot V2, PositionManager.

import { assert } from "../domain/assert.ts";
import type { AccountReported } from "../domain/event.ts";
import type { TimeUs, VenueId } from "../domain/units.ts";

export type SnapshotPollConfig = Readonly<{
  everyUs: number;
  /** An account older than this is stale: for display and exits alone. */
  ttlUs: number;
  /** A question not answered by then is lost. */
  timeoutUs: number;
}>;

export const SNAPSHOT_POLL_DEFAULTS: SnapshotPollConfig = {
  everyUs: 5_000_000,
  ttlUs: 15_000_000,
  timeoutUs: 3_000_000,
};

type Seat = { askedAt: number; answered: boolean; freshAt: number };

export class SnapshotPoller {
  readonly #config: SnapshotPollConfig;
  readonly #seats: readonly Seat[];

  constructor(config: SnapshotPollConfig, venues: number) {
    assert(config.everyUs > 0, `a poll comes every so often, was ${config.everyUs}`);
    this.#config = config;
    this.#seats = Array.from({ length: venues }, () => ({
      askedAt: Number.NEGATIVE_INFINITY,
      answered: true,
      freshAt: Number.NEGATIVE_INFINITY,
    }));
  }

  /** Should the venue be asked now? */
  isDue(venue: VenueId, now: TimeUs): boolean {
    const { askedAt, answered } = this.#seats[venue] as Seat;
    return now - askedAt >= (answered ? this.#config.everyUs : this.#config.timeoutUs);
  }

  /** Notes that the venue is asked; true when the question before it was never answered. */
  asked(venue: VenueId, now: TimeUs): boolean {
    const seat = this.#seats[venue] as Seat;
    const lost = !seat.answered;
    // The first question has the whole time to live for its answer.
    if (!Number.isFinite(seat.freshAt)) seat.freshAt = now;
    seat.askedAt = now;
    seat.answered = false;
    return lost;
  }

  reported(event: AccountReported): void {
    const seat = this.#seats[event.venue] as Seat;
    seat.answered = true;
    seat.freshAt = Math.max(seat.freshAt, event.venueAt);
  }

  /** Is the last account older than its time to live, or was none told that long after it was first asked for? */
  isStale(venue: VenueId, now: TimeUs): boolean {
    return this.#isStale(this.#seats[venue] as Seat, now);
  }

  /** Is that of any venue? */
  someStale(now: TimeUs): boolean {
    for (const seat of this.#seats) if (this.#isStale(seat, now)) return true;
    return false;
  }

  #isStale({ freshAt }: Seat, now: TimeUs): boolean {
    return Number.isFinite(freshAt) && now - freshAt > this.#config.ttlUs;
  }
}
