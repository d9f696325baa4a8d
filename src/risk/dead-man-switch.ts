// Refreshed by every cycle that hears the outside; when no refresh comes in time it is expired, once, until the next.
// It sees a bot that hears nothing; a bot that is dead needs the venue's own switch, or the process's watchdog.

import { assert } from "../domain/assert.ts";
import type { TimeUs } from "../domain/units.ts";

export type DeadManSwitchConfig = Readonly<{ ttlUs: number }>;

export class DeadManSwitch {
  readonly #ttlUs: number;
  /** −Infinity until the first cycle: what was never alive does not expire. */
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #expired = false;

  constructor(config: DeadManSwitchConfig) {
    assert(config.ttlUs > 0, `a dead man's switch has a time to live, was ${config.ttlUs}`);
    this.#ttlUs = config.ttlUs;
  }

  get expired(): boolean {
    return this.#expired;
  }

  /** The last cycle that heard the outside did so at `at`; told again, it is no news. */
  refresh(at: TimeUs): void {
    if (at <= this.#refreshedAt) return;
    this.#refreshedAt = at;
    this.#expired = false;
  }

  /** True when it expires now: everything is to be cancelled. */
  check(now: TimeUs): boolean {
    const age = now - this.#refreshedAt;
    if (this.#expired || age < this.#ttlUs || !Number.isFinite(age)) return false;
    this.#expired = true;
    return true;
  }
}
