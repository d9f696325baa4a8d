// `rehearse backtest`: a config in; the assumptions, the summary, the fill band and the digest out.
// Ctrl-C ends the run in progress cleanly: what it came to until then is printed and written, marked partial.

import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { FillModel } from "../../../sim/exchange/fill-model.ts";
import { FILL_MODEL_NAMES, fillModelName, fillModelOf } from "../../config/fill-model-config.ts";
import { suggestion } from "../../config/nearest-name.ts";
import type { BandLine } from "../../report/page/tear-sheet-page.ts";
import { EquityCurve } from "../../report/tear-sheet/equity-curve.ts";
import { TearSheetCollector } from "../../report/tear-sheet/tear-sheet-collector.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import type { FileStorage } from "../file-storage.ts";
import { fileStorage, writeFileAtomically } from "../file-storage.ts";
import { judgeWritable } from "../judge-files.ts";
import type { Progress } from "../progress.ts";
import { progressBar } from "../progress.ts";
import { readText } from "../read-text.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import { printResult } from "../run/backtest-print.ts";
import type { BacktestResult } from "../run/backtest-result.ts";
import { backtestResult } from "../run/backtest-result.ts";
import type { DrivenRun } from "../run/drive-run.ts";
import { driveRun } from "../run/drive-run.ts";
import type { BandEntry } from "../run/fill-band.ts";
import { bandEntry, bandModels } from "../run/fill-band.ts";
import { reportPage, sheetCollectorOf, summaryContextOf, writePage } from "../run/report-page.ts";

export type BacktestOptions = Readonly<{
  json?: boolean;
  out?: string;
  journal?: string;
  report?: string;
  fillModel?: string;
  seed?: string;
  band?: boolean;
  quiet?: boolean;
}>;

/** @throws {ConfigError | DataError | CliError} when it cannot be run as asked. */
export async function backtest(
  config: string,
  options: BacktestOptions,
  io: CliIo,
): Promise<ExitCode> {
  // First of all: a Ctrl-C while the recordings are opened is an ordered end too, of a run of no length.
  const stop = { asked: false };
  const release = io.onInterrupt(() => {
    stop.asked = true;
  });
  try {
    return await run(config, options, io, () => stop.asked);
  } finally {
    release();
  }
}

async function run(
  config: string,
  options: BacktestOptions,
  io: CliIo,
  stopAsked: () => boolean,
): Promise<ExitCode> {
  const { text, file } = readText(config, io);
  judgeFillModel(options.fillModel);
  // Before the run, not after it: an hour's work is not lost to a mistyped folder.
  judgeWritable("--out", options.out, io);
  judgeWritable("--journal", options.journal, io);
  judgeWritable("--report", options.report, io);
  const plan = await planBacktest(text, file, {
    ...(options.fillModel === undefined ? {} : { fillModel: options.fillModel }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const storage = journalStorage(options, io);
  try {
    const collector = options.report === undefined ? undefined : sheetCollectorOf(plan);
    const runs = await runAll(plan, options, io, { storage, stopAsked, collector });
    storage?.keep();
    const { out } = options;
    const folder = out === undefined ? io.cwd : dirname(resolve(io.cwd, out));
    const near = (path: string): string => relative(folder, resolve(io.cwd, path));
    const result = backtestResult(plan, runs.main, {
      band: runs.band,
      journal: options.journal === undefined ? undefined : near(options.journal),
      filePath: (path) => (isAbsolute(relative(folder, path)) ? path : relative(folder, path)),
    });
    if (out !== undefined) writeResult(out, result, io);
    print(result, runs, options, io);
    if (options.report !== undefined && collector !== undefined) {
      const { assumptions } = result;
      const band = runs.curves.length === 0 ? result.band : runs.curves;
      const page = reportPage(plan, collector, runs.main, { assumptions, band });
      writePage("--report", options.report, page, io);
    }
    if (!stopAsked()) return EXIT.ok;
    if (result.complete && wantsBand(plan, options) && runs.band.length === 0) {
      io.stderr.write("interrupted: the result is whole, its band is missing\n");
    }
    return EXIT.interrupted;
  } catch (error) {
    storage?.discard();
    throw error;
  } finally {
    plan.close();
  }
}

type Runs = Readonly<{
  main: DrivenRun;
  band: readonly BandEntry[];
  /** The band with its curves, when a page is to draw them. */
  curves: readonly BandLine[];
}>;
type RunWiring = Readonly<{
  storage: FileStorage | undefined;
  stopAsked: () => boolean;
  collector: TearSheetCollector | undefined;
}>;

/** The configured model first: it is the result, and has a journal; then the other ends of the band. */
async function runAll(
  plan: BacktestPlan,
  options: BacktestOptions,
  io: CliIo,
  { storage, stopAsked, collector }: RunWiring,
): Promise<Runs> {
  const models = wantsBand(plan, options) ? bandModels(plan.fillModel) : [];
  const quiet = options.quiet === true;
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const run = async (
    model: FillModel,
    kept?: FileStorage,
    observer?: TearSheetCollector | EquityCurve,
  ): Promise<DrivenRun> => {
    const progress = await progressBar(io, fillModelName(model).padEnd(11), quiet);
    return ending(progress, () =>
      driveRun(plan.scenario(model), instruments, {
        progress,
        stopAsked,
        ...(kept === undefined ? {} : { storage: kept }),
        ...(observer === undefined ? {} : { observer }),
        ...(observer instanceof TearSheetCollector ? { truth: observer } : {}),
      }),
    );
  };
  const main = await run(plan.fillModel, storage, collector);
  const band: BandEntry[] = [];
  const curves: BandLine[] = [];
  for (const model of models) {
    if (!main.result.complete || stopAsked()) return { main, band: [], curves: [] };
    const isMain = model.kind === plan.fillModel.kind;
    const curve =
      isMain || collector === undefined ? undefined : new EquityCurve(summaryContextOf(plan));
    const driven = isMain ? main : await run(model, undefined, curve);
    if (!driven.result.complete) return { main, band: [], curves: [] };
    const entry = bandEntry(model, driven);
    band.push(entry);
    curves.push(
      curve === undefined ? entry : { ...entry, equity: curve.points(driven.result.endedAt) },
    );
  }
  return { main, band, curves };
}

function wantsBand(plan: BacktestPlan, options: BacktestOptions): boolean {
  return options.band !== false && plan.usesFillModel;
}

async function ending<T>(progress: Progress, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    progress.end();
  }
}

function print(result: BacktestResult, runs: Runs, options: BacktestOptions, io: CliIo): void {
  if (options.json === true) io.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  else if (options.quiet === true) io.stdout.write(`${result.digest}\n`);
  else printResult(result, runs.main, io);
}

function judgeFillModel(name: string | undefined): void {
  if (name === undefined || fillModelOf(name) !== undefined) return;
  const hint = suggestion(name, FILL_MODEL_NAMES);
  throw new CliError(`--fill-model: there is no model "${name}"${hint}`);
}

function journalStorage({ journal }: BacktestOptions, io: CliIo): FileStorage | undefined {
  if (journal === undefined) return undefined;
  try {
    return fileStorage(resolve(io.cwd, journal));
  } catch (error) {
    throw new CliError(`--journal: cannot write ${journal}: ${(error as Error).message}`);
  }
}

function writeResult(out: string, result: BacktestResult, io: CliIo): void {
  try {
    writeFileAtomically(resolve(io.cwd, out), `${JSON.stringify(result, undefined, 2)}\n`);
  } catch (error) {
    throw new CliError(`--out: cannot write ${out}: ${(error as Error).message}`);
  }
}
