// How often a thing is tried again, and when: a bounded number of times, each wait twice the one before up to a
// longest, moved by a jitter that is keyed by (site, entity, attempt), so that a run repeats and two bots do not march
// in step. It counts and says when; who asks does the trying. Source: hedge bot V2, "3 attempts, exponential backoff".

import { assert } from "../domain/assert.ts";
import type { TimeUs } from "../domain/units.ts";
import type { Rng } from "../ports/rng.ts";

export type RetryConfig = Readonly<{
  attemptsMax: number;
  firstWaitUs: number;
  longestWaitUs: number;
  /** The share of a wait that chance may take off, 0..10,000. */
  jitterBps: number;
}>;

/** Three attempts, a second, two, four, and up to a fifth less. */
export const RETRY_DEFAULTS: RetryConfig = {
  attemptsMax: 3,
  firstWaitUs: 1_000_000,
  longestWaitUs: 30_000_000,
  jitterBps: 2000,
};

/** Entities with attempts on record; more at once means that none is ever settled. */
const ENTITIES_MAX = 65_536;

export class RetryBudget {
  readonly #config: RetryConfig;
  readonly #site: number;
  readonly #rng: Rng | undefined;
  readonly #attempts = new Map<number, { count: number; notBefore: number }>();

  /** `site` numbers the draws of this budget; without `rng` there is no jitter. */
  constructor(parts: Readonly<{ config: RetryConfig; site: number; rng: Rng | undefined }>) {
    const { attemptsMax, jitterBps } = parts.config;
    assert(attemptsMax >= 1, `something is tried at least once, was ${attemptsMax}`);
    assert(jitterBps >= 0 && jitterBps <= 10_000, `a jitter is a share, was ${jitterBps}`);
    this.#config = parts.config;
    this.#site = parts.site;
    this.#rng = parts.rng;
  }

  /** Takes one attempt at `entity` if one is due and left; false when not. */
  take(entity: number, now: TimeUs): boolean {
    const seat = this.#attempts.get(entity) ?? { count: 0, notBefore: Number.NEGATIVE_INFINITY };
    if (seat.count >= this.#config.attemptsMax || now < seat.notBefore) return false;
    assert(
      this.#attempts.size < ENTITIES_MAX,
      `at most ${ENTITIES_MAX} things are retried at once`,
    );
    seat.notBefore = now + this.waitUs(entity, seat.count);
    seat.count += 1;
    this.#attempts.set(entity, seat);
    return true;
  }

  /** Is every attempt spent? */
  isSpent(entity: number): boolean {
    return (this.#attempts.get(entity)?.count ?? 0) >= this.#config.attemptsMax;
  }

  /** It worked, or is over: its attempts are forgotten. */
  settle(entity: number): void {
    this.#attempts.delete(entity);
  }

  /** The wait after attempt `attempt`, counted from 0. */
  waitUs(entity: number, attempt: number): number {
    const { firstWaitUs, longestWaitUs, jitterBps } = this.#config;
    let wait = firstWaitUs;
    for (let step = 0; step < attempt && wait < longestWaitUs; step += 1) wait *= 2;
    wait = Math.min(wait, longestWaitUs);
    const chance = this.#rng?.unit(this.#site, entity, attempt) ?? 0;
    return wait - Math.floor((wait * jitterBps * chance) / 10_000);
  }
}
