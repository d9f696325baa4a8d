// Where a venue's answers go: the network, which knows when they arrive.

import type { Event } from "../../src/domain/event.ts";
import type { TimeUs } from "../../src/domain/units.ts";

export interface Outbox {
  /** When an answer sent at `at` reaches the bot; each call is one message. */
  arrival(at: TimeUs): TimeUs;
  /** Sends an event whose `at` came from `arrival`. */
  deliver(event: Event): void;
}
