// Where two journals of what should be one run part: in what they say of the run, or at an entry.

import { readFileSync } from "node:fs";
import { journalDifference } from "../../journal/journal-diff.ts";
import type { JournalHeader } from "../../journal/journal-header.ts";
import { readJournal } from "../../journal/journal-reader.ts";
import { nodeHasher } from "../node-hasher.ts";

/** The first thing that differs, as text of both sides; "(ends)" where a journal has no entry any more. */
export type FirstDifference = Readonly<{
  where: string;
  was: string;
  now: string;
  /** Which of the two it is in. */
  part: "entry" | "header";
  /** What the headers disagree on, when an entry differs and they explain it: config, code, recording. */
  cause?: string;
}>;

/**
 * Compares two journal files; undefined when they say the same.
 * @throws {BrokenJournal} when one of them is not a journal
 */
export function firstDifference(thenFile: string, nowFile: string): FirstDifference | undefined {
  const then = readJournal(readFileSync(thenFile), nodeHasher());
  const now = readJournal(readFileSync(nowFile), nodeHasher());
  const entry = journalDifference(then.entries, now.entries);
  const header = headerDifference(then.header, now.header);
  if (entry === undefined) return header;
  const { seq, left = "(ends)", right = "(ends)" } = entry;
  const difference = { part: "entry", where: `entry ${seq}`, was: left, now: right } as const;
  if (header === undefined) return difference;
  return { ...difference, cause: `${header.where} was ${header.was}, is now ${header.now}` };
}

function headerDifference(then: JournalHeader, now: JournalHeader): FirstDifference | undefined {
  const left = flat(then);
  const right = flat(now);
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [before = "(absent)", after = "(absent)"] = [left.get(key), right.get(key)];
    if (before === after) continue;
    return { part: "header", where: `the header's ${key}`, was: before, now: after };
  }
  return undefined;
}

function flat(header: JournalHeader): ReadonlyMap<string, string> {
  const { facts, ...rest } = header;
  return new Map([
    ...Object.entries(rest).map(([key, value]) => [key, JSON.stringify(value)] as const),
    ...Object.entries(facts).map(([key, value]) => [key, value] as const),
  ]);
}
