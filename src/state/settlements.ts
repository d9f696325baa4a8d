// Which settlements of funding one instrument has booked: a settlement has no number of its own, its moment at the venue
// is what tells it from others. Told twice it is booked once; told late, after a younger one, it is booked all the same.

import type { TimeUs } from "../domain/units.ts";

/** Venues settle every hour or more seldom: what comes eight settlements late is taken for one told before. */
const REMEMBERED = 8;

export class Settlements {
  /** Moments of those booked last, oldest first. */
  readonly #booked: number[] = [];

  /** True when the settlement of that moment was not booked before: it is now. */
  book(venueAt: TimeUs): boolean {
    const booked = this.#booked;
    let at = booked.length;
    while (at > 0 && (booked[at - 1] as number) > venueAt) at -= 1;
    if (booked[at - 1] === venueAt) return false;
    if (at === 0 && booked.length === REMEMBERED) return false;
    booked.splice(at, 0, venueAt);
    if (booked.length > REMEMBERED) booked.shift();
    return true;
  }

  save(): readonly number[] {
    return [...this.#booked];
  }

  restore(saved: readonly number[]): void {
    this.#booked.splice(0, this.#booked.length, ...saved);
  }
}
