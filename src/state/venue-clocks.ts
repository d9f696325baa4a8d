// How far each venue's clock is ahead of ours, learned from what it says: so that its stamps can be held against our own.
// Nothing is heard before it was said, so a message's stamp is ahead of our clock by the lead, less the way it took. The
// most of late stands for the lead: what is converted by it is late by the fastest way, and never too early to be heard.
// Clocks are taken to agree until messages tell otherwise; they may jump, so that what was learned long ago is let go.

import type { TimeUs, VenueId } from "../domain/units.ts";

/** Two spans of this length are remembered, µs: a venue is asked for its account in each, and a jump is soon forgotten. */
const SPAN_US = 10_000_000;

export type SavedClocks = readonly Readonly<{ lead: number; before: number; until: number }>[];

export class VenueClocks {
  /** By venue: the most of this span and of the one before, and when this one ends. */
  readonly #lead: Float64Array;
  readonly #before: Float64Array;
  readonly #until: Float64Array;
  /** By our clock: when a report was last asked for. It is not remembered beyond a process. */
  readonly #askedAt: Float64Array;

  constructor(venues: number) {
    this.#askedAt = new Float64Array(venues).fill(Number.POSITIVE_INFINITY);
    this.#lead = new Float64Array(venues);
    this.#before = new Float64Array(venues);
    this.#until = new Float64Array(venues).fill(Number.NEGATIVE_INFINITY);
  }

  /** Something a venue said at `venueAt` was heard at `at`. */
  heard(venue: VenueId, venueAt: TimeUs, at: TimeUs): void {
    const lead = venueAt - at;
    const until = this.#until[venue] as number;
    if (at < until && at >= until - SPAN_US) {
      if (lead > (this.#lead[venue] as number)) this.#lead[venue] = lead;
      return;
    }
    this.#before[venue] = this.#lead[venue] as number;
    this.#lead[venue] = lead;
    this.#until[venue] = at + SPAN_US;
  }

  /** By our clock, the moment of a venue's stamp that was heard at `at`: never later than that. */
  ours(venue: VenueId, venueAt: TimeUs, at: TimeUs): TimeUs {
    const lead = Math.max(this.#lead[venue] as number, this.#before[venue] as number);
    return Math.min(at, venueAt - lead) as TimeUs;
  }

  /** A venue is asked for a report: what it answers is made no sooner. */
  asked(venue: VenueId, at: TimeUs): void {
    this.#askedAt[venue] = at;
  }

  /** When this process last asked a venue for a report, by our clock; Infinity if never. */
  askedAt(venue: VenueId): number {
    return this.#askedAt[venue] as number;
  }

  save(): SavedClocks {
    return [...this.#lead].map((lead, venue) => ({
      lead,
      before: this.#before[venue] as number,
      until: Math.max(0, this.#until[venue] as number),
    }));
  }

  restore(saved: SavedClocks): void {
    saved.forEach(({ lead, before, until }, venue) => {
      this.#lead[venue] = lead;
      this.#before[venue] = before;
      this.#until[venue] = until;
    });
  }
}
