// A worker thread of a fuzzing campaign: makes the runner of its job once, then runs whatever seeds it is handed.

import { parentPort, workerData } from "node:worker_threads";
import { withAmbientTrap } from "../../../sim/kernel/ambient-trap.ts";
import type { FuzzJob } from "./fuzz-job.ts";
import { jobRunner } from "./job-runner.ts";

const port = parentPort;
if (port === null) throw new Error("expected to run as a worker thread");
const { runner } = await jobRunner(workerData as FuzzJob);
port.on("message", (seeds: readonly string[]) => {
  port.postMessage(seeds.map((seed) => withAmbientTrap(() => runner.seed(seed))));
});
port.postMessage("ready");
