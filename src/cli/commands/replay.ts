// `rehearse replay`: what is on record, done again. A result or a journal: the bot hears what it heard, and what it does is
// held to what it did. A failure that `rehearse fuzz` wrote down: it is lived through again, and told.

import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { timeUsOf } from "../../config/fields.ts";
import { BrokenJournal, readJournal } from "../../journal/journal-reader.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { isRepro } from "../fuzz/read-repro.ts";
import { replayRepro } from "../fuzz/replay-repro.ts";
import { nodeHasher } from "../node-hasher.ts";
import { readText } from "../read-text.ts";
import { replayJournal } from "../replay/replay-journal.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import { openResult } from "../run/open-result.ts";

export type ReplayOptions = Readonly<{
  config?: string;
  until?: string;
  step?: boolean;
  whatIf?: string;
  report?: string;
  json?: boolean;
  quiet?: boolean;
}>;

/** First bytes of a journal and of a tape. */
const JOURNAL_MAGIC = "RHRSJR";
const TAPE_MAGIC = "ARROW1";

/** @throws {CliError | ConfigError | DataError} when it cannot be read, or done again. */
export async function replay(name: string, options: ReplayOptions, io: CliIo): Promise<ExitCode> {
  const path = resolve(io.cwd, name);
  const head = headOf(path, name);
  if (head.startsWith(TAPE_MAGIC)) {
    const advice = "give its config to `rehearse backtest`, and keep a journal there to replay";
    throw new CliError(`${name} is a tape: it has no commands to hold a bot to; ${advice}`);
  }
  if (options.whatIf !== undefined) {
    const { replayWhatIf } = await import("../replay/replay-what-if.ts");
    const limits = limitsOf(options);
    return replayWhatIf(name, { ...options, ...limits, whatIf: options.whatIf }, io);
  }
  if (options.report !== undefined) throw new CliError("--report is a page of --what-if");
  if (head.startsWith(JOURNAL_MAGIC)) return replayFile(path, name, options, io);
  if (isRepro(path)) {
    if (options.until !== undefined || options.step === true) {
      const player = "step through it with `rehearse player`";
      throw new CliError(`--until and --step are of a journal; ${name} is a repro file: ${player}`);
    }
    return replayRepro(name, options, io);
  }
  return replayResult(name, options, io);
}

async function replayFile(
  path: string,
  name: string,
  options: ReplayOptions,
  io: CliIo,
): Promise<ExitCode> {
  if (options.config === undefined) {
    throw new CliError(`${name} is a journal: name the config its bot ran with, --config <file>`);
  }
  const { text, file } = readText(options.config, io);
  const plan = await planBacktest(text, file);
  return driven(plan, path, name, options, io);
}

async function replayResult(name: string, options: ReplayOptions, io: CliIo): Promise<ExitCode> {
  const { file, plan, result } = await openResult(name, io);
  const kept = result.journal === undefined ? undefined : resolve(dirname(file), result.journal);
  if (kept === undefined || !existsSync(kept)) {
    plan.close();
    const why =
      result.journal === undefined ? "kept no journal" : `names ${result.journal}, which is gone`;
    throw new CliError(`${name} ${why}: run the backtest with --journal <file> --out <result>`);
  }
  return driven(plan, kept, result.journal ?? kept, options, io);
}

function driven(
  plan: BacktestPlan,
  path: string,
  name: string,
  options: ReplayOptions,
  io: CliIo,
): ExitCode {
  try {
    const { entries, header } = readJournal(readFileSync(path), nodeHasher());
    const { name: ours } = plan.config.strategy as Readonly<{ name?: string }>;
    if (ours !== undefined && header.strategy !== ours) {
      throw new CliError(`${name} is of a ${header.strategy} bot, the config is of a ${ours}`);
    }
    return replayJournal(plan, entries, { ...limitsOf(options), json: options.json === true }, io);
  } catch (error) {
    if (!(error instanceof BrokenJournal)) throw error;
    throw new CliError(`${name} cannot be read: ${error.message}`, EXIT.data);
  } finally {
    plan.close();
  }
}

/** A number is an entry, anything else a time. */
function limitsOf({ until, step }: ReplayOptions) {
  const steps = step === true;
  if (until === undefined) return { untilSeq: undefined, untilUs: undefined, steps };
  if (/^\d+$/.test(until)) return { untilSeq: Number(until), untilUs: undefined, steps };
  const untilUs = timeUsOf(until);
  if (untilUs !== undefined) return { untilSeq: undefined, untilUs, steps };
  const expected = "an entry's number or a time like 2026-01-31T12:00:00Z";
  throw new CliError(`--until: expected ${expected}, was "${until}"`);
}

function headOf(path: string, name: string): string {
  try {
    return readFileSync(path).subarray(0, 6).toString("latin1");
  } catch (error) {
    throw new CliError(`cannot read ${name}: ${(error as Error).message}`);
  }
}
