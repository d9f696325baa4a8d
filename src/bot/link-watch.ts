// For how long links are broken, by the clock of the bot.

import type { LinkChanged } from "../domain/event.ts";
import type { TimeUs, VenueId } from "../domain/units.ts";

export class LinkWatch {
  /** When each venue's link went down; undefined while it is up. */
  readonly #downSince: (number | undefined)[];

  constructor(venues: number) {
    this.#downSince = Array.from({ length: venues }, () => undefined);
  }

  changed({ venue, link }: LinkChanged, now: TimeUs): void {
    this.#downSince[venue] = link === "up" ? undefined : now;
  }

  /** A link that was never up counts as down from here: at the start they come up one after another. */
  isDown(venue: VenueId, now: TimeUs): void {
    this.#downSince[venue] ??= now;
  }

  /** For how long the longest broken link is down, at least 1 µs; 0 when all are up. */
  downUs(now: TimeUs): number {
    let longest = 0;
    for (const since of this.#downSince) {
      if (since !== undefined) longest = Math.max(longest, now - since, 1);
    }
    return longest;
  }
}
