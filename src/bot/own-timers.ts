// The bot's own timers. Ids from OWN_TIMER_FIRST up are reserved for them: a strategy that sets one breaks a promise.

import type { TimerId } from "../domain/units.ts";
import { OWN_TIMER_FIRST } from "../state/recovery.ts";

/** Fires when the oldest request without an answer has waited long enough. */
export const REQUEST_TIMER = OWN_TIMER_FIRST as TimerId;

/** Fires every so often, for everything that looks at the time. */
export const WATCH_TIMER = (OWN_TIMER_FIRST + 1) as TimerId;

export function isOwnTimer(timer: TimerId): boolean {
  return timer >= OWN_TIMER_FIRST;
}
