// A result's run, done again for somebody who watches it, and held to the result's digest: nothing made from a rerun is
// ever of another run.

import type { FillModel } from "../../../sim/exchange/fill-model.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { TruthObserver } from "../../ports/truth.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { EXIT } from "../exit-codes.ts";
import { progressBar } from "../progress.ts";
import type { DrivenRun } from "./drive-run.ts";
import { driveRun } from "./drive-run.ts";
import type { OpenResult } from "./open-result.ts";

export type RerunParts = Readonly<{
  /** Before the progress bar. */
  label: string;
  observer: JournalObserver;
  truth?: TruthObserver;
  /** The result's own without. */
  as?: Readonly<{ fillModel: FillModel; digest: string }>;
  quiet: boolean;
  io: CliIo;
}>;

/** undefined when it was interrupted. @throws {CliError} when the run comes to another digest. */
export async function rerunResult(
  { plan, result }: OpenResult,
  name: string,
  { label, observer, truth, as, quiet, io }: RerunParts,
): Promise<DrivenRun | undefined> {
  const stop = { asked: false };
  const release = io.onInterrupt(() => {
    stop.asked = true;
  });
  const progress = await progressBar(io, label, quiet);
  const instruments = plan.instruments.map(({ instrument }) => instrument);
  const stopAsked = (): boolean => stop.asked;
  try {
    const scenario = plan.scenario(as?.fillModel ?? plan.fillModel);
    const lent = { progress, stopAsked, observer, ...(truth === undefined ? {} : { truth }) };
    const run = await driveRun(scenario, instruments, lent);
    if (!run.result.complete) return undefined;
    const digest = as?.digest ?? result.digest;
    if (run.result.digest !== digest) {
      const was = `${name} has digest ${digest}, the run now has ${run.result.digest}`;
      throw new CliError(`${was}: see \`rehearse verify ${name}\``, EXIT.differs);
    }
    return run;
  } finally {
    progress.end();
    release();
  }
}
