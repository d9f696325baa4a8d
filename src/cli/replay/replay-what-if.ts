// `rehearse replay <result | journal> --what-if <config>`: opens both configs, has the two runs made, tells of them.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { BrokenJournal, readJournal } from "../../journal/journal-reader.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { Interrupted } from "../compare/compare-side.ts";
import { isJournal } from "../compare/journal-side.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { isRepro } from "../fuzz/read-repro.ts";
import { judgeWritable } from "../judge-files.ts";
import { nodeHasher } from "../node-hasher.ts";
import { readText } from "../read-text.ts";
import type { BacktestPlan } from "../run/backtest-plan.ts";
import { planBacktest } from "../run/backtest-plan.ts";
import { openResult } from "../run/open-result.ts";
import { writePage } from "../run/report-page.ts";
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
  const stop = { asked: false };
  const release = io.onInterrupt(() => {
    stop.asked = true;
  });
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
    const { told, sides } = await whatIf(request, { io, quiet, stopAsked: () => stop.asked });
    if (options.json === true) io.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
    else printWhatIf(told, io);
    if (options.report !== undefined) {
      const { comparisonPageOf } = await import("../compare/comparison-page.ts");
      const page = comparisonPageOf(told.comparison, ...sides);
      writePage("--report", options.report, page, io);
    }
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    io.stderr.write("interrupted: nothing was told\n");
    return EXIT.interrupted;
  } finally {
    release();
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
