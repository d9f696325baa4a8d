// Notes of belief on their way to the journal; silent while a journal is told again, which has them already.

import type { TimeUs } from "../domain/units.ts";
import type { Journal, JournalSeq } from "../ports/journal.ts";

export class Notes implements Pick<Journal, "note"> {
  readonly #journal: Journal;
  isSilent = false;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  note(text: string, at: TimeUs): JournalSeq {
    return this.isSilent ? this.#journal.length : this.#journal.note(text, at);
  }
}
