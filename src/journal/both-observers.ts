// Two observers of one journal, told of each entry in this order.

import type { JournalObserver } from "../ports/journal.ts";

/** Two observers as one. */
export function bothObservers(first: JournalObserver, second: JournalObserver): JournalObserver {
  return {
    event(event, seq) {
      first.event(event, seq);
      second.event(event, seq);
    },
    command(command, at, cause, seq) {
      first.command(command, at, cause, seq);
      second.command(command, at, cause, seq);
    },
    refusal(command, at, rule, reason, cause, seq) {
      first.refusal(command, at, rule, reason, cause, seq);
      second.refusal(command, at, rule, reason, cause, seq);
    },
    note(text, at, seq) {
      first.note?.(text, at, seq);
      second.note?.(text, at, seq);
    },
  };
}
