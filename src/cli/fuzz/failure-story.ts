// The story of a failure: what it was as drawn, what is left of it when all that it does not need is taken away, and the
// file that repeats it.

import { checkers } from "../../../sim/checkers/checkers.ts";
import type { CaseOutcome } from "../../campaign/case-outcome.ts";
import type { CaseRunner } from "../../campaign/case-runner.ts";
import type { FuzzBot } from "../../campaign/fuzz-bot.ts";
import type { Repro } from "../../campaign/repro.ts";
import { reproOf } from "../../campaign/repro.ts";
import { shrinkCase } from "../../campaign/shrink-case.ts";
import { parseJsonText } from "../../config/json-text.ts";
import { codeVersion } from "../package-root.ts";
import type { FuzzJob } from "./fuzz-job.ts";

export type FailureStory = Readonly<{
  seed: string;
  /** The sentence that did not hold; undefined when the run itself broke. */
  sentence: string | undefined;
  /** As drawn. */
  faultsBefore: number;
  /** As it is left. */
  repro: Repro;
  reruns: number;
  /** Commands that bring it back, as they are typed where this was printed. */
  repeat: readonly string[];
}>;

export function failureStory(
  job: FuzzJob,
  bot: FuzzBot,
  runner: CaseRunner,
  first: CaseOutcome,
): FailureStory {
  const drawn = runner.draw(first.seed);
  const shrunk = shrinkCase(drawn, first, bot, (told, log) => runner.outcome(told, drawn.mix, log));
  const repro = reproOf(shrunk.told, shrunk.outcome, {
    bot: bot.name,
    code: codeVersion(),
    config: parseJsonText(job.text).value,
    market: job.market,
    phases: bot.phases,
    marketEvents: runner.marketEvents(shrunk.told),
  });
  return {
    seed: first.seed,
    sentence: checkers.find(({ id }) => id === repro.violation.id)?.sentence,
    faultsBefore: drawn.plan.length,
    repro,
    reruns: shrunk.reruns,
    repeat: [`rehearse fuzz ${job.words} --seeds 1 --from ${first.seed} --jobs 1`],
  };
}
