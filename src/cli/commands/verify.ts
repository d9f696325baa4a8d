// `rehearse verify`: runs a result's config again and holds the digest against the result's.
// When they differ it names the first differing event: against the journal that was kept, or else between two reruns.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { fileStorage } from "../file-storage.ts";
import { Interrupted, interruptible } from "../interruptible.ts";
import { codeVersion } from "../package-root.ts";
import { painter } from "../paint.ts";
import { progressBar } from "../progress.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import type { ReadResult } from "../run/backtest-result.ts";
import { driveRun } from "../run/drive-run.ts";
import type { FirstDifference } from "../run/first-difference.ts";
import { firstDifference } from "../run/first-difference.ts";
import { openResult } from "../run/open-result.ts";

export type VerifyOptions = Readonly<{ json?: boolean }>;

/** What a verification came to. */
type Verdict = Readonly<{
  equal: boolean;
  digest: Readonly<{ was: string; now: string }>;
  code: Readonly<{ was: string; now: string }>;
  difference?: FirstDifference;
  /** What is known, when the digests differ. */
  finding?: string;
}>;

/** @throws {CliError | ConfigError | DataError} when the result cannot be run again. */
export function verify(name: string, options: VerifyOptions, io: CliIo): Promise<ExitCode> {
  return interruptible(io, "compared", (stopAsked) => rerunAndJudge(name, options, io, stopAsked));
}

async function rerunAndJudge(
  name: string,
  options: VerifyOptions,
  io: CliIo,
  stopAsked: () => boolean,
): Promise<ExitCode> {
  const { file, result, plan } = await openResult(name, io);
  const folder = mkdtempSync(join(tmpdir(), "rehearse-verify-"));
  try {
    const verdict = await compare(plan, result, { file, folder, io, stopAsked });
    if (options.json === true) io.stdout.write(`${JSON.stringify(verdict, undefined, 2)}\n`);
    else print(verdict, io);
    return verdict.equal ? EXIT.ok : EXIT.differs;
  } finally {
    plan.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Place = Readonly<{ file: string; folder: string; io: CliIo; stopAsked: () => boolean }>;

async function compare(plan: BacktestPlan, result: ReadResult, place: Place): Promise<Verdict> {
  const journal =
    result.journal === undefined ? undefined : resolve(dirname(place.file), result.journal);
  const kept = journal !== undefined && existsSync(journal) ? journal : undefined;
  const first = join(place.folder, "first");
  const now = await rerun(plan, kept === undefined ? undefined : first, place);
  const verdict = {
    equal: now === result.digest,
    digest: { was: result.digest, now },
    code: { was: result.code, now: codeVersion() },
  };
  if (verdict.equal) return verdict;
  if (kept !== undefined) {
    const difference = firstDifference(kept, first);
    if (difference !== undefined) {
      const finding =
        difference.part === "header"
          ? "every event, command and refusal is equal: only what the runs say of themselves differs"
          : "the kept journal and the rerun part here";
      return { ...verdict, difference, finding };
    }
    const finding = "the kept journal equals the rerun: the result file's own digest was changed";
    return { ...verdict, finding };
  }
  return { ...verdict, ...(await compareReruns(plan, causeOf(plan, result), place)) };
}

/** Without a journal of then, two reruns tell at least whether runs repeat here. */
async function compareReruns(
  plan: BacktestPlan,
  cause: string,
  place: Place,
): Promise<Pick<Verdict, "difference" | "finding">> {
  const [left, right] = [join(place.folder, "left"), join(place.folder, "right")];
  await rerun(plan, left, place);
  await rerun(plan, right, place);
  const difference = firstDifference(left, right);
  if (difference !== undefined) {
    return { difference, finding: "two reruns on this machine part here: the run does not repeat" };
  }
  const advice = "run with --journal to have the first differing event named";
  return { finding: `two reruns on this machine are equal, so runs repeat: ${cause}; ${advice}` };
}

/** Why a run that repeats here came to something else there. */
function causeOf(plan: BacktestPlan, result: ReadResult): string {
  if (plan.outside?.sha256 !== result.strategyModule) return "the strategy's module was changed";
  return result.code === codeVersion()
    ? "the config in the file was changed, or the code without its version"
    : `it was made by version ${result.code}, this is ${codeVersion()}`;
}

/**
 * Runs the plan once; returns the digest and leaves the journal in a file when one is named.
 * @throws {Interrupted} when it was ended early
 */
async function rerun(
  plan: BacktestPlan,
  journal: string | undefined,
  { io, stopAsked }: Place,
): Promise<string> {
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const storage = journal === undefined ? undefined : fileStorage(journal);
  const progress = await progressBar(io, "verify", false);
  try {
    const { result } = await driveRun(plan.scenario(plan.fillModel), instruments, {
      progress,
      stopAsked,
      ...(storage === undefined ? {} : { storage }),
    });
    if (!result.complete) throw new Interrupted();
    storage?.keep();
    return result.digest;
  } catch (error) {
    storage?.discard();
    throw error;
  } finally {
    progress.end();
  }
}

function print(verdict: Verdict, io: CliIo): void {
  const paint = painter(io.stdout, io.env);
  const { digest, difference, finding } = verdict;
  if (verdict.equal) {
    io.stdout.write(`${paint.green("equal")}  ${digest.now}\n`);
    return;
  }
  io.stdout.write(`${paint.red("differs")}\n  was   ${digest.was}\n  now   ${digest.now}\n`);
  if (difference !== undefined) {
    io.stdout.write(`first difference at ${difference.where}\n`);
    io.stdout.write(`  was   ${difference.was}\n  now   ${difference.now}\n`);
  }
  if (difference?.cause !== undefined) io.stdout.write(`${difference.cause}\n`);
  if (finding !== undefined) io.stdout.write(`${finding}\n`);
}
