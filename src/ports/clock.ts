// Time, in three rights: Clock reads it, Scheduler books it, and only the kernel (or the wall) moves it.

import type { TimerId, TimeUs } from "../domain/units.ts";

export interface Clock {
  now(): TimeUs;
}

/** Books timers of the bot; a fired timer comes back as TimerFired. */
export interface Scheduler {
  /** Fires at `at`, or at once when that is past; setting a timer that is set moves it. */
  set(timer: TimerId, at: TimeUs): void;
  /** Clearing a timer that is not set does nothing. */
  clear(timer: TimerId): void;
}
