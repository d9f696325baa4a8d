// `rehearse replay` of a journal: the bot hears again what it heard, and what it does is held to what it did.
// Says where the two part first, with both sides, what led there, and what was believed before and after.

import type { JournalReplay as Replay } from "../../../sim/scenario/journal-replay.ts";
import { JournalReplay } from "../../../sim/scenario/journal-replay.ts";
import { causalChain } from "../../journal/causal-chain.ts";
import { renderEntry } from "../../journal/render-entry.ts";
import type { JournalEntry } from "../../ports/journal.ts";
import { timeText } from "../../report/time-text.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { nodeHasher } from "../node-hasher.ts";
import { painter } from "../paint.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { beliefLines } from "./belief-text.ts";

export type ReplayLimits = Readonly<{
  /** Stop before this entry, or before this time, µs. */
  untilSeq: number | undefined;
  untilUs: number | undefined;
  /** Tell of every event and what follows from it. */
  steps: boolean;
  json: boolean;
}>;

/** What a replay came to. */
type Told = Readonly<{
  equal: boolean;
  events: number;
  stoppedAt?: string;
  divergence?: Readonly<{
    seq: number;
    recorded: string;
    replayed: string;
    chain: readonly string[];
    before: readonly string[];
    after: readonly string[];
  }>;
  belief: readonly string[];
}>;

/** `entries` are gone through more than once. */
export function replayJournal(
  plan: BacktestPlan,
  entries: Iterable<JournalEntry>,
  limits: ReplayLimits,
  io: CliIo,
): ExitCode {
  const run = (): Replay =>
    new JournalReplay({ scenario: plan.scenario(plan.fillModel), entries, hasher: nodeHasher });
  const replay = run();
  const stopped = drive(replay, limits, limits.steps ? stepPrinter(entries, io) : undefined);
  const told = tell(plan, entries, replay, stopped, run);
  if (limits.json) io.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
  else print(told, io);
  return told.equal ? EXIT.ok : EXIT.differs;
}

/** Where it was stopped, undefined when it went to its end. */
function drive(
  replay: Replay,
  { untilSeq, untilUs }: ReplayLimits,
  shown: ((untilSeq: number) => void) | undefined,
): JournalEntry | undefined {
  for (;;) {
    const { next } = replay;
    if (next === undefined) return undefined;
    const at = next.kind === "event" ? next.event.at : next.at;
    if (next.seq >= (untilSeq ?? Infinity) || at >= (untilUs ?? Infinity)) return next;
    const goesOn = replay.step();
    shown?.(replay.divergence?.seq ?? replay.next?.seq ?? Infinity);
    if (!goesOn) return undefined;
  }
}

/** Prints what is recorded before an entry and was not printed yet: events, and under each what followed from it. */
function stepPrinter(entries: Iterable<JournalEntry>, io: CliIo): (untilSeq: number) => void {
  const all = entries[Symbol.iterator]();
  let ahead = all.next();
  return (untilSeq) => {
    for (; ahead.done !== true && ahead.value.seq < untilSeq; ahead = all.next()) {
      const indent = ahead.value.kind === "event" ? "" : "    ";
      io.stdout.write(`${indent}${renderEntry(ahead.value)}\n`);
    }
  };
}

function tell(
  plan: BacktestPlan,
  entries: Iterable<JournalEntry>,
  replay: Replay,
  stopped: JournalEntry | undefined,
  again: () => Replay,
): Told {
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const names = plan.venues.map(({ name }) => name);
  const belief = (of: Replay): readonly string[] => beliefLines(of.view, instruments, names);
  const { divergence, events } = replay;
  const base = { events, belief: belief(replay) };
  if (divergence === undefined) {
    return {
      equal: true,
      ...base,
      ...(stopped === undefined ? {} : { stoppedAt: where(stopped) }),
    };
  }
  const { seq, recorded, replayed, cause } = divergence;
  const before = again();
  while (before.next !== undefined && before.next.seq < (cause?.seq ?? seq)) before.step();
  return {
    equal: false,
    ...base,
    divergence: {
      seq,
      recorded: recorded === undefined ? "(nothing more)" : renderEntry(recorded),
      replayed: replayed === undefined ? "(nothing)" : renderEntry(replayed),
      chain: causalChain(entries, cause?.seq ?? seq).map(renderEntry),
      before: belief(before),
      after: belief(replay),
    },
  };
}

function where(entry: JournalEntry): string {
  const at = entry.kind === "event" ? entry.event.at : entry.at;
  return `entry ${entry.seq}, ${timeText(at)}`;
}

function print({ equal, events, stoppedAt, divergence, belief }: Told, io: CliIo): void {
  const paint = painter(io.stdout, io.env);
  const out = (text: string): void => {
    io.stdout.write(`${text}\n`);
  };
  const list = (title: string, lines: readonly string[]): void => {
    out(paint.bold(title));
    for (const line of lines) out(`  ${line}`);
  };
  if (divergence === undefined) {
    const ended = stoppedAt === undefined ? "" : `, stopped before ${stoppedAt}`;
    out(`${paint.green("equal")}  ${events} events, and everything the bot did${ended}`);
    list("belief", belief);
    return;
  }
  out(`${paint.red(equal ? "equal" : "differs")}  first at entry ${divergence.seq}`);
  out(`  recorded  ${divergence.recorded}`);
  out(`  replayed  ${divergence.replayed}`);
  list("what led there", divergence.chain);
  list("belief before", divergence.before);
  list("belief after", divergence.after);
}
