// What a journal says a bot was when it stopped: the last whole snapshot, and everything after it. One path for a
// clean stop and a crash. Snapshots and what strategy and rules remember are notes that begin with a word of their
// own: the words are part of the journal's meaning. Believed are sealed entries alone; the caller hands no others.

import { assert } from "../domain/assert.ts";
import type { Event } from "../domain/event.ts";
import type { JournalEntry } from "../ports/journal.ts";
import type { JsonValue } from "../ports/strategy.ts";
import { withChange } from "./json-change.ts";

export const SNAPSHOT_WORD = "snapshot ";
export const RISK_WORD = "risk-state ";

/**
 * What changed in the strategy since its last record: by the last event, which is decided, or before that event. The
 * first of a session is whole.
 */
export const STRATEGY_CHANGE_WORD = "strategy-change ";
export const STRATEGY_BEFORE_WORD = "strategy-before ";

/**
 * Timer ids from here up are the bot's own, see own-timers.ts: 2^30 is above any number a strategy counts to, and still
 * a narrow field of the journal. Belief does not depend on them, nor is the strategy asked.
 */
export const OWN_TIMER_FIRST = 0x4000_0000;

/** Ends the handling of an event that changed belief and nothing the strategy remembers. */
export const DECIDED = "decided";

export type Recovery = Readonly<{
  /** The last snapshot, as the text that was put on record; undefined when the journal begins with the bot. */
  snapshot: string | undefined;
  /** Events and commands after it, in order. */
  suffix: readonly JournalEntry[];
  /** The last event, when the crash came before the strategy's answer to it was on record: it is asked again. */
  undecided: Event | undefined;
  /** What the strategy and the rules last put on record after it. */
  strategy: JsonValue | undefined;
  risk: JsonValue | undefined;
}>;

/** Reads the entries of one journal, or of several in the order they were written. */
export function recoveryOf(entries: Iterable<JournalEntry>): Recovery {
  let snapshot: string | undefined;
  let changes: string[] = [];
  let risk: string | undefined;
  let suffix: JournalEntry[] = [];
  let undecided: Event | undefined;
  for (const entry of entries) {
    if (entry.kind === "event" || entry.kind === "command") suffix.push(entry);
    if (entry.kind === "event" && changesBelief(entry.event)) undecided = entry.event;
    if (entry.kind !== "note") continue;
    const { text } = entry;
    if (decides(text)) undecided = undefined;
    if (text.startsWith(SNAPSHOT_WORD)) {
      snapshot = text.slice(SNAPSHOT_WORD.length);
      changes = [];
      risk = undefined;
      suffix = [];
      undecided = undefined;
    } else if (text.startsWith(STRATEGY_CHANGE_WORD)) {
      changes.push(text.slice(STRATEGY_CHANGE_WORD.length));
    } else if (text.startsWith(STRATEGY_BEFORE_WORD)) {
      changes.push(text.slice(STRATEGY_BEFORE_WORD.length));
    } else if (text.startsWith(RISK_WORD)) risk = text.slice(RISK_WORD.length);
  }
  return {
    snapshot,
    suffix,
    undecided,
    strategy: madeOf(changes),
    // Each is whole: the last one counts.
    risk: risk === undefined ? undefined : (JSON.parse(risk) as JsonValue),
  };
}

/** Does a note say that the last event was decided? */
function decides(text: string): boolean {
  return text === DECIDED || text.startsWith(STRATEGY_CHANGE_WORD);
}

/** May the event change belief, or set something of the strategy's in motion? The market's do not, nor own timers. */
export function changesBelief(event: Event): boolean {
  const { kind } = event;
  if (kind === "TimerFired") return event.timer < OWN_TIMER_FIRST;
  return kind !== "BookChanged" && kind !== "TradePrinted" && kind !== "BarClosed";
}

/** What the changes make, one after the other; the first is whole. Read as one text: they are many and short. */
function madeOf(changes: readonly string[]): JsonValue | undefined {
  const read = JSON.parse(`[${changes.join(",")}]`) as JsonValue[];
  assert(read.length === changes.length, "a note of a change holds one");
  let made: JsonValue | undefined;
  for (let index = 0; index < read.length; index += 1) {
    made = withChange(made, read[index] as JsonValue);
  }
  return made;
}
