// The seam of what happened: every event, command and refusal of a bot, in order.

import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { TimeUs } from "../domain/units.ts";

/** Position of an entry in its journal, counted from 0. */
export type JournalSeq = number;

export type JournalEntry =
  | Readonly<{ kind: "event"; seq: JournalSeq; event: Event }>
  | Readonly<{ kind: "command"; seq: JournalSeq; at: TimeUs; cause: JournalSeq; command: Command }>
  | Readonly<{
      kind: "refusal";
      seq: JournalSeq;
      at: TimeUs;
      cause: JournalSeq;
      rule: string;
      reason: string;
      command: Command;
    }>
  | Readonly<{ kind: "note"; seq: JournalSeq; at: TimeUs; text: string }>;

/** Append-only and hash-chained; an entry is in before anything acts on it. */
export interface Journal {
  event(event: Event): JournalSeq;
  /** A command that passed review; `cause` is the event it answers. */
  command(command: Command, at: TimeUs, cause: JournalSeq): JournalSeq;
  /** A command that risk refused. */
  refusal(
    command: Command,
    at: TimeUs,
    cause: JournalSeq,
    rule: string,
    reason: string,
  ): JournalSeq;
  note(text: string, at: TimeUs): JournalSeq;
  /** Makes every entry so far durable; false while the disk does not take them, and nothing is lost then. */
  commit(): boolean;
  /** Number of entries so far. */
  readonly length: number;
  /** SHA-256 over every entry so far, hex: the fingerprint of a run. */
  digest(): string;
}

/** Told of each entry right after it is in, so that a report can be computed while a run goes on. It changes nothing. */
export interface JournalObserver {
  event(event: Event, seq: JournalSeq): void;
  command(command: Command, at: TimeUs, cause: JournalSeq, seq: JournalSeq): void;
  refusal(
    command: Command,
    at: TimeUs,
    rule: string,
    reason: string,
    cause: JournalSeq,
    seq: JournalSeq,
  ): void;
  /** Left out by a reader that has no use for notes. */
  note?(text: string, at: TimeUs, seq: JournalSeq): void;
}
