// Runs one scenario to its end in short steps, so that a bar can move and Ctrl-C is heard between them.
// Inside a step the ambient sources are trapped; how a run is cut into steps changes nothing in it.

import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import type { RunResult, Scenario } from "../../../sim/scenario/scenario.ts";
import { ScenarioRun } from "../../../sim/scenario/scenario-run.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Storage } from "../../ports/storage.ts";
import type { Summary } from "../../report/summary.ts";
import { SummaryCollector } from "../../report/summary-collector.ts";
import { timeText } from "../../report/time-text.ts";
import { nodeHasher } from "../node-hasher.ts";
import type { Progress } from "../progress.ts";
import { shortNumber } from "../progress.ts";

/** Rows a step: some 50 ms, short enough for Ctrl-C and long enough to cost nothing. */
const ROWS_PER_STEP = 500_000;

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
  parts: Readonly<{ progress: Progress; stopAsked: StopAsked; storage?: Storage }>,
): Promise<DrivenRun> {
  const { progress, stopAsked, storage } = parts;
  const observer = new SummaryCollector({
    instruments,
    startingCash: scenario.venues.map((venue) => venue.startingCash),
  });
  const startedAt = performance.now();
  const lent = { hasher: nodeHasher, observer, ...(storage === undefined ? {} : { storage }) };
  const run = withAmbientTrap(() => new ScenarioRun(scenario, lent));
  const elapsed = (): number => (performance.now() - startedAt) / 1_000;
  while (!withAmbientTrap(() => run.advance(ROWS_PER_STEP))) {
    progress.show(run.now - run.startsAt, run.endsAt - run.startsAt, stateText(run, elapsed()));
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (stopAsked()) run.stop();
  }
  const result = withAmbientTrap(() => run.finish());
  return { result, summary: observer.summary(result), seconds: elapsed() };
}

/** "2026-01-31 12:00:00  31.2 M rows/s  410.0 k events/s" */
function stateText(run: ScenarioRun, seconds: number): string {
  const at = timeText(run.now).slice(0, 19).replace("T", " ");
  const rows = shortNumber(run.rows / seconds);
  return `${at}  ${rows} rows/s  ${shortNumber(run.events / seconds)} events/s`;
}
