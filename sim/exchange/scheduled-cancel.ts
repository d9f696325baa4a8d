// A venue's own dead man's switch: it cancels everything of ours at a time we keep moving. Set again the old time is
// forgotten; once it has fired it is off until it is set again. Source: venues.md, the table of dead-man switches.

import type { TimeUs } from "../../src/domain/units.ts";
import type { ScheduledCancelRule } from "./profile.ts";

const DAY_US = 86_400_000_000;

export class ScheduledCancel {
  readonly #rule: ScheduledCancelRule | undefined;
  #at: TimeUs | undefined;
  #day = Number.NEGATIVE_INFINITY;
  #firesOfDay = 0;

  constructor(rule: ScheduledCancelRule | undefined) {
    this.#rule = rule;
  }

  /** When everything is cancelled; undefined: not at all. */
  get at(): TimeUs | undefined {
    return this.#at;
  }

  /** Takes a request that arrives at `now`; why not, in words, when it is refused and changes nothing. */
  request(at: TimeUs | undefined, now: TimeUs): string | undefined {
    const refusal = this.#refusal(at, now);
    if (refusal === undefined) this.#at = at;
    return refusal;
  }

  /** True when everything is to be cancelled at `now`; that is then done with. */
  fire(now: TimeUs): boolean {
    if (this.#at === undefined || now < this.#at) return false;
    this.#at = undefined;
    this.#toDay(now);
    this.#firesOfDay += 1;
    return true;
  }

  #refusal(at: TimeUs | undefined, now: TimeUs): string | undefined {
    const rule = this.#rule;
    if (rule === undefined) return "this venue schedules no cancels";
    if (at === undefined) return undefined;
    const { aheadMinUs, aheadMaxUs, firesPerDayMax } = rule;
    if (at - now < aheadMinUs) return `a cancel is scheduled at least ${aheadMinUs} µs ahead`;
    if (aheadMaxUs !== undefined && at - now > aheadMaxUs) {
      return `a cancel is scheduled at most ${aheadMaxUs} µs ahead`;
    }
    this.#toDay(now);
    if (firesPerDayMax === undefined || this.#firesOfDay < firesPerDayMax) return undefined;
    return `scheduled cancels have come ${firesPerDayMax} times today`;
  }

  #toDay(now: TimeUs): void {
    const day = Math.floor(now / DAY_US);
    if (day === this.#day) return;
    this.#day = day;
    this.#firesOfDay = 0;
  }
}
