// `rehearse fuzz`: many seeds, each a world with its own market, wires and faults; the bot must keep every promise in all
// of them. Prints what was lived through, the first failure with its story, and a digest of the whole campaign.

import { availableParallelism } from "node:os";
import { basename, extname, relative } from "node:path";
import { FAULT_CATALOGUE, faultKind } from "../../../sim/faults/catalogue.ts";
import type { PlanMix } from "../../../sim/faults/draw-plan.ts";
import { CampaignTotals } from "../../campaign/campaign-totals.ts";
import type { CaseOutcome } from "../../campaign/case-outcome.ts";
import { isFailure } from "../../campaign/case-outcome.ts";
import type { Phases } from "../../campaign/fuzz-bot.ts";
import { phasesOf } from "../../campaign/fuzz-bot.ts";
import { durationUsOf } from "../../config/fields.ts";
import { suggestion } from "../../config/nearest-name.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { failureStory } from "../fuzz/failure-story.ts";
import type { FuzzJob } from "../fuzz/fuzz-job.ts";
import type { CampaignResult } from "../fuzz/fuzz-print.ts";
import { printCampaign } from "../fuzz/fuzz-print.ts";
import { jobRunner } from "../fuzz/job-runner.ts";
import { keepResult } from "../fuzz/keep-result.ts";
import { runSeeds } from "../fuzz/seed-pool.ts";
import { nodeHasher } from "../node-hasher.ts";
import { packageFile } from "../package-root.ts";
import { progressBar, shortNumber } from "../progress.ts";
import { readText } from "../read-text.ts";

export type FuzzOptions = Readonly<{
  bot?: readonly string[];
  seeds?: string;
  from?: string;
  minutes?: string;
  faults?: string;
  jobs?: string;
  length?: string;
  tape?: boolean;
  json?: boolean;
  out?: string;
  quiet?: boolean;
}>;

const MIXES: readonly PlanMix[] = ["none", "everything", "subset", "few", "outside"];
/** The bots that are fuzzed when none is named. */
const REFERENCE_BOTS = ["grid", "hedge", "macd", "market-maker"];
const SEEDS_DEFAULT = 1_000;
const JOBS_MAX = 256;
/** A bot that is stopped needs half a minute to come to rest, a twelfth of this. */
const LENGTH_SECONDS_MIN = 300;
const LENGTH_SECONDS_MAX = 86_400;

/** @throws {ConfigError | DataError | CliError} when it cannot be run as asked. */
export async function fuzz(options: FuzzOptions, io: CliIo): Promise<ExitCode> {
  const stop = { asked: false };
  const release = io.onInterrupt(() => {
    stop.asked = true;
  });
  try {
    const wanted = wantedOf(options);
    const results: CampaignResult[] = [];
    for (const job of jobsOf(options, io)) {
      if (stop.asked) break;
      const ended = await campaign(job, wanted, options, io, () => stop.asked);
      const result = options.out === undefined ? ended : keepResult(options.out, ended, job, io);
      results.push(result);
      if (options.json !== true && options.quiet !== true) printCampaign(result, io);
    }
    if (options.json === true) io.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
    else if (options.quiet === true)
      for (const { summary } of results) io.stdout.write(`${summary.digest}\n`);
    if (results.some(({ summary }) => summary.failed > 0)) return EXIT.broken;
    return stop.asked ? EXIT.interrupted : EXIT.ok;
  } finally {
    release();
  }
}

type Wanted = Readonly<{ from: number; count: number; jobs: number; seconds: number }>;

async function campaign(
  job: FuzzJob,
  wanted: Wanted,
  options: FuzzOptions,
  io: CliIo,
  interrupted: () => boolean,
): Promise<CampaignResult> {
  const { runner, bot, close } = await jobRunner(job);
  const totals = new CampaignTotals(nodeHasher());
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const elapsed = (): number => (performance.now() - startedAt) / 1_000;
  const progress = await progressBar(io, job.name.padEnd(12), options.quiet === true);
  let first: CaseOutcome | undefined;
  try {
    await runSeeds({
      job,
      runner,
      ...wanted,
      stopAsked: () => interrupted() || elapsed() >= wanted.seconds,
      take(outcome) {
        if (isFailure(outcome)) first ??= outcome;
        totals.add(outcome);
        progress.show(totals.seeds, wanted.count, stateText(totals, elapsed()));
      },
    });
    const seconds = elapsed();
    const userSeconds = process.cpuUsage(cpuBefore).user / 1_000_000;
    const story = first === undefined ? undefined : failureStory(job, bot, runner, first);
    return {
      name: job.name,
      from: wanted.from,
      asked: wanted.count,
      summary: totals.summary(),
      story,
      seconds,
      userSeconds,
      jobs: wanted.jobs,
    };
  } finally {
    progress.end();
    close();
  }
}

function stateText(totals: CampaignTotals, seconds: number): string {
  const rate = shortNumber(totals.seeds / Math.max(seconds, 0.001));
  return `${totals.seeds} seeds  ${rate}/s  ${shortNumber(totals.fired)} faults  ${totals.failed} failed`;
}

function jobsOf(options: FuzzOptions, io: CliIo): readonly FuzzJob[] {
  const named = options.bot ?? [];
  const files =
    named.length > 0
      ? named
      : REFERENCE_BOTS.map((name) => packageFile(`examples/fuzz/${name}.json`));
  const { mix, kinds } = faultsOf(options.faults);
  const phases = phasesOfLength(options);
  return files.map((path) => {
    const { text, file } = readText(path, io);
    return {
      name: basename(file, extname(file)),
      text,
      file,
      words: wordsOf(relative(io.cwd, file), options),
      phases,
      market: options.tape === true ? "recorded" : "sparse",
      mix,
      kinds,
    };
  });
}

function wantedOf({ seeds, from, minutes, jobs }: FuzzOptions): Wanted {
  const endless = minutes !== undefined && seeds === undefined;
  return {
    from: whole("--from", from ?? "1", 0, Number.MAX_SAFE_INTEGER / 2),
    count: endless
      ? Number.MAX_SAFE_INTEGER / 2
      : whole("--seeds", seeds ?? String(SEEDS_DEFAULT), 1, 1e12),
    jobs: whole("--jobs", jobs ?? String(availableParallelism()), 1, JOBS_MAX),
    seconds: minutes === undefined ? Number.POSITIVE_INFINITY : positive("--minutes", minutes) * 60,
  };
}

/** What makes the same worlds again, as it is typed. */
function wordsOf(file: string, { faults, length, tape }: FuzzOptions): string {
  const words = ["--bot", file.includes(" ") ? `"${file}"` : file];
  if (faults !== undefined) words.push("--faults", faults);
  if (length !== undefined) words.push("--length", length);
  if (tape === true) words.push("--tape");
  return words.join(" ");
}

function phasesOfLength({ length, tape }: FuzzOptions): Phases | undefined {
  if (length === undefined) return undefined;
  if (tape === true) throw new CliError("--length: a recorded market has its own; leave one out");
  const seconds = (durationUsOf(length) ?? 0) / 1_000_000;
  if (seconds >= LENGTH_SECONDS_MIN && seconds <= LENGTH_SECONDS_MAX) {
    return phasesOf(Math.floor(seconds));
  }
  throw new CliError(`--length: expected from 5m to 24h, was "${length}"`);
}

/** A mix by its name, or kinds by theirs. */
function faultsOf(told: string | undefined): Pick<FuzzJob, "mix" | "kinds"> {
  if (told === undefined) return {};
  const mix = MIXES.find((each) => each === told);
  if (mix !== undefined) return { mix };
  const kinds = told.split(",").map((each) => each.trim());
  for (const kind of kinds) {
    if (faultKind(kind) !== undefined) continue;
    const names = [...MIXES, ...FAULT_CATALOGUE.map((each) => each.kind)];
    throw new CliError(`--faults: there is no mix or kind "${kind}"${suggestion(kind, names)}`);
  }
  // What is asked for by name is drawn in every seed, whichever side of the envelope it lies on.
  return { kinds, mix: "named" };
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CliError(`${option}: expected a whole number from ${least} to ${most}, was "${text}"`);
}

function positive(option: string, text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new CliError(`${option}: expected a number above 0, was "${text}"`);
}
