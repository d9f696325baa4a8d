// Fuzzed worlds: for each example bot the hours of the first seeds, with every checker at work and with none.
// Inside the clock: market, wires, faults, crashes and recoveries, journal, bot. Drawing a case is outside.

import { readFileSync } from "node:fs";
import { checkers } from "../../../sim/checkers/checkers.ts";
import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import { runTrial } from "../../../sim/scenario/trial-run.ts";
import { CaseTrials } from "../../campaign/case-trial.ts";
import { jobRunner } from "../fuzz/job-runner.ts";
import { nodeHasher } from "../node-hasher.ts";
import { packageFile } from "../package-root.ts";
import type { Benchmark, BenchmarkCase } from "./harness.ts";

const BOTS = ["grid", "hedge", "macd", "market-maker"] as const;
/** Enough that mixes of faults come as often as in a campaign, few enough for seconds a run. */
const SEEDS = 20;
/** One-hour seeds a second on one core. */
const TARGET = 100;

export const fuzzBenchmarks: readonly Benchmark[] = BOTS.flatMap((bot) => [
  {
    name: `fuzz-${bot}`,
    text: `hours of ${SEEDS} fuzzed worlds, ${bot}, every checker`,
    unit: "seeds",
    target: TARGET,
    prepare: () => prepared(bot, checkers),
  },
  {
    name: `fuzz-${bot}-unwatched`,
    text: `the same without checkers, ${bot}`,
    unit: "seeds",
    prepare: () => prepared(bot, []),
  },
]);

async function prepared(name: string, watching: typeof checkers): Promise<BenchmarkCase> {
  const file = packageFile(`examples/fuzz/${name}.json`);
  const job = { name, text: readFileSync(file, "utf8"), file, market: "sparse" } as const;
  const { runner, bot, close } = await jobRunner(job);
  const trials = new CaseTrials({ bot, checkers: watching });
  const cases = Array.from({ length: SEEDS }, (_, index) => runner.draw(`${index + 1}`));
  return {
    count: SEEDS,
    run() {
      const verdicts = withAmbientTrap(() => cases.map((told) => runTrial(trials.trial(told))));
      return () => {
        const hasher = nodeHasher();
        for (const { digest } of verdicts) hasher.update(new TextEncoder().encode(digest));
        return hasher.digest();
      };
    },
    close,
  };
}
