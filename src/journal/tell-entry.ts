// A journal's entry told to whoever watches runs: what is read from a file is heard like what happens.

import type { JournalEntry, JournalObserver } from "../ports/journal.ts";

/** Notes are left out: they are for people. */
export function tellEntry(observer: JournalObserver, entry: JournalEntry): void {
  const { seq } = entry;
  if (entry.kind === "event") observer.event(entry.event, seq);
  else if (entry.kind === "command") observer.command(entry.command, entry.at, entry.cause, seq);
  else if (entry.kind === "refusal") {
    const { command, at, rule, reason, cause } = entry;
    observer.refusal(command, at, rule, reason, cause, seq);
  }
}
