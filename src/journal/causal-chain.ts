// Why an entry is there: what it answers, what that came from, back to the market or the clock. An answer about an order
// comes from the last request about it, a timer from whoever set it, a command from the event it answers.

import type { JournalEntry, JournalSeq } from "../ports/journal.ts";

const CHAIN_MAX = 16;

/** The entries that led to `seq`, the first cause first, `seq` itself last; at most the last 16. */
export function causalChain(
  entries: Iterable<JournalEntry>,
  seq: JournalSeq,
): readonly JournalEntry[] {
  const causes = causesUntil(entries, seq);
  const chain: JournalSeq[] = [];
  for (let at: number | undefined = seq; at !== undefined && chain.length < CHAIN_MAX; ) {
    chain.push(at);
    at = causes.get(at);
  }
  const wanted = new Set(chain);
  const found: JournalEntry[] = [];
  for (const entry of entries) {
    if (entry.seq > seq) break;
    if (wanted.has(entry.seq)) found.push(entry);
  }
  return found;
}

/** What each entry up to `seq` comes from; the market's own are in no row. */
function causesUntil(
  entries: Iterable<JournalEntry>,
  seq: JournalSeq,
): ReadonlyMap<JournalSeq, JournalSeq> {
  const causes = new Map<JournalSeq, JournalSeq>();
  const requests = new Map<number, JournalSeq>();
  const timers = new Map<number, JournalSeq>();
  for (const entry of entries) {
    if (entry.seq > seq) break;
    if (entry.kind === "event") {
      const { event } = entry;
      const from =
        event.kind === "TimerFired"
          ? timers.get(event.timer)
          : "orderId" in event
            ? requests.get(event.orderId)
            : undefined;
      if (from !== undefined) causes.set(entry.seq, from);
    } else if (entry.kind !== "note") {
      causes.set(entry.seq, entry.cause);
      const { command } = entry;
      if ("orderId" in command) requests.set(command.orderId, entry.seq);
      if (command.kind === "SetTimer") timers.set(command.timer, entry.seq);
    }
  }
  return causes;
}
