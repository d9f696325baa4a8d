// Two runs that are one up to a moment: the first thing they do that is not the same, and what each came to from then on.
// What adds up over time is told from the moment on, what is of one moment is told as of the end.

import { decimalDifference } from "../../domain/decimal.ts";
import { timeUs } from "../../domain/units.ts";
import { causalChain } from "../../journal/causal-chain.ts";
import { isSameEntry } from "../../journal/journal-diff.ts";
import { renderEntry } from "../../journal/render-entry.ts";
import { tellEntry } from "../../journal/tell-entry.ts";
import type { JournalEntry } from "../../ports/journal.ts";
import type { Summary } from "../../report/summary.ts";
import type { SummaryContext } from "../../report/summary-collector.ts";
import { SummaryCollector } from "../../report/summary-collector.ts";
import { moneyText } from "../../report/summary-rows.ts";

export type DoneCommand = Readonly<{ seq: number; text: string; chain: readonly string[] }>;

/** undefined: that run does nothing more. */
export type FirstCommand = Readonly<{
  recorded: DoneCommand | undefined;
  otherwise: DoneCommand | undefined;
}>;

/** A row for people: what, in the recorded run, in the other. */
export type SinceRow = Readonly<{ label: string; recorded: string; otherwise: string }>;

/**
 * What leaves for a venue, halts, and what our own rules refuse. Timers are the bot's own affair; what an act answers, and
 * where in the journal it stands, may differ.
 */
export function firstOtherCommand(
  recorded: Iterable<JournalEntry>,
  otherwise: Iterable<JournalEntry>,
  fromSeq: number,
): FirstCommand | undefined {
  const others = acts(otherwise, fromSeq);
  for (const was of acts(recorded, fromSeq)) {
    const { value: is } = others.next();
    if (is !== undefined && isSameAct(was, is)) continue;
    return { recorded: done(recorded, was), otherwise: is && done(otherwise, is) };
  }
  const { value: more } = others.next();
  return more === undefined ? undefined : { recorded: undefined, otherwise: done(otherwise, more) };
}

type Act = Extract<JournalEntry, { kind: "command" | "refusal" }>;

function* acts(entries: Iterable<JournalEntry>, fromSeq: number): Generator<Act, undefined> {
  for (const entry of entries) {
    if (entry.kind !== "command" && entry.kind !== "refusal") continue;
    const { kind } = entry.command;
    if (kind === "SetTimer" || kind === "ClearTimer") continue;
    if (entry.seq >= fromSeq) yield entry;
  }
  return undefined;
}

function isSameAct(was: Act, is: Act): boolean {
  return isSameEntry(was, { ...is, seq: was.seq, cause: was.cause });
}

function done(entries: Iterable<JournalEntry>, act: Act): DoneCommand {
  const chain = causalChain(entries, act.seq).map(renderEntry);
  return { seq: act.seq, text: renderEntry(act), chain };
}

/** @param entries of the recorded run: what both had come to at the moment is read off them */
export function sinceRows(
  [recorded, otherwise]: readonly [Summary, Summary],
  entries: Iterable<JournalEntry>,
  context: SummaryContext,
  { seq, at }: Readonly<{ seq: number; at: number }>,
): readonly SinceRow[] {
  const collector = new SummaryCollector(context);
  for (const entry of entries) {
    if (entry.seq >= seq) break;
    tellEntry(collector, entry);
  }
  const startedAt = timeUs(recorded.startedAtUs);
  const then = collector.summary({ startedAt, endedAt: timeUs(at), complete: true });
  const row = (label: string, of: (summary: Summary) => string): SinceRow => {
    return { label, recorded: of(recorded), otherwise: of(otherwise) };
  };
  const money = (label: string, of: (summary: Summary) => string): SinceRow =>
    row(label, (end) => moneyText(decimalDifference(of(end), of(then)), end.currency));
  const count = (label: string, of: (summary: Summary) => number): SinceRow =>
    row(label, (end) => String(of(end) - of(then)));
  return [
    money("Net PnL", ({ pnl }) => pnl.net),
    money("  Trading", ({ pnl }) => pnl.trading),
    money("  Fees", ({ pnl }) => pnl.fees),
    money("  Funding", ({ pnl }) => pnl.funding),
    money("Turnover", ({ turnover }) => turnover),
    count("Orders placed", ({ orders }) => orders.placed),
    count("Cancels", ({ orders }) => orders.cancels),
    count("Amends", ({ orders }) => orders.amends),
    count("Fills", ({ fills }) => fills.count),
    count("  of them maker", ({ fills }) => fills.maker),
    count("Refused by venues", ({ refusals }) => total(refusals.venue)),
    count("Refused by own rules", ({ refusals }) => total(refusals.risk)),
    ...recorded.instruments.map(({ name }, index) =>
      row(`At the end, position ${name}`, (end) => end.instruments[index]?.finalPosition ?? ""),
    ),
    row("At the end, equity", (end) => moneyText(end.pnl.finalEquity, end.currency)),
    row("Whole run, net PnL", (end) => moneyText(end.pnl.net, end.currency)),
    row("Whole run, max drawdown", (end) => moneyText(end.drawdown.max, end.currency)),
  ];
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}
