// Runs one scenario to its end in short steps, so that a bar can move and Ctrl-C is heard between them.
// Inside a step the ambient sources are trapped; how a run is cut into steps changes nothing in it.

import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import type { RunChange } from "../../../sim/scenario/run-change.ts";
import type { RunResult, Scenario } from "../../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../../sim/scenario/scenario-run.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { bothObservers } from "../../journal/both-observers.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { Storage } from "../../ports/storage.ts";
import type { TruthObserver } from "../../ports/truth.ts";
import type { Summary } from "../../report/summary.ts";
import { SummaryCollector } from "../../report/summary-collector.ts";
import { timeText } from "../../report/time-text.ts";
import { nodeHasher } from "../node-hasher.ts";
import type { Progress } from "../progress.ts";
import { shortNumber } from "../progress.ts";

/** A step is to take about this long: short enough for Ctrl-C, long enough to cost nothing. */
const STEP_MS = 50;
const STEP_ROWS_MIN = 1_000;
const STEP_ROWS_MAX = 4_000_000;

export type DrivenRun = Readonly<{
  result: RunResult;
  summary: Summary;
  /** Wall time of the run alone, for people; no part of any result. */
  seconds: number;
}>;

/** Asked between steps: true when the run is to end now. */
export type StopAsked = () => boolean;

export async function driveRun(
  scenario: Scenario,
  instruments: readonly Instrument[],
  parts: Readonly<{
    progress: Progress;
    stopAsked: StopAsked;
    storage?: Storage;
    /** Told of everything besides the summary. */
    observer?: JournalObserver;
    /** Told what only the venues know. */
    truth?: TruthObserver;
    /** What the bot becomes in the middle of it. */
    change?: RunChange;
  }>,
): Promise<DrivenRun> {
  const { progress, stopAsked, storage } = parts;
  const summary = new SummaryCollector({
    instruments,
    startingCash: scenario.venues.map((venue) => venue.startingCash),
    hedgedPair: scenario.strategy(instruments).hedgedPair,
  });
  const startedAt = performance.now();
  const observer = parts.observer === undefined ? summary : bothObservers(summary, parts.observer);
  const lent = {
    hasher: nodeHasher,
    observer,
    ...(storage === undefined ? {} : { storage }),
    ...(parts.truth === undefined ? {} : { truth: parts.truth }),
    ...(parts.change === undefined ? {} : { change: parts.change }),
  };
  const run = withAmbientTrap(() => new ScenarioRun(scenario, lent));
  const elapsed = (): number => (performance.now() - startedAt) / 1_000;
  let rows = STEP_ROWS_MIN;
  for (let over = false; !over; ) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (stopAsked()) run.stop();
    const stepAt = performance.now();
    over = withAmbientTrap(() => run.advance(rows));
    rows = nextStepRows(rows, performance.now() - stepAt);
    progress.show(run.now - run.startsAt, run.endsAt - run.startsAt, stateText(run, elapsed()));
  }
  const result = withAmbientTrap(() => run.finish());
  return { result, summary: summary.summary(result), seconds: elapsed() };
}

/** Rows of the next step: twice or half as many when the last one was far from the time it is to take. */
function nextStepRows(rows: number, tookMs: number): number {
  if (tookMs < STEP_MS / 2) return Math.min(rows * 2, STEP_ROWS_MAX);
  return tookMs > STEP_MS * 2 ? Math.max(rows >> 1, STEP_ROWS_MIN) : rows;
}

/** "2026-01-31 12:00:00  31.2 M rows/s  410.0 k events/s" */
function stateText(run: ScenarioRun, seconds: number): string {
  const at = timeText(run.now).slice(0, 19).replace("T", " ");
  const rows = shortNumber(run.rows / seconds);
  return `${at}  ${rows} rows/s  ${shortNumber(run.events / seconds)} events/s`;
}
