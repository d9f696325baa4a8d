// What every kind of recording gives a bot: moments to be woken, and what it hears then.

import type { Event } from "../../src/domain/event.ts";
import type { TimeUs } from "../../src/domain/units.ts";
import type { BookView } from "../../src/ports/view.ts";

/** Told to the bot by a feed at a wake-up, in order. */
export type Deliver = (event: Event) => void;

export interface Feed extends BookView {
  /** When the bot is to be woken next, Infinity at the end of the recording or when it wants nothing. */
  nextWake(): number;
  /** Brings the view to `at` and tells the bot what it wants to hear. The clock stands at `at`. */
  wake(at: TimeUs, deliver: Deliver): void;
  /** Brings the view to `at` in silence: a run that starts in the middle. */
  skipTo(at: TimeUs): void;
  /** Rows passed so far. */
  readonly rows: number;
}
