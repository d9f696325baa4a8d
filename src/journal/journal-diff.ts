// Where two journals part ways: the first entry that differs, readable on both sides. Two runs that should be equal
// and are not differ in cause at this entry and in consequence after it.

import type { JournalEntry } from "../ports/journal.ts";
import { renderEntry } from "./render-entry.ts";

/** The first difference; undefined where a journal has no entry any more. */
export type JournalDifference = Readonly<{
  seq: number;
  left: string | undefined;
  right: string | undefined;
}>;

/** The first differing entry, undefined when both journals have the same entries. */
export function journalDifference(
  left: Iterable<JournalEntry>,
  right: Iterable<JournalEntry>,
): JournalDifference | undefined {
  const others = right[Symbol.iterator]();
  let seq = 0;
  for (const entry of left) {
    const mine = renderEntry(entry);
    const next = others.next();
    const theirs = next.done === true ? undefined : renderEntry(next.value);
    if (mine !== theirs) return { seq, left: mine, right: theirs };
    seq += 1;
  }
  const next = others.next();
  if (next.done === true) return undefined;
  return { seq, left: undefined, right: renderEntry(next.value) };
}
