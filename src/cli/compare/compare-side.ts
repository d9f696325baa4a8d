// One of the two results compared: run again, held to its digest, with everything the comparison looks at.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunChange } from "../../../sim/scenario/run-change.ts";
import type { BacktestConfig } from "../../config/backtest-config.ts";
import type { HedgedPair } from "../../domain/common-units.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { readJournal } from "../../journal/journal-reader.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { ToldRun } from "../../report/attribution/told-run.ts";
import { toldRun } from "../../report/attribution/told-run.ts";
import type { TearSheet } from "../../report/tear-sheet/tear-sheet.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { EXIT } from "../exit-codes.ts";
import { fileStorage } from "../file-storage.ts";
import { Interrupted } from "../interruptible.ts";
import { nodeHasher } from "../node-hasher.ts";
import { progressBar } from "../progress.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import type { DrivenRun } from "../run/drive-run.ts";
import { driveRun } from "../run/drive-run.ts";
import { openResult } from "../run/open-result.ts";
import { sheetCollectorOf, summaryContextOf } from "../run/report-page.ts";

export type ComparePlace = Readonly<{
  io: CliIo;
  quiet: boolean;
  folder: string;
  stopAsked: () => boolean;
}>;

export type CompareSide = Readonly<{
  /** Its files by their whole paths. */
  config: BacktestConfig;
  file: string;
  run: DrivenRun;
  /** File of its journal. */
  journal: string;
  sheet: TearSheet;
  instruments: readonly Instrument[];
  hedgedPair: HedgedPair | undefined;
  told: ToldRun;
}>;

/** @throws {CliError} when the run comes to another digest; {Interrupted} when it was ended early. */
export async function compareSide(
  name: string,
  place: ComparePlace,
  label: string,
): Promise<CompareSide> {
  const opened = await openResult(name, place.io);
  const { plan, result, file } = opened;
  try {
    const journal = join(place.folder, label);
    const sheets = sheetCollectorOf(plan);
    const instruments = plan.instruments.map(({ instrument }) => instrument);
    const { hedgedPair } = summaryContextOf(plan);
    const run = await runOnce(plan, { ...place, label }, { journal, observer: sheets });
    if (run.result.digest !== result.digest) {
      const was = `${name} has digest ${result.digest}, the run now has ${run.result.digest}`;
      throw new CliError(`${was}: see \`rehearse verify ${name}\``, EXIT.differs);
    }
    const { entries } = readJournal(readFileSync(journal), nodeHasher());
    const told = toldRun(entries, instruments);
    const sheet = sheets.sheet(run.result.startedAt, run.result.endedAt);
    const config = absoluteConfig(plan);
    return { config, file, run, journal, sheet, instruments, hedgedPair, told };
  } finally {
    plan.close();
  }
}

/** The config with its files by their whole paths, so that parts of two configs can stand in one. */
export function absoluteConfig(plan: BacktestPlan): BacktestConfig {
  return {
    ...plan.config,
    instruments: plan.config.instruments.map((instrument, index) => {
      const planned = plan.instruments[index];
      const { tape, funding } = instrument;
      return {
        ...instrument,
        ...(tape === undefined ? {} : { tape: planned?.recording.path ?? tape }),
        ...(funding === undefined ? {} : { funding: planned?.funding?.path ?? funding }),
      };
    }),
  };
}

/** @throws {Interrupted} when it was ended early. */
export async function runOnce(
  plan: BacktestPlan,
  { io, quiet, stopAsked, label }: ComparePlace & Readonly<{ label: string }>,
  kept: Readonly<{ journal?: string; observer?: JournalObserver; change?: RunChange }> = {},
): Promise<DrivenRun> {
  const storage = kept.journal === undefined ? undefined : fileStorage(kept.journal);
  const progress = await progressBar(io, label, quiet);
  try {
    const run = await driveRun(
      plan.scenario(plan.fillModel),
      plan.instruments.map(({ instrument }) => instrument),
      {
        progress,
        stopAsked,
        ...(storage === undefined ? {} : { storage }),
        ...(kept.observer === undefined ? {} : { observer: kept.observer }),
        ...(kept.change === undefined ? {} : { change: kept.change }),
      },
    );
    if (!run.result.complete) throw new Interrupted();
    storage?.keep();
    return run;
  } catch (error) {
    storage?.discard();
    throw error;
  } finally {
    progress.end();
  }
}
