// What the bot's own machinery may do; the bot lends it.

import type { VenueCommand } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { TimerId, TimeUs } from "../domain/units.ts";
import type { AlertSeverity } from "../ports/alert-sink.ts";
import type { JournalSeq } from "../ports/journal.ts";

export interface Hands {
  /** An event of our own making, handled like any other once the present one is. */
  tell(event: Event): void;
  /** Reviewed, journaled and sent like a strategy's command. */
  send(command: VenueCommand, cause: JournalSeq): void;
  setTimer(timer: TimerId, at: TimeUs, cause: JournalSeq): void;
  halt(reason: string, cause: JournalSeq): void;
  note(text: string): void;
  /** A note that somebody must read, see AlertSink. */
  alert(severity: AlertSeverity, rule: string, text: string): void;
}
