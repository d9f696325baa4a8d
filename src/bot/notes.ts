// Notes of belief on their way to the journal, and alerts on their way to people; silent while a journal is told again,
// which has them already. An alert is on record before anybody hears of it.

import type { TimeUs } from "../domain/units.ts";
import type { AlertSeverity, AlertSink } from "../ports/alert-sink.ts";
import type { Journal, JournalSeq } from "../ports/journal.ts";

/** Begins the note of an alert. */
const ALERT_WORD = "alert: ";

export class Notes implements Pick<Journal, "note"> {
  readonly #journal: Journal;
  readonly #sink: AlertSink | undefined;
  isSilent = false;

  constructor(journal: Journal, sink?: AlertSink) {
    this.#journal = journal;
    this.#sink = sink;
  }

  note(text: string, at: TimeUs): JournalSeq {
    return this.isSilent ? this.#journal.length : this.#journal.note(text, at);
  }

  /** A note that somebody must read. */
  alert(severity: AlertSeverity, rule: string, text: string, at: TimeUs): JournalSeq {
    const seq = this.note(ALERT_WORD + text, at);
    this.tell(severity, rule, text, at);
    return seq;
  }

  /** Notes of the strategy's; one that begins as an alert is one. */
  retell(texts: readonly string[], strategy: string, at: TimeUs): void {
    for (const text of texts) {
      if (!text.startsWith(ALERT_WORD)) this.note(text, at);
      else this.alert("error", strategy, text.slice(ALERT_WORD.length), at);
    }
  }

  /** Tells people of what is on record in another form. A sink that fails is no reason to trade any differently. */
  tell(severity: AlertSeverity, rule: string, text: string, at: TimeUs): void {
    if (this.isSilent || this.#sink === undefined) return;
    try {
      this.#sink.alert({ at, severity, rule, text });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#journal.note(`an alert of ${rule} did not get through: ${reason}`, at);
    }
  }
}
