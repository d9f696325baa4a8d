// A result's run done again with somebody who asks: its strategy seen deciding, its venues telling the truth, and its
// digest held to the result's, so that what is told is told of that run and of no other.

import type { Scenario } from "../../../sim/scenario/scenario.ts";
import type { Witness } from "../../explain/witness.ts";
import { witnessed } from "../../explain/witness.ts";
import type { JournalObserver } from "../../ports/journal.ts";
import type { TruthObserver } from "../../ports/truth.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import { EXIT } from "../exit-codes.ts";
import { Interrupted } from "../interruptible.ts";
import { progressBar } from "../progress.ts";
import type { DrivenRun } from "./drive-run.ts";
import { driveRun } from "./drive-run.ts";
import type { OpenResult } from "./open-result.ts";

/** Whoever is told. */
export type Asker = Readonly<{
  observer: JournalObserver;
  decided: Witness;
  truth?: TruthObserver;
}>;

export type AskRoom = Readonly<{
  name: string;
  io: CliIo;
  stopAsked: () => boolean;
  /** Before the progress bar; no bar when quiet. */
  label?: string;
  quiet?: boolean;
}>;

/** @throws {CliError} when the run came to another digest, {Interrupted} when it was ended early */
export async function rerunWatched(
  { plan, result }: OpenResult,
  asker: Asker,
  { name, io, stopAsked, label = "why", quiet = false }: AskRoom,
): Promise<DrivenRun> {
  const scenario: Scenario = plan.scenario(plan.fillModel);
  const watched: Scenario = {
    ...scenario,
    strategy: (instruments) => witnessed(scenario.strategy(instruments), asker.decided),
  };
  const { observer, truth } = asker;
  const progress = await progressBar(io, label, quiet);
  try {
    const run = await driveRun(
      watched,
      plan.instruments.map(({ instrument }) => instrument),
      { progress, stopAsked, observer, ...(truth === undefined ? {} : { truth }) },
    );
    if (!run.result.complete) throw new Interrupted();
    if (run.result.digest === result.digest) return run;
    const was = `${name} has digest ${result.digest}, the run now has ${run.result.digest}`;
    const told = "what would be told is of another run";
    throw new CliError(`${was}: ${told}; see \`rehearse verify ${name}\``, EXIT.differs);
  } finally {
    progress.end();
  }
}
