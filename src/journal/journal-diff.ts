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
    const next = others.next();
    if (next.done === true) return { seq, left: renderEntry(entry), right: undefined };
    if (!isSame(entry, next.value)) {
      return { seq, left: renderEntry(entry), right: renderEntry(next.value) };
    }
    seq += 1;
  }
  const next = others.next();
  if (next.done === true) return undefined;
  return { seq, left: undefined, right: renderEntry(next.value) };
}

/** Are two entries equal in every part? */
export function isSameEntry(left: JournalEntry, right: JournalEntry): boolean {
  return isSame(left, right);
}

/** Plain data, equal in every part. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null) return false;
  const others = right as Readonly<Record<string, unknown>>;
  const own = left as Readonly<Record<string, unknown>>;
  let parts = 0;
  for (const name in own) {
    if (!isSame(own[name], others[name])) return false;
    parts += 1;
  }
  for (const _ in others) parts -= 1;
  return parts === 0;
}
