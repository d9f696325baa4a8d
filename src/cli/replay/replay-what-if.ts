// `rehearse replay <result | journal> --what-if <config>`: opens both configs, has the two runs made, tells of them.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { BrokenJournal, readJournal } from "../../journal/journal-reader.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { isJournal } from "../compare/journal-side.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { isRepro } from "../fuzz/read-repro.ts";
import { interruptible } from "../interruptible.ts";
import { judgeWritable } from "../judge-files.ts";
import { nodeHasher } from "../node-hasher.ts";
import { readText } from "../read-text.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import { openResult } from "../run/open-result.ts";
import { tellFinding } from "../run/tell-finding.ts";
import type { Moment, WhatIfRequest } from "./what-if.ts";
import { whatIf } from "./what-if.ts";
import { printWhatIf } from "./what-if-print.ts";

export type WhatIfOptions = Moment &
  Readonly<{ whatIf: string; config?: string; report?: string; json?: boolean; quiet?: boolean }>;

/** @throws {CliError | ConfigError | DataError} when it cannot be read, done again, or changed like that. */
export async function replayWhatIf(
  name: string,
  options: WhatIfOptions,
  io: CliIo,
): Promise<ExitCode> {
  judgeWritable("--report", options.report, io);
  return interruptible(io, "told", (stopAsked) => foundWhatIf(name, options, io, stopAsked));
}

async function foundWhatIf(
  name: string,
  options: WhatIfOptions,
  io: CliIo,
  stopAsked: () => boolean,
): Promise<ExitCode> {
  const open: BacktestPlan[] = [];
  try {
    const recorded = await recordedRun(name, options.config, io);
    open.push(recorded.plan);
    const { text, file } = readText(options.whatIf, io);
    const other = await planBacktest(text, file);
    open.push(other);
    const { untilUs, untilSeq } = options;
    const request: WhatIfRequest = {
      ...recorded,
      name,
      other,
      otherName: options.whatIf,
      otherFile: file,
      moment: { untilUs, untilSeq },
    };
    const quiet = options.quiet === true;
    const { told, sides } = await whatIf(request, { io, quiet, stopAsked });
    await tellFinding(options, io, {
      json: told,
      print: () => printWhatIf(told, io),
      page: async () => {
        const { comparisonPageOf } = await import("../compare/comparison-page.ts");
        return comparisonPageOf(told.comparison, ...sides);
      },
    });
    return EXIT.ok;
  } finally {
    for (const plan of open) plan.close();
  }
}

/** A result is held to its digest, a journal to what it has until the moment. */
async function recordedRun(
  name: string,
  config: string | undefined,
  io: CliIo,
): Promise<Pick<WhatIfRequest, "plan" | "held">> {
  if (!isJournal(name, io)) {
    if (isRepro(resolve(io.cwd, name))) {
      const edit = "its file holds its config: change it there, and replay it";
      throw new CliError(`${name} is a failure's repro file: ${edit}`);
    }
    const { plan, result } = await openResult(name, io);
    return { plan, held: { digest: result.digest } };
  }
  if (config === undefined) {
    throw new CliError(`${name} is a journal: name the config its bot ran with, --config <file>`);
  }
  try {
    const { entries } = readJournal(readFileSync(resolve(io.cwd, name)), nodeHasher());
    const { text, file } = readText(config, io);
    return { plan: await planBacktest(text, file), held: { entries } };
  } catch (error) {
    if (!(error instanceof BrokenJournal)) throw error;
    throw new CliError(`${name} cannot be read: ${error.message}`, EXIT.data);
  }
}
