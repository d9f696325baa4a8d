// `rehearse replay <repro>`: a failure that `rehearse fuzz` wrote down is lived through again and told: which promise
// broke, how, what was against the bot, the messages around the moment, and where belief and truth had parted.

import { dirname, resolve } from "node:path";
import { checkers } from "../../../sim/checkers/checkers.ts";
import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import { isFailure } from "../../campaign/case-outcome.ts";
import { FailureWatch } from "../../campaign/failure-watch.ts";
import { caseOfRepro } from "../../campaign/repro.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { unmeasuredRunner } from "./job-runner.ts";
import { readRepro } from "./read-repro.ts";
import type { Replayed } from "./story-print.ts";
import { storyLines } from "./story-print.ts";

/** @throws {ConfigError | DataError | CliError} when the file, or what its config names, cannot be used. */
export async function replayRepro(
  file: string,
  options: Readonly<{ json?: boolean }>,
  io: CliIo,
): Promise<ExitCode> {
  const repro = readRepro(file, io);
  const { bot, config, folder = ".", market, phases } = repro;
  const { runner, close } = await unmeasuredRunner({
    name: bot,
    text: JSON.stringify(config),
    file: resolve(io.cwd, dirname(file), folder, `${bot}.json`),
    market,
    phases,
  });
  try {
    const told = caseOfRepro(repro);
    const outcome = withAmbientTrap(() => runner.outcome(told, "named"));
    const watch = new FailureWatch();
    // Watched, the run is the same: who listens changes nothing.
    withAmbientTrap(() => runner.listen(told, watch.watching(checkers)));
    const { record, last } = watch;
    const replayed: Replayed = {
      repro,
      record,
      crash: outcome.crash,
      last,
      digest: outcome.digest,
    };
    if (options.json === true) {
      const { repro: _repro, ...rest } = replayed;
      io.stdout.write(`${JSON.stringify(rest, undefined, 2)}\n`);
    } else io.stdout.write(`${storyLines(replayed).join("\n")}\n`);
    return isFailure(outcome) ? EXIT.broken : EXIT.ok;
  } finally {
    close();
  }
}
