// A result file, ready to be run again: its config planned, its recordings held to what it was made with.

import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { EXIT } from "../exit-codes.ts";
import { readText } from "../read-text.ts";
import type { BacktestPlan } from "./backtest-plan.ts";
import { planBacktest } from "./backtest-plan.ts";
import type { ReadResult } from "./backtest-result.ts";
import { readResult } from "./backtest-result.ts";
import { kitsFor } from "./strategy-kits.ts";

/** The plan is open: whoever asked closes it. */
export type OpenResult = Readonly<{ file: string; result: ReadResult; plan: BacktestPlan }>;

/** @throws {CliError | ConfigError | DataError} when the result is partial, or cannot be run again here. */
export async function openResult(name: string, io: CliIo): Promise<OpenResult> {
  const { text, file } = readText(name, io);
  const result = readResult(text, file, await kitsFor(text, file));
  if (!result.complete) {
    throw new CliError(`${name} is partial: where it was ended is not part of it; run it whole`);
  }
  const plan = await planBacktest(JSON.stringify(result.config), file);
  try {
    judgeRecordings(plan, result, name);
  } catch (error) {
    plan.close();
    throw error;
  }
  return { file, result, plan };
}

/** Another recording is another run: nothing would be learned from comparing them. */
function judgeRecordings(plan: BacktestPlan, result: ReadResult, name: string): void {
  plan.instruments.forEach(({ name: instrument, recording, funding }, index) => {
    const then = result.recordings[index];
    const judge = (what: string, was: string | undefined, path: string, is: string): void => {
      if (was === is) return;
      const made = `${name} was made with SHA-256 ${was ?? "(none)"}, ${path} has ${is}`;
      throw new CliError(`the ${what} of ${instrument} is another one: ${made}`, EXIT.data);
    };
    judge("recording", then?.sha256, recording.path, recording.sha256);
    if (funding !== undefined) {
      judge("funding", then?.funding?.sha256, funding.path, funding.table.sha256);
    }
  });
}
