// The public matching-engine workload: order by order, exact FIFO; the worst of its five scenarios.

import { matchingScenarios } from "../../../sim/market/matching-workload.ts";
import { prepareMatchingWorkload } from "../../../sim/scenario/matching-workload-run.ts";
import { nodeHasher } from "../node-hasher.ts";
import type { Benchmark } from "./harness.ts";

/** Messages a second the worst scenario is held against. */
const TARGET = 12_000_000;

export const matchingBenchmarks: readonly Benchmark[] = matchingScenarios.map((scenario) => ({
  name: `l3-matching-${scenario.name}`,
  text: `order-level matching, public workload "${scenario.name}"`,
  unit: "messages",
  target: TARGET,
  prepare() {
    const workload = prepareMatchingWorkload(scenario);
    return {
      count: workload.messages.count,
      run() {
        workload.run();
        return () => digestOf(workload.reports.fields.subarray(0, workload.reports.used));
      },
      reset: () => workload.reset(),
    };
  },
}));

/** Of the engine's reports, as they stand in memory. */
function digestOf(fields: Int32Array): string {
  const hasher = nodeHasher();
  hasher.update(new Uint8Array(fields.buffer, fields.byteOffset, fields.byteLength));
  return hasher.digest();
}
